/** One tour a scenario: what to look at, what most people expect there, and the run that shows otherwise. */
import type { Tour } from 'system-design-labs/engine';

const boundaryBurst: Tour = {
  steps: [
    {
      id: 'across-the-edge',
      until: { kind: 'admit', nth: 10 },
      look: {
        view: 'timeline',
        text: 'The limit of this window is used up, at its very end. The next window is about to begin.',
      },
      question: {
        kind: 'choice',
        ask: 'As many requests again come in the next instants. How many get through?',
        choices: [
          {
            text: 'None: the limit for a second is used up',
            misconception: {
              id: 'fixed-window-keeps-its-limit',
              belief: 'a fixed window never lets more than the limit through in any second.',
              answer:
                'It counts per window of the clock, not per span of time. A new window starts at zero, and at the peak {peakInAnyWindow} got through within one window’s length. A log counts every span.',
              contrast: { algorithm: 'sliding-log' },
              compare: { metric: 'peakInAnyWindow', there: 'less' },
              shownBy: { kind: 'refuse' },
            },
          },
          { text: 'All: a new window has begun' },
          {
            text: 'A part: the counter fades',
            misconception: {
              id: 'counter-fades',
              belief: 'the count of the last window fades out slowly.',
              answer: 'That is the sliding counter. Here the count falls to zero at the edge, all at once.',
              contrast: { algorithm: 'sliding-counter' },
              compare: { metric: 'admitted', there: 'less' },
              shownBy: { kind: 'refuse' },
            },
          },
        ],
      },
      why: 'The window does not move with the requests. Twice the limit around an edge is no bad luck but something one can aim at.',
      code: { file: 'fixed-window.ts', text: 'this.#count = 0;' },
    },
    {
      id: 'the-worst',
      look: { view: 'timeline', text: 'All of them are through.' },
      question: {
        kind: 'number',
        ask: 'What is the most that passed within the length of one window, wherever it begins?',
        metric: 'peakInAnyWindow',
        within: 0,
        unit: 'requests',
      },
      why: '{peakInAnyWindow}: twice the limit, and that is also the worst there can be, since a span that long touches two windows. What is behind the limiter must bear it.',
      code: { file: 'fixed-window.ts', text: 'Math.ceil((span - 1) / this.#length) + 1' },
    },
  ],
};

const goodEnough: Tour = {
  steps: [
    {
      id: 'first-refusal',
      until: { kind: 'refuse' },
      look: {
        view: 'timeline',
        text: 'Watch the estimate: this window’s count, plus a share of the last one’s that shrinks.',
      },
      question: {
        kind: 'choice',
        ask: 'It estimates. Can it let more than the limit through in a span of one window?',
        choices: [
          {
            text: 'No: it refuses as soon as the estimate is at the limit',
            misconception: {
              id: 'estimate-is-a-bound',
              belief: 'a sliding counter keeps its limit in every span.',
              answer:
                'The estimate assumes that the last window’s requests came evenly. When they came late in it, it guesses too low: the peak was {peakInAnyWindow}.',
              contrast: { algorithm: 'sliding-log' },
              compare: { metric: 'peakInAnyWindow', there: 'less' },
              shownBy: { kind: 'refuse' },
            },
          },
          { text: 'Yes: it knows how many there were, not when' },
        ],
      },
      why: 'Two counters cannot know what a list of times knows. For protecting a server a few too many do not matter.',
      code: { file: 'sliding-counter.ts', text: 'this.#previous * left + this.#current * this.#length' },
    },
    {
      id: 'the-bill',
      look: { view: 'charts', text: 'All requests are decided.' },
      question: {
        kind: 'choice',
        ask: 'The log is exact. What does exactness cost?',
        choices: [
          {
            text: 'Time: it must search its list',
            misconception: {
              id: 'log-is-slow',
              belief: 'the sliding log is slow.',
              answer:
                'It looks at one time, the oldest, and writes one. What it costs is a number for each request it may admit.',
              contrast: { algorithm: 'sliding-log' },
              compare: { metric: 'bytesPerKey', there: 'more' },
              shownBy: { kind: 'refuse' },
            },
          },
          { text: 'Memory: a number for each request it may admit' },
        ],
      },
      why: 'Here {bytesPerKey} bytes a client, whatever the limit. The log grows with the limit, for each client.',
      code: { file: 'sliding-log.ts', text: 'new Float64Array(limit)' },
    },
  ],
};

const burstAfterSilence: Tour = {
  steps: [
    {
      id: 'before-the-burst',
      until: { kind: 'admit', nth: 3 },
      look: {
        view: 'timeline',
        text: 'Three requests, and then seconds of silence. The bucket fills up to the brim and no further.',
      },
      question: {
        kind: 'choice',
        ask: 'Three seconds at ten tokens a second: then fifteen requests come at once. How many pass?',
        choices: [
          {
            text: 'All: thirty tokens have dripped in',
            misconception: {
              id: 'credit-without-end',
              belief: 'silence saves up credit without limit.',
              answer: 'What drips into a full bucket is lost. Its size is the burst: the most that may come at once.',
              shownBy: { kind: 'refuse' },
            },
          },
          { text: 'As many as the bucket holds' },
          {
            text: 'One: then each must wait for a token',
            misconception: {
              id: 'token-bucket-paces',
              belief: 'a token bucket spaces requests evenly.',
              answer:
                'It lets a burst through as long as there are tokens. Spacing is what a leaky bucket does, as a queue.',
              contrast: { algorithm: 'leaky-bucket' },
              compare: { metric: 'meanDelay', there: 'more' },
              shownBy: { kind: 'admit', nth: 4 },
            },
          },
        ],
      },
      why: 'Two numbers, two promises: the rate for the long run, the bucket’s size for the moment.',
      code: { file: 'token-bucket.ts', text: 'Math.min(this.#capacity, level) - token' },
    },
    {
      id: 'what-is-behind',
      until: { kind: 'refuse' },
      look: { view: 'timeline', text: 'The bucket is empty, and the first request of the burst is refused.' },
      question: {
        kind: 'choice',
        ask: 'The server behind breaks under bursts. Which limiter?',
        choices: [
          {
            text: 'This one, at a lower rate',
            misconception: {
              id: 'rate-tames-bursts',
              belief: 'a lower rate makes bursts smaller.',
              answer:
                'The first burst is as big as the bucket, whatever the rate. A queue passes requests on one by one.',
              contrast: { algorithm: 'leaky-bucket' },
              compare: { metric: 'peakInAnyWindow', there: 'less' },
              shownBy: { kind: 'admit', nth: 5 },
            },
          },
          { text: 'A leaky bucket as a queue: it spreads them out' },
        ],
      },
      why: 'Policing refuses what is too much; shaping makes it wait. Shaping protects what is behind, and somebody pays with delay.',
      code: { file: 'leaky-bucket.ts', text: 'this.#nextDeparture += interval' },
    },
  ],
};

const onAHair: Tour = {
  steps: [
    {
      id: 'exactly-one',
      until: { kind: 'admit', nth: 10 },
      look: {
        view: 'timeline',
        text: 'Ten requests in 900 ms. At 1,000 ms exactly one token is there, to the last part.',
      },
      question: {
        kind: 'choice',
        ask: 'Does the eleventh request pass?',
        choices: [
          { text: 'Yes: one token is enough' },
          {
            text: 'It depends on rounding',
            misconception: {
              id: 'rounding-is-unavoidable',
              belief: 'time and tokens are fractions, so somebody must round.',
              answer:
                'Count in parts of a token, so that a millisecond brings a whole number of them. Then nothing is rounded. With doubles it does go wrong.',
              contrast: { algorithm: 'broken-time-in-doubles' },
              shownBy: { kind: 'refuse' },
            },
          },
          {
            text: 'No: the bucket must hold more than one',
            misconception: {
              id: 'more-than-one-needed',
              belief: 'at the boundary a limiter refuses.',
              answer: 'The request takes the token and leaves none. It is owed: the rate promises it.',
              shownBy: { kind: 'admit', nth: 11 },
            },
          },
        ],
      },
      why: 'A tenth, added ten times, is one, but not in doubles: there the sum is 0.9999999999999999, and the request is refused. One in a million, and nobody finds it in a log.',
      code: { file: 'token-bucket.ts', text: 'const token = 1000;' },
    },
    {
      id: 'after-it',
      look: {
        view: 'timeline',
        text: '{admitted} were admitted and {refused} refused, to the millisecond as the definition says.',
      },
      why: 'A test that compares with exact arithmetic finds such a bug; one that looks at the number of admitted requests does not, for the next request passes instead.',
      code: { file: 'broken/time-in-doubles.ts', text: 'if (this.#tokens < 1) return false;' },
    },
  ],
};

const twiceTooMany: Tour = {
  steps: [
    {
      id: 'how-many-pass',
      until: { kind: 'refuse' },
      look: {
        view: 'timeline',
        text: 'Requests come at random, twice as many as allowed: two hundred in about ten seconds.',
      },
      question: {
        kind: 'number',
        ask: 'How many of the two hundred will get through?',
        metric: 'admitted',
        within: 0.12,
        unit: 'requests',
      },
      why: '{admitted}: ten a second for as long as it lasts, and the full bucket at the beginning.',
      code: { file: 'token-bucket.ts', text: 'this.#level + elapsed * this.#rate' },
    },
    {
      id: 'which-half',
      look: { view: 'timeline', text: 'Look where the refused ones lie.' },
      question: {
        kind: 'choice',
        ask: 'Under a fixed window about as many pass. Do the same requests pass?',
        choices: [
          {
            text: 'Yes, more or less: the rate is the same',
            misconception: {
              id: 'same-rate-same-requests',
              belief: 'limiters of one rate differ only in detail.',
              answer:
                'The window lets the early ones of each second pass and refuses the rest until the clock strikes. A client that tries again then comes with all the others.',
              contrast: { algorithm: 'fixed-window' },
              compare: { metric: 'admitted', there: 'less' },
              shownBy: { kind: 'refuse' },
            },
          },
          { text: 'No: the window prefers those who come early in each second' },
        ],
      },
      why: 'How many pass is the rate. Which pass, and how they bunch, is the algorithm, and that is what the server behind feels.',
      code: { file: 'fixed-window.ts', text: 'if (this.#count >= this.#limit) return false;' },
    },
  ],
};

const manyClients: Tour = {
  steps: [
    {
      id: 'a-limit-each',
      until: { kind: 'refuse' },
      look: {
        view: 'timeline',
        text: 'A hundred clients come and go, each with a limit of its own. The first has gone too far.',
      },
      question: {
        kind: 'choice',
        ask: 'Does that cost the other clients anything?',
        choices: [
          {
            text: 'Yes: the limit is used up',
            misconception: {
              id: 'one-bucket-for-all',
              belief: 'a limit is shared by all who come.',
              answer:
                'Each client has a limiter of its own. With one for all, a single busy client would lock everybody out.',
              shownBy: { kind: 'admit', nth: -1 },
            },
          },
          { text: 'No: each has a limiter of its own' },
        ],
      },
      why: 'The price is a table with an entry for each client, and it must forget: two others are looked at for each newcomer, and dropped when they have nothing left to remember.',
      code: { file: 'keyed.ts', text: 'if (limiter.isIdle()) this.#limiters.delete(client)' },
    },
    {
      id: 'memory-a-client',
      look: { view: 'charts', text: 'The log keeps {bytesPerKey} bytes for a client, at a small limit.' },
      question: {
        kind: 'choice',
        ask: 'How little can a limiter with a burst and a rate remember about a client?',
        choices: [
          {
            text: 'Two numbers at least: a level and when it was right',
            misconception: {
              id: 'two-numbers-at-least',
              belief: 'a token bucket cannot do with less than two numbers.',
              answer:
                'The two always occur together: level and time make one time, when the bucket would be full again. That is GCRA.',
              contrast: { algorithm: 'gcra' },
              compare: { metric: 'bytesPerKey', there: 'less' },
              shownBy: { kind: 'refuse' },
            },
          },
          { text: 'One number: a time' },
          {
            text: 'A number for each request of its burst',
            misconception: {
              id: 'memory-grows-with-burst',
              belief: 'who allows a burst must remember its requests.',
              answer: 'The log does, and pays for each. GCRA remembers one time for a burst of any size.',
              contrast: { algorithm: 'gcra' },
              compare: { metric: 'admitted', there: 'more' },
              shownBy: { kind: 'refuse' },
            },
          },
        ],
      },
      why: 'One number also means one write: a store that many gateways share can compare and set it in a single step.',
      code: { file: 'gcra.ts', text: 'this.#expected += interval' },
    },
  ],
};

/** By scenario. */
export const tours = {
  'boundary-burst': boundaryBurst,
  'good-enough': goodEnough,
  'burst-after-silence': burstAfterSilence,
  'on-a-hair': onAHair,
  'twice-too-many': twiceTooMany,
  'many-clients': manyClients,
} satisfies Record<string, Tour>;
