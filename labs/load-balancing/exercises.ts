/** What each exercise must show, and the hints to it: read no further than you need. */
import type { Exercise } from 'system-design-labs/engine';

export const exercises: readonly Exercise[] = [
  {
    id: 'skip-the-dead',
    title: 'Skip the dead',
    level: 1,
    file: 'exercises/1-skip-the-dead.ts',
    runs: [{ scenario: 'failover', conditions: [{ check: 'never-to-unavailable' }, { metric: 'failed', atMost: 0 }] }],
    hints: [
      'The first server is taken for down before request 10 arrives. Where does request 10 go?',
      '`pool.isAvailable` says who may get requests, and `pool.available` lists them.',
      'An unavailable server must be passed over in *both* searches, or the reset gives it requests again.',
    ],
    misconceptions: ['turns-are-saved-up'],
  },
  {
    id: 'fair-by-counting',
    title: 'Fair by counting',
    level: 2,
    file: 'exercises/2-fair-by-counting.ts',
    runs: [
      { scenario: 'bursty-or-smooth', conditions: [{ check: 'weights-honoured' }] },
      {
        scenario: 'bursty-or-smooth',
        parameters: { servers: 4, weights: '7,3,2,1' },
        conditions: [{ check: 'weights-honoured' }],
      },
    ],
    hints: [
      'Who gets most of the requests, and what is its weight?',
      'With weights 5 and 1, after ten requests to the first and two to the second, nobody is behind. What does `count * weight` say of the two?',
      'It is requests *per weight* that should be equal: sent / weight. Whole numbers can be compared without dividing: a / b < c / d is a · d < c · b.',
    ],
    misconceptions: ['weights-are-measured'],
  },
  {
    id: 'a-choice-that-remembers',
    title: 'A choice that remembers',
    level: 3,
    file: 'exercises/3-a-choice-that-remembers.ts',
    runs: [
      { scenario: 'two-down', conditions: [{ check: 'never-to-unavailable' }] },
      {
        scenario: 'luck-or-choice',
        conditions: [{ metric: 'meanTimeInSystem', atMost: 0.86, timesThatOf: 'two-choices' }],
      },
    ],
    hints: [
      'Who says that the remembered server is still there? `pool.isAvailable` does.',
      '`pick` is asked before the request is counted. Once it is under way, the picked server has one more in flight than `pool.inFlight` says. Is it still the one worth remembering?',
      'Remember the least busy of the three *after* the pick: the picked one counts one more.',
    ],
    misconceptions: ['second-glance-is-detail'],
  },
];
