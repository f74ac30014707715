/** What each exercise must show, and the hints to it: read no further than you need. */
import type { Exercise, ExerciseCondition, ExerciseRun } from 'system-design-labs/engine';

const seeds = [7, 1, 42];

const quotaUsed: ExerciseCondition[] = [{ check: 'quota' }, { metric: 'refusedWithoutNeed', atMost: 0 }];

/** Each request is decided, and as many are admitted as if the store were asked about each. */
const asTheStore: ExerciseCondition[] = [
  { check: 'quota' },
  { metric: 'admitted', atLeast: 1, atMost: 1, timesThatOf: 'store-decides' },
  { metric: 'refused', atLeast: 1, atMost: 1, timesThatOf: 'store-decides' },
];

function each(scenarios: readonly string[], conditions: ExerciseCondition[]): ExerciseRun[] {
  return scenarios.map((scenario) => ({ scenario, seeds, conditions }));
}

export const exercises: readonly Exercise[] = [
  {
    id: 'the-last-one',
    title: 'The last one',
    level: 1,
    file: 'exercises/1-the-last-one.ts',
    runs: each(['read-then-write', 'lost-updates'], quotaUsed),
    hints: [
      "The check leads to the event. What was the store's count when it granted that request?",
      'How many requests have been granted when the count is 0, and how many when it is 100?',
      'The question is whether there is room *before* this one is counted. There is none when the count has reached the limit.',
    ],
    misconceptions: ['exactness-needs-locks'],
  },
  {
    id: 'compare-and-set',
    title: 'Compare and set',
    level: 2,
    file: 'exercises/2-compare-and-set.ts',
    runs: each(['read-then-write', 'lost-updates'], quotaUsed),
    hints: [
      'Look at two sets that come one after the other. From which count does each start?',
      'The gateway sends `from`. Who looks at it?',
      'A set that starts from a count that is no longer true must change nothing, and must say so: `done: false`.',
    ],
    misconceptions: ['stores-detect-races', 'exactness-needs-locks'],
  },
  {
    id: 'permits-in-advance',
    title: 'Permits in advance',
    level: 3,
    file: 'exercises/3-permits-in-advance.ts',
    runs: each(['stale-counts', 'read-then-write', 'uneven-load'], asTheStore),
    hints: [
      'Compare what a gateway was given with what it has admitted. When do they part?',
      'How many requests can wait by the time that an answer comes, and how many permits does it bring?',
      'Only as many of the waiting as there are permits may pass; for the others one must ask again, and when the store has none left they are refused.',
    ],
    misconceptions: [],
  },
];
