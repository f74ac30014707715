/** What each exercise must show, and the hints to it: read no further than you need. */
import type { Exercise } from 'system-design-labs/engine';

const seeds = [7, 1, 42];

export const exercises: readonly Exercise[] = [
  {
    id: 'close-the-circle',
    title: 'Close the circle',
    level: 1,
    file: 'exercises/1-close-the-circle.ts',
    runs: [
      { scenario: 'one-leaves', seeds, conditions: [{ check: 'ownership' }] },
      {
        scenario: 'why-virtual-nodes',
        seeds,
        conditions: [{ check: 'ownership' }, { metric: 'loadStdDev', atMost: 1, timesThatOf: 'ring' }],
      },
    ],
    hints: [
      'Step to the event in which that key is placed. Which points are clockwise of it?',
      'A list has an end and a circle has none. What comes after the last point?',
      '`find` answers undefined when no point is at or behind the position; the owner is then the first point of the list.',
    ],
    misconceptions: [],
  },
  {
    id: 'points-that-vanish',
    title: 'Points that vanish',
    level: 2,
    file: 'exercises/2-points-that-vanish.ts',
    runs: [
      {
        scenario: 'at-scale',
        seeds: [7],
        parameters: { virtualNodes: 20 },
        conditions: [{ check: 'monotonicity' }],
      },
      {
        scenario: 'at-scale',
        seeds: [7],
        parameters: { virtualNodes: 100 },
        conditions: [{ check: 'monotonicity' }, { metric: 'loadStdDev', atMost: 1.5, timesThatOf: 'ring' }],
      },
    ],
    hints: [
      'The owner did not leave, but one of its points did. Find the `unpoint` events at the moment before the key moves: whose points were they meant to be?',
      'With 20 virtual nodes and names like shard-1 and shard-11, write down the texts that are hashed.',
      "'shard-1' + 11 and 'shard-11' + 1 are the same text, so two servers share a point, and the one that leaves takes it along. What could stand between the name and the number?",
    ],
    misconceptions: [],
  },
  {
    id: 'jump-over-gaps',
    title: 'Jump over gaps',
    level: 3,
    file: 'exercises/3-jump-over-gaps.ts',
    runs: [
      {
        scenario: 'at-scale',
        seeds: [7],
        conditions: [
          { check: 'monotonicity' },
          { check: 'ownership' },
          { metric: 'loadStdDev', atMost: 1, timesThatOf: 'jump' },
        ],
      },
    ],
    hints: [
      'Nobody forces you to close the gap that a server leaves. Keep its bucket, empty.',
      'A key that jumps into an empty bucket has to go on, to a bucket that depends on nothing but the key and how often it has tried: so that it comes back when, and only when, an earlier bucket of its is filled again.',
      'Hash the key together with the number of the attempt, and jump again among all buckets, the empty ones included. Servers that join fill the gaps first; only then may the number of buckets grow. (Why?)',
    ],
    misconceptions: ['jump-takes-any-leaver', 'gap-is-filled-once'],
  },
];
