/** Tours of the scenarios in which nothing fails: how votes become a decision, and what that costs. */
import type { Tour } from 'system-design-labs/engine';

export const fourOrders: Tour = {
  steps: [
    {
      id: 'the-first-no',
      until: { kind: 'deliver', node: 'coordinator', label: 'no' },
      look: {
        view: 'sequence',
        node: 'coordinator',
        text: 'The inventory has said No to the second order. The delivery service has not been heard yet.',
      },
      question: {
        kind: 'choice',
        ask: 'What does the coordinator do now?',
        choices: [
          {
            text: 'It waits for the other vote',
            misconception: {
              id: 'all-votes-needed',
              belief: 'a decision needs all votes.',
              answer: 'A commit does. One No settles it: whatever the other says, it cannot be all Yes any more.',
              shownBy: { kind: 'mark', node: 'coordinator', label: 'abort' },
            },
          },
          { text: 'It decides to abort at once' },
          {
            text: 'It asks the others what the majority wants',
            misconception: {
              id: 'majority-decides',
              belief: 'the votes are counted, and the majority wins.',
              answer:
                'A dish that is not there cannot be delivered by a majority. Atomic commit needs all; majorities are for consensus.',
              shownBy: { kind: 'mark', node: 'coordinator', label: 'abort' },
            },
          },
        ],
      },
      why: 'Yes from all, or abort. So every participant has a veto until it has said Yes.',
      code: { file: 'two-phase.ts', text: "if (type === 'no') this.#abort(" },
    },
    {
      id: 'what-it-cost',
      look: { view: 'sequence', text: 'Four orders: {committed} were carried out, {aborted} were not.' },
      question: {
        kind: 'choice',
        ask: 'A commit with two services takes eight messages. What does an abort take?',
        choices: [
          {
            text: 'The same: everybody must hear and confirm it',
            misconception: {
              id: 'aborts-cost-the-same',
              belief: 'an abort needs the same rounds as a commit.',
              answer:
                'Follow an abort: who said No is told nothing, and nobody acknowledges. What is forgotten counts as aborted.',
              shownBy: { kind: 'send', node: 'coordinator', label: 'abort' },
            },
          },
          { text: 'Fewer: nobody has to confirm it' },
        ],
      },
      why: 'Presumed abort: who asks about a transaction that the log does not know is told abort. So nothing must be made safe, and nothing confirmed. All four took {messages} messages.',
      code: { file: 'two-phase.ts', text: 'Neither forced nor acknowledged' },
    },
  ],
};

export const allWell: Tour = {
  steps: [
    {
      id: 'after-a-yes',
      until: { kind: 'send', node: 'inventory', label: 'yes' },
      look: {
        view: 'sequence',
        node: 'inventory',
        text: 'The inventory says Yes. It has written that down and locked the dish.',
      },
      question: {
        kind: 'choice',
        ask: 'May it still change its mind?',
        choices: [
          {
            text: 'Yes, until the coordinator decides',
            misconception: {
              id: 'yes-is-an-opinion',
              belief: 'a vote can be taken back.',
              answer:
                'The coordinator may decide on that Yes the moment it arrives. A Yes is a promise to be able to commit.',
              shownBy: { kind: 'mark', node: 'coordinator', label: 'commit' },
            },
          },
          { text: 'No: with its Yes it has given the decision away' },
        ],
      },
      why: 'That is why a Yes is safe on disk before it is sent: after a crash, the promise must still be known.',
      code: { file: 'participant.ts', text: "what: 'prepared'" },
    },
    {
      id: 'the-moment',
      until: { kind: 'mark', node: 'coordinator', label: 'commit' },
      look: { view: 'sequence', node: 'coordinator', text: 'All have said Yes. The coordinator has written a line.' },
      question: {
        kind: 'choice',
        ask: 'When has the transaction happened?',
        choices: [
          {
            text: 'When all services have carried it out',
            misconception: {
              id: 'done-when-all-did',
              belief: 'a commit is done when everybody has done it.',
              answer:
                'They have no choice any more. If all crash now, the coordinator’s log makes them do it when they are back.',
              shownBy: { kind: 'deliver', node: 'coordinator', label: 'ack', nth: 2 },
            },
          },
          { text: 'When the coordinator’s commit record is safe on its disk' },
          {
            text: 'When the last Yes has arrived',
            misconception: {
              id: 'done-when-all-agreed',
              belief: 'all Yes is as good as a commit.',
              answer:
                'If the coordinator dies before it has written that down, it will presume abort. The record decides, not the votes.',
              shownBy: { kind: 'diskSync', node: 'coordinator' },
            },
          },
        ],
      },
      why: 'One write on one disk turns “maybe” into “yes” for all. Everything after it is telling.',
      code: { file: 'two-phase.ts', text: "this.remember(state, current, 'commit', context)" },
    },
    {
      id: 'count-messages',
      look: { view: 'sequence', text: 'Two orders, two services, no failure.' },
      question: {
        kind: 'number',
        ask: 'How many messages did both orders take?',
        metric: 'messages',
        within: 0,
        unit: 'messages',
      },
      why: '{messages}: prepare, vote, commit and acknowledgement for each service and order. Locks were held for {lockHoldTime} ms on average, for one round trip and three forced writes stand between lock and release.',
    },
  ],
};

export const outOfStock: Tour = {
  steps: [
    {
      id: 'who-says-no',
      until: { kind: 'send', node: 'inventory', label: 'no' },
      look: {
        view: 'sequence',
        node: 'inventory',
        text: 'There are fewer pizzas than ordered. The inventory says No.',
      },
      question: {
        kind: 'choice',
        ask: 'Must it write its No to disk first, like a Yes?',
        choices: [
          {
            text: 'Yes: every vote must survive a crash',
            misconception: {
              id: 'every-vote-is-forced',
              belief: 'all votes must be made safe.',
              answer:
                'A No binds nobody. If it is forgotten, there is no Yes either, and without a Yes it is abort. Only the delivery service has written.',
              shownBy: { kind: 'diskWrite', node: 'delivery' },
            },
          },
          { text: 'No: it promises nothing' },
        ],
      },
      why: 'Who says No decides alone and is done. Nothing is locked, nothing to remember.',
      code: { file: 'participant.ts', text: "vote('no', transaction)" },
    },
    {
      id: 'who-must-hear',
      until: { kind: 'mark', node: 'coordinator', label: 'abort' },
      look: { view: 'sequence', node: 'coordinator', text: 'The order is aborted.' },
      question: {
        kind: 'choice',
        ask: 'Who has to be told?',
        choices: [
          {
            text: 'Both services',
            misconception: {
              id: 'tell-everybody',
              belief: 'every participant must hear the decision.',
              answer:
                'The inventory said No, so it knows how it ends. Only the delivery service holds a lock in doubt.',
              shownBy: { kind: 'send', node: 'coordinator', label: 'abort' },
            },
          },
          { text: 'Only the delivery service' },
          {
            text: 'Nobody: they time out',
            misconception: {
              id: 'yes-times-out',
              belief: 'a participant that hears nothing may give up.',
              answer: 'After a Yes it may not. The abort is what frees its courier.',
              shownBy: { kind: 'mark', node: 'delivery', label: 'abort' },
            },
          },
        ],
      },
      why: 'A decision is news only for those in doubt: who said Yes.',
      code: { file: 'two-phase.ts', text: 'if (name !== refusedBy)' },
    },
  ],
};

export const noCourier: Tour = {
  steps: [
    {
      id: 'locked-dish',
      until: { kind: 'send', node: 'delivery', label: 'no' },
      look: {
        view: 'sequence',
        node: 'inventory',
        text: 'The only courier is away. The dish of the second order is locked at the inventory.',
      },
      question: {
        kind: 'choice',
        ask: 'Could the inventory sell that dish to somebody else right now?',
        choices: [
          {
            text: 'Yes: the order will fail anyway',
            misconception: {
              id: 'lock-follows-the-outcome',
              belief: 'what will be aborted is free already.',
              answer:
                'The inventory does not know. It hears of the No from the coordinator, a message later, and until then it must keep its promise.',
              shownBy: { kind: 'mark', node: 'inventory', label: 'abort' },
            },
          },
          { text: 'No: it has promised the dish and knows nothing of the No' },
        ],
      },
      why: 'Locks are held from the vote to the decision. What the protocol costs in traffic others feel as waiting.',
      code: { file: 'participant.ts', text: 'reserve(state, transaction, wanted' },
    },
    {
      id: 'undo',
      until: { kind: 'mark', node: 'inventory', label: 'abort' },
      look: { view: 'state', node: 'inventory', text: 'The dish is back on the shelf.' },
      question: {
        kind: 'choice',
        ask: 'Was anything sold and taken back here?',
        choices: [
          {
            text: 'Yes: an abort undoes what was done',
            misconception: {
              id: 'abort-compensates',
              belief: 'an abort is a refund.',
              answer:
                'Nothing was done yet, only reserved. Doing first and refunding later is a saga: others can see the state in between.',
              shownBy: { kind: 'mark', node: 'inventory', label: 'abort' },
            },
          },
          { text: 'No: it was reserved, and the reservation ends' },
        ],
      },
      why: 'Prepare makes it possible, commit does it. That is the difference between two-phase commit and compensation.',
      code: { file: 'participant.ts', text: 'else this.giveBack(state, reservation)' },
    },
  ],
};

export const lastPiece: Tour = {
  steps: [
    {
      id: 'is-it-enough',
      until: { kind: 'deliver', node: 'inventory', label: 'prepare' },
      look: { view: 'sequence', node: 'inventory', text: 'All pizzas that are left are ordered, not one more.' },
      question: {
        kind: 'choice',
        ask: 'What should the inventory say?',
        choices: [
          { text: 'Yes: it is exactly enough' },
          {
            text: 'No: one should stay in reserve',
            misconception: {
              id: 'boundary-is-refused',
              belief: 'at the boundary it is safer to refuse.',
              answer:
                'A refusal in vain loses an order, and no check for safety would notice. This variant compares with > where >= is meant.',
              contrast: { algorithm: 'last-piece' },
              compare: { metric: 'committed', there: 'less' },
              shownBy: { kind: 'broken', node: 'inventory' },
            },
          },
        ],
      },
      why: 'Safe is not enough: a protocol that always aborts is perfectly safe. So it must also be checked that nothing is refused in vain.',
      code: { file: 'participant.ts', text: 'return free >= quantity' },
    },
    {
      id: 'gone',
      until: { kind: 'mark', node: 'inventory', label: 'commit' },
      look: {
        view: 'state',
        node: 'inventory',
        text: 'Nothing of it is free any more, and nothing locked: it is sold.',
      },
      why: 'Free, locked, gone: every piece is in one of the three at all times. A check adds them up after each step.',
      code: { file: 'participant.ts', text: 'add(state.gone, reservation)' },
    },
  ],
};
