/** What each exercise must show, and the hints to it: read no further than you need. */
import type { Exercise, ExerciseCondition } from 'system-design-labs/engine';

const seeds = [7, 1, 42];

/** No more than was promised gets through, and no less than the limiter that it is meant to be lets through. */
function promiseKept(meant: string): ExerciseCondition[] {
  return [{ check: 'promise' }, { metric: 'admitted', atLeast: 1, atMost: 1, timesThatOf: meant }];
}

export const exercises: readonly Exercise[] = [
  {
    id: 'one-more-than-allowed',
    title: 'One more than allowed',
    level: 1,
    file: 'exercises/1-one-more-than-allowed.ts',
    runs: [
      {
        scenario: 'boundary-burst',
        seeds,
        parameters: { requests: 30 },
        conditions: promiseKept('fixed-window'),
      },
      { scenario: 'twice-too-many', seeds, conditions: promiseKept('fixed-window') },
    ],
    hints: [
      'Step to the first request that is refused. How many were admitted before it in the same window?',
      'What is `count` when the tenth request of a window asks, and when the eleventh does?',
      'The question is whether the window is full *before* this request. It is full when `count` has reached the limit.',
    ],
    misconceptions: [],
  },
  {
    id: 'forgets-too-early',
    title: 'Forgets too early',
    level: 2,
    file: 'exercises/2-forgets-too-early.ts',
    runs: [
      {
        scenario: 'twice-too-many',
        seeds,
        parameters: { arrivals: 'constant', interval: 111, limit: 9 },
        conditions: promiseKept('sliding-log'),
      },
      { scenario: 'boundary-burst', seeds, conditions: promiseKept('sliding-log') },
    ],
    hints: [
      'The tenth request comes at 999 ms, the first came at 0. Do both lie within some span of 1,000 ms?',
      'A span of 1,000 ms that begins at 0 ends just before 1,000. Which times does the list forget at 999?',
      'A request stops counting when it is a whole window old, not a millisecond sooner.',
    ],
    misconceptions: [],
  },
  {
    id: 'credit-without-end',
    title: 'Credit without end',
    level: 3,
    file: 'exercises/3-credit-without-end.ts',
    runs: [
      {
        scenario: 'burst-after-silence',
        seeds,
        parameters: { window: 100 },
        conditions: promiseKept('token-bucket'),
      },
      { scenario: 'twice-too-many', seeds, conditions: promiseKept('token-bucket') },
      { scenario: 'on-a-hair', conditions: promiseKept('token-bucket') },
    ],
    hints: [
      'Where does the theoretical arrival time stand after three seconds of silence, and where is the clock?',
      'Each request moves the plan on by one interval. How many of them fit between the plan and now + tolerance?',
      'Who comes late must not be paid for the time in which nothing was asked: the plan starts from now.',
    ],
    misconceptions: ['credit-without-end'],
  },
];
