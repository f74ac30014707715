/** Tours of the scenarios in which a service dies, or messages come late, or never. */
import type { Tour } from 'system-design-labs/engine';

export const crashBeforeVote: Tour = {
  steps: [
    {
      id: 'silence',
      until: { kind: 'crash', node: 'delivery' },
      look: { view: 'sequence', node: 'delivery', text: 'The delivery service dies before it has voted.' },
      question: {
        kind: 'choice',
        ask: 'May the coordinator decide without it?',
        choices: [
          {
            text: 'No: it must wait until the service is back',
            misconception: {
              id: 'coordinator-blocks-too',
              belief: 'a missing vote blocks everybody.',
              answer: 'Before the decision the coordinator is free. It takes silence for No when its time is up.',
              shownBy: { kind: 'timerFire', node: 'coordinator', label: 'votes' },
            },
          },
          { text: 'Yes: it may abort' },
          {
            text: 'Yes: it may commit with those who answered',
            misconception: {
              id: 'commit-without-a-vote',
              belief: 'silence is consent.',
              answer: 'The courier may not exist. A commit needs a Yes from all.',
              shownBy: { kind: 'mark', node: 'coordinator', label: 'abort' },
            },
          },
        ],
      },
      why: 'Time-outs are fine as long as nobody has promised anything. The same time-out after a Yes would be wrong.',
      code: { file: 'two-phase.ts', text: "current.phase === 'voting') this.#abort" },
    },
    {
      id: 'who-pays',
      until: { kind: 'mark', node: 'inventory', label: 'abort' },
      look: { view: 'sequence', node: 'inventory', text: 'The inventory had voted Yes, and kept the lock until now.' },
      why: 'The crash of one service cost the other a lock for as long as the coordinator’s patience. A shorter time-out frees it sooner, and aborts more orders that were merely slow.',
      code: { file: 'participant.ts', text: 'this.waitOn(state, transaction, context)' },
    },
  ],
};

export const crashAfterVote: Tour = {
  steps: [
    {
      id: 'yes-then-dead',
      until: { kind: 'crash', node: 'delivery' },
      look: { view: 'sequence', node: 'delivery', text: 'The delivery service has sent its Yes, and dies.' },
      question: {
        kind: 'choice',
        ask: 'What will the coordinator decide?',
        choices: [
          {
            text: 'Abort: a participant is dead',
            misconception: {
              id: 'dead-means-abort',
              belief: 'a transaction with a dead participant must be aborted.',
              answer:
                'It has its Yes, and a Yes holds over a crash. It commits, and tells the service as often as it takes.',
              shownBy: { kind: 'mark', node: 'coordinator', label: 'commit' },
            },
          },
          { text: 'Commit: it has every Yes' },
        ],
      },
      why: 'This is what the promise is for: from the Yes on, not even a crash may keep the service from committing.',
      code: { file: 'two-phase.ts', text: 'isLast(current, from)) this.commit(' },
    },
    {
      id: 'back-again',
      until: { kind: 'restart', node: 'delivery' },
      look: { view: 'sequence', node: 'delivery', text: 'It is back, and its memory is empty.' },
      question: {
        kind: 'choice',
        ask: 'How does it know that it has promised a courier?',
        choices: [
          {
            text: 'The coordinator tells it',
            misconception: {
              id: 'others-keep-my-promise',
              belief: 'a service may learn of its own promise from others.',
              answer:
                'In the meantime it would have given the courier away. The lock is back before any message arrives.',
              shownBy: { kind: 'state', node: 'delivery', label: 'uncertain', nth: 2 },
            },
          },
          { text: 'From its disk: it wrote “prepared” before it said Yes' },
          {
            text: 'It does not: it starts with a clean slate',
            misconception: {
              id: 'crash-frees-locks',
              belief: 'a crash releases all locks.',
              answer: 'That would break the promise. Locks of prepared transactions are set again from the log.',
              shownBy: { kind: 'state', node: 'delivery', label: 'uncertain', nth: 2 },
            },
          },
        ],
      },
      why: 'Write, make safe, then speak. Turn the order round, and a crash in between forgets a promise that others act on.',
      code: { file: 'participant.ts', text: "record.what === 'prepared'" },
    },
    {
      id: 'asks',
      until: { kind: 'mark', node: 'delivery', label: 'commit' },
      look: { view: 'sequence', node: 'delivery', text: 'It asked how it ended, and commits.' },
      why: 'The coordinator may forget a commit only when all have acknowledged it. Until then somebody may still ask.',
      code: { file: 'two-phase.ts', text: 'Who has acknowledged does not ask' },
    },
  ],
};

export const lostMessages: Tour = {
  steps: [
    {
      id: 'first-loss',
      until: { kind: 'drop' },
      look: { view: 'sequence', text: 'The network has lost a message. Nobody is told.' },
      question: {
        kind: 'choice',
        ask: 'Can a lost message make one service commit and the other abort?',
        choices: [
          {
            text: 'Yes, if it is the commit message',
            misconception: {
              id: 'lost-commit-splits',
              belief: 'who does not hear the commit will abort.',
              answer:
                'After a Yes nobody aborts on its own. Whoever hears nothing asks, and the coordinator repeats what is not acknowledged.',
              shownBy: { kind: 'drop', nth: -1 },
            },
          },
          { text: 'No: it costs an order, or only time' },
        ],
      },
      why: 'A lost prepare or vote costs an order: the coordinator gives up. A lost decision costs time: it is asked for, or told again.',
      code: { file: 'two-phase.ts', text: 'else this.tellCommit(current, context)' },
    },
    {
      id: 'the-bill',
      look: { view: 'sequence', text: 'All orders have come to an end, and everybody agrees on each.' },
      question: {
        kind: 'choice',
        ask: 'What did the losses cost, beside a run without them?',
        choices: [
          {
            text: 'Only a few messages sent twice',
            misconception: {
              id: 'losses-cost-messages',
              belief: 'retries are the price of losses.',
              answer: 'The price is time with locks held: each loss is noticed only when somebody’s patience ends.',
              contrast: { parameters: { loss: 0 } },
              compare: { metric: 'lockHoldTime', there: 'less' },
              shownBy: { kind: 'mark', node: 'coordinator', label: 'commit' },
            },
          },
          { text: 'Mainly time, in which locks were held' },
        ],
      },
      why: 'Locks were held for {lockHoldTime} ms on average. A time-out is as long as ten messages take one after the other, and one loss costs that.',
      code: { file: 'participant.ts', text: 'this.patience(context.self)' },
    },
  ],
};

export const lateMessages: Tour = {
  steps: [
    {
      id: 'late-or-lost',
      until: { kind: 'timerFire', node: 'delivery', label: 'wait' },
      look: {
        view: 'sequence',
        node: 'delivery',
        text: 'The commit for the delivery service is on its way, and takes long. The patience of the service is at an end.',
      },
      question: {
        kind: 'choice',
        ask: 'What may it do?',
        choices: [
          {
            text: 'Abort: a message this late is lost',
            misconception: {
              id: 'late-is-lost',
              belief: 'after long enough one can tell late from lost.',
              answer:
                'No waiting time is long enough. The inventory has committed already; a service that aborts now splits the order.',
              contrast: { algorithm: 'impatient-yes' },
              compare: { metric: 'committed', there: 'less' },
              shownBy: { kind: 'broken' },
            },
          },
          { text: 'Ask the coordinator, and go on waiting' },
        ],
      },
      why: 'In a network without a bound on delay, late, lost and dead look the same. So safety must not depend on a time-out; only patience may.',
      code: { file: 'two-phase.ts', text: 'all it may do is ask' },
    },
    {
      id: 'twice-told',
      until: { kind: 'mark', node: 'delivery', label: 'commit' },
      look: {
        view: 'sequence',
        node: 'delivery',
        text: 'The commit has come. Others are on their way: it was told several times.',
      },
      question: {
        kind: 'choice',
        ask: 'Will the second commit sell the courier twice?',
        choices: [
          {
            text: 'It could: messages must not be repeated',
            misconception: {
              id: 'repeats-are-dangerous',
              belief: 'a message that is delivered twice acts twice.',
              answer: 'Only the first finds the transaction in doubt. The others are acknowledged and change nothing.',
              shownBy: { kind: 'deliver', node: 'delivery', label: 'commit', nth: 2 },
            },
          },
          { text: 'No: it acts once and only acknowledges again' },
        ],
      },
      why: 'Whoever repeats messages needs receivers that do not mind. Each transaction has a name, and its outcome is carried out once.',
      code: { file: 'participant.ts', text: 'if (!doubt || !isOpen(doubt)) return;' },
    },
  ],
};

export const partition: Tour = {
  steps: [
    {
      id: 'cut-off',
      until: { kind: 'intervention', label: 'cut' },
      look: {
        view: 'sequence',
        node: 'delivery',
        text: 'The cable to the delivery service is cut, with the pre-commit on its way. Everybody lives.',
      },
      question: {
        kind: 'choice',
        ask: 'Three-phase commit does not block when sites crash. Is it safe here?',
        choices: [
          {
            text: 'Yes: it was made for failures',
            misconception: {
              id: 'three-phase-survives-partitions',
              belief: 'three-phase commit is two-phase commit without its weakness.',
              answer:
                'Each side takes the other for dead and finishes alone: one commits, one aborts. Two-phase commit waits for the cable, and both commit.',
              contrast: { algorithm: 'two-phase' },
              compare: { metric: 'committed', there: 'more' },
              shownBy: { kind: 'mark', node: 'delivery', label: 'commit' },
            },
          },
          { text: 'No: both sides think that the other is dead' },
          {
            text: 'It will block until the cable is mended',
            misconception: {
              id: 'three-phase-waits-for-the-cable',
              belief: 'nobody decides without hearing the others.',
              answer: 'Deciding without the dead is what it is for, and a site behind a cut cable counts as dead.',
              shownBy: { kind: 'mark', node: 'delivery', label: 'abort' },
            },
          },
        ],
      },
      why: 'It gives up safety in a partition, two-phase commit gives up progress. Without a majority rule one of them must go.',
      code: { file: 'three-phase.ts', text: 'Who does not answer is taken for dead' },
    },
    {
      id: 'split',
      until: { kind: 'broken' },
      look: {
        view: 'sequence',
        node: 'delivery',
        text: 'The coordinator has committed, the delivery service has aborted: the check is broken.',
      },
      question: {
        kind: 'choice',
        ask: 'The cable is mended a moment later. Does that mend the order?',
        choices: [
          {
            text: 'Yes: they compare and correct',
            misconception: {
              id: 'splits-heal',
              belief: 'a contradiction can be put right later.',
              answer:
                'Both have acted: a dish is sold, a courier is free for somebody else. No message takes that back.',
              shownBy: { kind: 'link', label: 'healed' },
            },
          },
          { text: 'No: both have acted already' },
        ],
      },
      why: 'A commit is final by definition. What is used instead lets a majority decide: consensus under two-phase commit, or Paxos Commit. A minority then waits.',
      code: { file: 'three-phase.ts', text: 'nobody can have committed, abort' },
    },
  ],
};
