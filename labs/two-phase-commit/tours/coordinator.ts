/** Tours of the scenarios in which the coordinator dies. */
import type { Tour } from 'system-design-labs/engine';

export const coordinatorCrash: Tour = {
  steps: [
    {
      id: 'what-may-they-do',
      until: { kind: 'crash', node: 'coordinator' },
      look: {
        view: 'sequence',
        node: 'coordinator',
        text: 'Both services have said Yes. The coordinator dies before it tells anybody.',
      },
      question: {
        kind: 'choice',
        ask: 'What may the services do when they have waited long enough?',
        choices: [
          {
            text: 'Abort: the coordinator can just be timed out',
            misconception: {
              id: 'yes-may-time-out',
              belief: 'a time-out entitles a participant to abort.',
              answer:
                'The coordinator may have decided to commit and told the other before it died. From here that looks the same. Watch a variant that aborts by time-out where the commit was only late.',
              contrast: { scenario: 'late-messages', algorithm: 'impatient-yes' },
              shownBy: { kind: 'broken' },
            },
          },
          {
            text: 'Commit: all have said Yes',
            misconception: {
              id: 'my-yes-is-all-yes',
              belief: 'who said Yes may assume that all did.',
              answer:
                'A service knows only its own vote. Another may have said No, and the coordinator may have aborted.',
              shownBy: { kind: 'timerFire', node: 'inventory' },
            },
          },
          { text: 'Neither: they can only ask, and wait' },
        ],
      },
      why: 'After a Yes the decision is out of their hands. All they may do is ask, again and again: this is blocking.',
      code: { file: 'two-phase.ts', text: 'After a Yes nobody decides by time-out' },
    },
    {
      id: 'how-long',
      until: { kind: 'drop', label: 'inquire', nth: 10 },
      look: { view: 'sequence', text: 'They ask, and nobody answers. Their locks stay.' },
      question: {
        kind: 'choice',
        ask: 'Two services are alive and can talk to each other. Would asking each other help?',
        choices: [
          {
            text: 'Always: together they know all votes',
            misconception: {
              id: 'survivors-know-enough',
              belief: 'the survivors together can decide in two-phase commit.',
              answer:
                'Both are in doubt. They know that both said Yes, and still not what a dead coordinator wrote down, or a dead third service did on its word.',
              shownBy: { kind: 'crash', node: 'coordinator' },
            },
          },
          { text: 'Only if one of them has heard the decision, or has not voted yet' },
        ],
      },
      why: 'Two-phase commit blocks: no rule for the survivors repairs it. Three-phase commit adds a phase so that the survivors can tell. At the end {blocked} services are still blocked.',
      code: { file: 'three-phase.ts', text: 'all survivors are uncertain: nobody can have committed, abort' },
    },
  ],
};

export const coordinatorReturns: Tour = {
  steps: [
    {
      id: 'empty-log',
      until: { kind: 'restart', node: 'coordinator' },
      look: {
        view: 'sequence',
        node: 'coordinator',
        text: 'The coordinator is back. It died with all votes in, before it wrote a word.',
      },
      question: {
        kind: 'choice',
        ask: 'The services ask it about that transaction. What does it say?',
        choices: [
          {
            text: 'Commit: all had said Yes',
            misconception: {
              id: 'votes-survive-a-crash',
              belief: 'the coordinator remembers the votes.',
              answer:
                'Votes were in its memory, and that is gone. Its log knows nothing of a commit, so there was none.',
              shownBy: { kind: 'send', node: 'coordinator', label: 'abort' },
            },
          },
          { text: 'Abort: its log knows nothing of it' },
          {
            text: 'It asks all to vote again on it',
            misconception: {
              id: 'votes-are-repeated',
              belief: 'an open vote goes on after a restart.',
              answer:
                'The old transaction is aborted. The order is tried again, as a new transaction with a number of its own.',
              shownBy: { kind: 'send', node: 'coordinator', label: 'prepare', nth: 3 },
            },
          },
        ],
      },
      why: 'Presumed abort. It is right, since a commit would have been safe on disk before anybody was told.',
      code: { file: 'two-phase.ts', text: "isCurrent ? 'commit' : 'abort'" },
    },
    {
      id: 'released',
      until: { kind: 'mark', node: 'inventory', label: 'abort' },
      look: { view: 'sequence', node: 'inventory', text: 'Now the lock comes off, long after the vote.' },
      question: {
        kind: 'choice',
        ask: 'Under three-phase commit, would the services have waited for it?',
        choices: [
          {
            text: 'Yes: without the coordinator nobody decides',
            misconception: {
              id: 'three-phase-waits-too',
              belief: 'three-phase commit also needs its coordinator back.',
              answer:
                'There the survivors agree among themselves and go on. The locks were off before the coordinator returned.',
              contrast: { algorithm: 'three-phase' },
              compare: { metric: 'lockHoldTime', there: 'less' },
              shownBy: { kind: 'mark', node: 'inventory', label: 'abort' },
            },
          },
          { text: 'No: the survivors would have aborted without it' },
        ],
      },
      why: 'How long a crash of one machine holds up all others is how long its restart takes. Locks were held for {lockHoldTime} ms on average.',
      code: { file: 'two-phase.ts', text: 'Only commits are sure to be in the log' },
    },
  ],
};

export const coordinatorCrashBetween: Tour = {
  steps: [
    {
      id: 'one-knows',
      until: { kind: 'state', node: 'inventory', label: 'pre-committed' },
      look: {
        view: 'sequence',
        node: 'inventory',
        text: 'The coordinator died between two messages: the inventory has heard pre-commit, the delivery service has not.',
      },
      question: {
        kind: 'choice',
        ask: 'When their time is up, what may each of them do?',
        choices: [
          {
            text: 'After pre-commit: commit. Without it: abort',
            misconception: {
              id: 'time-outs-decide',
              belief: 'in three-phase commit the time-out of a phase is its decision.',
              answer:
                'Many summaries say so. Then the inventory commits and the delivery service aborts: a dish is sold that nobody brings.',
              contrast: { algorithm: 'bare-timeouts' },
              compare: { metric: 'committed', there: 'less' },
              shownBy: { kind: 'broken' },
            },
          },
          { text: 'Ask how far the others have come, and decide for all' },
        ],
      },
      why: 'What three phases buy is that the survivors can find out. They have to talk to each other; the clock alone says nothing.',
      code: { file: 'three-phase.ts', text: 'how far have the others come' },
    },
    {
      id: 'bring-up-first',
      until: { kind: 'send', node: 'inventory', peer: 'delivery', label: 'pre-commit' },
      look: {
        view: 'sequence',
        node: 'inventory',
        text: 'The inventory leads. It first brings the delivery service to where it is itself.',
      },
      question: {
        kind: 'choice',
        ask: 'Why does it not commit at once?',
        choices: [
          {
            text: 'Out of politeness: it makes no difference',
            misconception: {
              id: 'order-makes-no-difference',
              belief: 'once one is pre-committed it may commit.',
              answer:
                'If it committed and died, a delivery service that is still uncertain would find nobody who knows, and abort.',
              shownBy: { kind: 'state', node: 'delivery', label: 'pre-committed' },
            },
          },
          { text: 'It may die too, and whoever is left must then not abort' },
        ],
      },
      why: 'The one rule of three-phase commit: nobody commits while somebody is uncertain. The survivors keep it as well.',
      code: { file: 'three-phase.ts', text: "phase === 'uncertain'" },
    },
    {
      id: 'both-commit',
      until: { kind: 'mark', node: 'delivery', label: 'commit' },
      look: { view: 'sequence', text: 'Both have committed, and the coordinator is still dead.' },
      why: 'No blocking, no contradiction: as long as dead means dead. The scenario with the cut cable shows what it means when it does not.',
    },
  ],
};
