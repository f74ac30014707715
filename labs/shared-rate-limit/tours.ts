/** One tour a scenario: what to look at, what most people expect there, and the run that shows otherwise. */
import type { Tour } from 'system-design-labs/engine';

const lostUpdates: Tour = {
  steps: [
    {
      id: 'both-have-read',
      until: { kind: 'deliver', label: 'count', nth: 2 },
      look: {
        view: 'sequence',
        text: 'Requests have come close together, and each gateway has asked the store how many there were.',
      },
      question: {
        kind: 'choice',
        ask: 'Two that have read the same count both let a request through and write count + 1. What does the store hold?',
        choices: [
          {
            text: 'Two more: two were let through',
            misconception: {
              id: 'writes-add-up',
              belief: 'two increments make two, in whatever order they come.',
              answer:
                'They write a number, not an increment, and both write the same one. The second write undoes nothing and adds nothing.',
              shownBy: { kind: 'deliver', node: 'store', label: 'write', nth: 2 },
            },
          },
          { text: 'One more: the second write repeats the first' },
          {
            text: 'It refuses the second write',
            misconception: {
              id: 'stores-detect-races',
              belief: 'a store notices that somebody else wrote in between.',
              answer: 'Only if it is told what one has read (compare and set). A plain write just writes.',
              shownBy: { kind: 'deliver', node: 'store', label: 'write', nth: 2 },
            },
          },
        ],
      },
      why: 'A lost update: between reading and writing lies a round trip, and whoever reads in it reads what is no longer true.',
      code: { file: 'read-then-write.ts', text: 'count: count + 1' },
    },
    {
      id: 'how-many-passed',
      look: {
        view: 'state',
        text: 'All requests are decided. Compare the store’s count with what the gateways admitted.',
      },
      question: {
        kind: 'choice',
        ask: 'What would mend it?',
        choices: [
          {
            text: 'To read once more before writing',
            misconception: {
              id: 'check-again',
              belief: 'checking twice closes the gap.',
              answer:
                'The second check is as old as the first when its answer arrives. Check and change must be one step, where the count is.',
              contrast: { algorithm: 'store-decides' },
              compare: { metric: 'overAdmitted', there: 'less' },
              shownBy: { kind: 'send', node: 'store', label: 'refused' },
            },
          },
          { text: 'To let the store check and count in one step' },
        ],
      },
      why: '{overAdmitted} too many here. An atomic step at the store takes fewer messages as well: one question, one answer.',
      code: { file: 'store-decides.ts', text: 'if (granted) state.count++' },
    },
  ],
};

const readThenWrite: Tour = {
  steps: [
    {
      id: 'more-gateways',
      until: { kind: 'send', label: 'write', nth: 100 },
      look: {
        view: 'state',
        node: 'store',
        text: 'The hundredth request has just been let through: the quota is used up. Look at the store’s count.',
      },
      question: {
        kind: 'choice',
        ask: 'What does the store say?',
        choices: [
          {
            text: 'A hundred, or a few less that are on their way',
            misconception: {
              id: 'count-is-nearly-right',
              belief: 'a race loses an update now and then.',
              answer:
                'Look at it: far less. Updates are lost all the time, since many requests fall into each round trip. In the end {overAdmitted} too many got through.',
              shownBy: { kind: 'send', label: 'write', nth: 100 },
            },
          },
          { text: 'Far less' },
        ],
      },
      why: 'The more requests come in one round trip, the more of them read the same count. Load makes the race worse, just when the limit is needed.',
      code: { file: 'read-then-write.ts', text: 'state.count = message.count as number' },
    },
    {
      id: 'price-of-exactness',
      look: { view: 'charts', text: 'Each request waited for an answer of the store.' },
      question: {
        kind: 'choice',
        ask: 'Letting the store decide is exact. Does it make requests wait longer?',
        choices: [
          {
            text: 'Yes: exactness needs a lock',
            misconception: {
              id: 'exactness-needs-locks',
              belief: 'to be exact, gateways must lock the count.',
              answer:
                'One question and one answer, as here; the store handles them one after the other anyway. It even saves the write.',
              contrast: { algorithm: 'store-decides' },
              compare: { metric: 'messages', there: 'less' },
              shownBy: { kind: 'send', node: 'store', label: 'refused' },
            },
          },
          { text: 'No: it is one round trip in both' },
        ],
      },
      why: 'Send the operation to the data, not the data to the operation. INCR in Redis, or a conditional update in a database, is just that.',
      code: { file: 'store-decides.ts', text: 'const granted = state.count < limit' },
    },
  ],
};

const aNearerStore: Tour = {
  steps: [
    {
      id: 'a-round-trip',
      until: { kind: 'deliver', label: 'count' },
      look: {
        view: 'sequence',
        text: 'One round trip to the store: how long a count has been on its way when it is used.',
      },
      question: {
        kind: 'choice',
        ask: 'Bring the store ten times nearer. Is the quota kept?',
        choices: [
          {
            text: 'Yes: a millisecond is too short for a race',
            misconception: {
              id: 'fast-enough-is-safe',
              belief: 'a race that is short enough does not happen.',
              answer:
                'It happens less often. Requests that come within one round trip still read the same count, and busy days have more of them.',
              contrast: { parameters: { latency: 1 } },
              compare: { metric: 'overAdmitted', there: 'less' },
              shownBy: { kind: 'reject' },
            },
          },
          { text: 'No: fewer get through, and still too many' },
        ],
      },
      why: 'Speed makes a race rarer, and so harder to find in a test. It does not make it right.',
      code: { file: 'read-then-write.ts', text: "then: 'onCount'" },
    },
    {
      id: 'what-to-do-instead',
      look: { view: 'charts', text: '{overAdmitted} over the quota, with the store far away.' },
      why: 'What decides is whether check and change are one step. Run the store that decides at this distance: it is exact at any.',
      code: { file: 'store-decides.ts', text: 'if (granted) state.count++' },
    },
  ],
};

const staleCounts: Tour = {
  steps: [
    {
      id: 'no-waiting',
      until: { kind: 'reject' },
      look: { view: 'state', text: 'The first refusal. Look at what each gateway knows, and at what the store knows.' },
      question: {
        kind: 'choice',
        ask: 'Each gateway decides at once and tells the store now and then. What does that cost?',
        choices: [
          {
            text: 'Nothing: the counts agree after each sync',
            misconception: {
              id: 'eventually-is-enough',
              belief: 'counts that agree in the end keep a limit.',
              answer:
                'They agree too late. What others admitted since the last sync is not in anybody’s count: {overAdmitted} too many.',
              contrast: { algorithm: 'store-decides' },
              compare: { metric: 'overAdmitted', there: 'less' },
              shownBy: { kind: 'reject' },
            },
          },
          { text: 'Some requests too many, as many as come between syncs' },
          {
            text: 'Delay, since a gateway waits for its sync',
            misconception: {
              id: 'sync-delays-requests',
              belief: 'requests wait for the next sync.',
              answer:
                'A request is decided from what the gateway knows, in no time. The store is asked in the background, and that is the point.',
              contrast: { algorithm: 'store-decides' },
              compare: { metric: 'meanDelay', there: 'more' },
              shownBy: { kind: 'reject' },
            },
          },
        ],
      },
      why: 'No delay and few messages, for a limit that is kept only roughly. For protecting a server that is a good trade; for money it is not.',
      code: { file: 'sync-now-and-then.ts', text: 'state.total + state.sending + state.unsent >= limit' },
    },
    {
      id: 'sync-more-often',
      look: { view: 'charts', text: '{messages} messages, {overAdmitted} over the quota.' },
      question: {
        kind: 'choice',
        ask: 'Sync ten times as often. Does the excess disappear?',
        choices: [
          {
            text: 'Yes, nearly',
            misconception: {
              id: 'faster-sync-is-exact',
              belief: 'the excess depends on the interval alone.',
              answer:
                'It gets smaller, but a count is also as old as its way to the store and back. And the messages grow.',
              contrast: { parameters: { syncEvery: 10, rate: 400 } },
              compare: { metric: 'messages', there: 'more' },
              shownBy: { kind: 'reject' },
            },
          },
          { text: 'No: the way to the store remains' },
        ],
      },
      why: 'Three things that one cannot all have: exact, immediate, few messages. Each algorithm of this lab gives one up.',
      code: { file: 'sync-now-and-then.ts', text: "context.setTimer('sync', syncEvery)" },
    },
  ],
};

const unevenLoad: Tour = {
  steps: [
    {
      id: 'first-refusal',
      until: { kind: 'reject' },
      look: { view: 'state', text: 'A gateway refuses for the first time. Look at what the others have left.' },
      question: {
        kind: 'choice',
        ask: 'Each gateway has a quarter of the quota. Can the quota be exceeded?',
        choices: [
          {
            text: 'Yes: they do not know of each other',
            misconception: {
              id: 'no-talk-no-limit',
              belief: 'without messages a common limit cannot hold.',
              answer:
                'The shares add up to the quota, so it holds whatever happens: {overAdmitted} over it, with {messages} messages.',
              shownBy: { kind: 'reject', nth: -1 },
            },
          },
          { text: 'No, but some of it goes unused' },
        ],
      },
      why: 'Safe by construction. The price is paid where load is uneven: one gateway refuses while others have room.',
      code: { file: 'own-share.ts', text: 'state.admitted >= state.share' },
    },
    {
      id: 'in-vain',
      look: { view: 'charts', text: 'All requests are decided: {admitted} were admitted.' },
      question: {
        kind: 'number',
        ask: 'How many were refused although the quota was not used up?',
        metric: 'refusedWithoutNeed',
        within: 0.2,
        unit: 'requests',
      },
      why: '{refusedWithoutNeed}: what the quiet gateways had left. Give shares by load, or lend them, and gateways must talk again.',
      code: { file: 'own-share.ts', text: 'Math.floor(limit / gateways.length)' },
    },
  ],
};

/** By scenario. */
export const tours = {
  'lost-updates': lostUpdates,
  'read-then-write': readThenWrite,
  'a-nearer-store': aNearerStore,
  'stale-counts': staleCounts,
  'uneven-load': unevenLoad,
} satisfies Record<string, Tour>;
