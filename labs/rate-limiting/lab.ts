/** Rate limiting: whether a request may pass now, so that nobody gets more than their share and nothing breaks. */
import { definePureLab, type Algorithm } from 'system-design-labs/engine';
import { NeverCleaned } from './broken/never-cleaned.ts';
import { TickPerCall } from './broken/tick-per-call.ts';
import { TimeInDoubles } from './broken/time-in-doubles.ts';
import { exercises } from './exercises.ts';
import { FixedWindow } from './fixed-window.ts';
import { Gcra } from './gcra.ts';
import { LeakyBucket } from './leaky-bucket.ts';
import { LeakyMeter } from './leaky-meter.ts';
import { contract, type RateLimiterClass } from './limiter.ts';
import { parameters } from './parameters.ts';
import { LimitingRun } from './run/limiting-run.ts';
import { scenarios } from './scenarios.ts';
import { SlidingCounter } from './sliding-counter.ts';
import { SlidingLog } from './sliding-log.ts';
import { TokenBucket } from './token-bucket.ts';

const algorithms: Algorithm<RateLimiterClass>[] = [
  {
    id: 'fixed-window',
    title: 'Fixed window',
    summary:
      'Counts the requests of the current window: simplest of all, and lets twice the limit through at its edge.',
    implementation: FixedWindow,
    uses: ['limit'],
  },
  {
    id: 'sliding-log',
    title: 'Sliding window log',
    summary: 'Remembers when each request came: exact, for limits that are small or must hold to the letter.',
    implementation: SlidingLog,
    uses: ['limit'],
  },
  {
    id: 'sliding-counter',
    title: 'Sliding window counter',
    summary: 'Estimates the log from two counters: nearly exact, for protecting servers at any scale.',
    implementation: SlidingCounter,
    uses: ['limit'],
  },
  {
    id: 'token-bucket',
    title: 'Token bucket',
    summary: 'A steady rate, and a burst after a silence: for APIs whose clients come in bursts.',
    implementation: TokenBucket,
    uses: ['rate', 'burst'],
  },
  {
    id: 'leaky-bucket',
    title: 'Leaky bucket (queue)',
    summary: 'Makes requests wait and passes them on evenly: for what is behind and cannot take bursts.',
    implementation: LeakyBucket,
    uses: ['rate', 'burst'],
  },
  {
    id: 'leaky-meter',
    title: 'Leaky bucket (meter)',
    summary: 'The token bucket upside down: a level that rises with each request and leaks away.',
    implementation: LeakyMeter,
    uses: ['rate', 'burst'],
  },
  {
    id: 'gcra',
    title: 'GCRA',
    summary: 'The token bucket in a single number, a time: for limits that many gateways share through a store.',
    implementation: Gcra,
    uses: ['rate', 'burst'],
  },
  {
    id: 'broken-time-in-doubles',
    title: 'Time in doubles',
    summary: 'A token bucket that goes wrong on a hair.',
    implementation: TimeInDoubles,
    uses: ['rate', 'burst'],
    expects: { exactness: 'broken' },
    broken: {
      bug: 'Tokens and seconds are doubles. A tenth of a token, added ten times, makes 0.9999999999999999, and the request that is owed that token is refused.',
      check: 'exactness',
      seed: 7,
      scenario: 'on-a-hair',
    },
  },
  {
    id: 'broken-tick-per-call',
    title: 'A tick per call',
    summary: 'A token bucket that lets too much through when it is busy.',
    implementation: TickPerCall,
    uses: ['rate', 'burst'],
    expects: { promise: 'broken', exactness: 'broken' },
    broken: {
      bug: 'The refill was written for a timer that ticks ten times a second, and now happens with each request: the more requests come, the faster the bucket fills.',
      check: 'promise',
      seed: 7,
      scenario: 'twice-too-many',
    },
  },
  {
    id: 'broken-never-cleaned',
    title: 'Never cleaned up',
    summary: 'A fixed window that decides rightly, for a while.',
    implementation: NeverCleaned,
    uses: ['limit'],
    expects: { memory: 'broken' },
    broken: {
      bug: 'Each window has a counter of its own, and none is ever deleted: memory grows with the time that the server has been up.',
      check: 'memory',
      seed: 7,
      scenario: 'twice-too-many',
    },
  },
];

export default definePureLab({
  id: 'rate-limiting',
  title: 'Rate limiting',
  chapter: 'Traffic',
  level: 'beginner',
  summary:
    'Who may pass, and who has to come back later? Seven limiters on the same requests: what each lets through at its worst, what it remembers, and why one of them lets twice its limit pass.',
  concepts: [
    'fixed window',
    'sliding window',
    'token bucket',
    'leaky bucket',
    'GCRA',
    'burst',
    'policing and shaping',
    'boundary burst',
  ],
  contract,
  parameters,
  brief: { requests: 1000 },
  algorithms,
  scenarios,
  defaultScenario: 'twice-too-many',
  metrics: {
    admitted: { title: 'Admitted', unit: 'requests', behind: { decisions: 'admitted' } },
    refused: { title: 'Refused', unit: 'requests', behind: { decisions: 'refused' } },
    peakInAnyWindow: {
      title: 'Peak in any window',
      unit: 'requests',
      better: 'low',
      help: 'The most requests of one client that were passed on within any span of one window, wherever it begins.',
    },
    fairness: {
      title: 'Fairness',
      better: 'high',
      help: "Jain's index over what each client got through: 1 when all got the same, 1/n when one got everything.",
    },
    bytesPerKey: {
      title: 'Memory for a client',
      unit: 'bytes',
      better: 'low',
      help: 'Numbers that the limiter of one client keeps, at most; what the language adds to an object is left out.',
    },
    meanDelay: { title: 'Mean delay', unit: 'ms', better: 'low', help: 'How long admitted requests had to wait.' },
  },
  checks: {
    promise: {
      title: 'No span gets more than was promised',
      help: 'Within any span of one window no more requests of a client are passed on than the limiter says it lets through at most.',
    },
    exactness: {
      title: 'Every decision is exact',
      help: 'The first 1,000 requests are decided as the definition of the algorithm decides them in exact arithmetic.',
    },
    memory: {
      title: 'Memory does not grow',
      help: 'A limiter keeps no more than a number for each request that it may admit, and a handful besides.',
    },
  },
  views: ['timeline', 'charts', 'log'],
  sweeps: [
    { parameter: 'burst', from: 1, to: 50, metric: 'peakInAnyWindow' },
    { parameter: 'limit', from: 1, to: 50, metric: 'peakInAnyWindow' },
  ],
  busiestWithin: 'window',
  exercises,
  begin: (setup) => new LimitingRun(setup),
});
