/** What each exercise must show, and the hints to it: read no further than you need. */
import type { Exercise, ExerciseCondition, Intervention } from 'system-design-labs/engine';

const allChecks: ExerciseCondition[] = [
  { check: 'noLockLeaked' },
  { check: 'atomicity' },
  { check: 'stockConserved' },
  { check: 'noneRefusedInVain' },
];

/** Where the coordinator of *All well* gets the last vote, and where its first transaction is done: it decides in between. */
const [votesAreIn, allIsDone] = [7, 17];

/** The coordinator crashes once, for a second, after each thing that it does while it decides. */
const crashesOfTheCoordinator: Intervention[][] = Array.from({ length: allIsDone - votesAreIn + 1 }, (_, nth) => [
  {
    anchor: `coordinator#${votesAreIn + nth}`,
    action: 'crash',
    arguments: { node: 'coordinator', for: 1000 },
  },
]);

export const exercises: readonly Exercise[] = [
  {
    id: 'give-it-back',
    title: 'Give it back',
    level: 1,
    file: 'exercises/1-give-it-back.ts',
    runs: [
      { scenario: 'four-orders', conditions: allChecks },
      { scenario: 'out-of-stock', conditions: allChecks },
    ],
    hints: [
      'Look at the state of the services after the last event. What do they hold, and for which transaction?',
      'A lock comes off in both cases. What becomes of the pieces depends on the outcome.',
      '`unlock` takes the lock off and says what was locked; `this.giveBack` puts that on the shelf.',
    ],
    misconceptions: ['lock-follows-the-outcome', 'abort-compensates'],
  },
  {
    id: 'ink-before-word',
    title: 'Ink before word',
    level: 2,
    file: 'exercises/2-ink-before-word.ts',
    runs: [
      { scenario: 'all-well', interventions: crashesOfTheCoordinator, conditions: [{ check: 'atomicity' }] },
      { scenario: 'all-well', conditions: [{ metric: 'committed', atLeast: 2 }] },
    ],
    hints: [
      'What is in the log of the coordinator when it comes back? What did the inventory do meanwhile?',
      'A record that says nothing means abort. From which moment on must the record be there?',
      'Effects happen in the order in which they are asked for, and a crash may fall between any two of them. What is sent before the sync has been said without being written.',
    ],
    misconceptions: ['votes-survive-a-crash', 'every-vote-is-forced'],
  },
  {
    id: 'ask-a-neighbour',
    title: 'Ask a neighbour',
    level: 3,
    file: 'exercises/3-ask-a-neighbour.ts',
    runs: [
      { scenario: 'all-well', interventions: crashesOfTheCoordinator, conditions: [{ check: 'atomicity' }] },
      {
        scenario: 'coordinator-crash-between',
        conditions: [{ check: 'atomicity' }, { metric: 'blocked', atMost: 0 }],
      },
    ],
    hints: [
      'Whom did the participants ask, and what did they hear? Who knew better, and was dead?',
      'Which answers of a neighbour prove what the coordinator has decided, and which prove nothing?',
      'Who has not voted yet, or has voted No, proves an abort. Who is as uncertain as oneself proves nothing, and neither does silence: this is where two-phase commit has to wait.',
    ],
    misconceptions: ['survivors-know-enough', 'dead-means-abort'],
  },
];
