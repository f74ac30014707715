/** What is measured of rate limiting: one decision. Most of it is reading the clock, so that is the floor. */
import { defineBenchmark, type BenchmarkGroup } from 'system-design-labs/engine';
import { Keyed } from '../keyed.ts';
import type { LimiterOptions, RateLimiterClass } from '../limiter.ts';
import { checkDecisions } from './known-answers.ts';
import { expressRateLimit, jupiterone, leakyBucket, limiter, pacerLite, rateLimiterFlexible } from './peers.ts';
import { manyAdmitted, zipfClients } from './workload.ts';

type Group = BenchmarkGroup<RateLimiterClass>;

const options: LimiterOptions = { limit: 100, window: 1000, rate: 1000, burst: 100 };

/** One decision after the other of a single limiter, on the clock of the wall. */
const onTheWall: Group['prepare'] = (Limiter) => {
  const one = new Limiter(options, Date.now);
  return () => one.admit();
};

const clockCall: Group['floor'] = { title: 'a call of Date.now', prepare: () => () => Date.now() };

/** Requests that a busy server takes from its sockets in one turn of the event loop. */
const requestsPerTurn = 64;

const buckets = ['token-bucket', 'leaky-meter', 'gcra'];

export default defineBenchmark<RateLimiterClass>({
  lab: 'rate-limiting',
  groups: [
    {
      name: 'token bucket, real clock',
      operation: 'a decision of one bucket of 100, 1,000 a second, on the clock of the wall',
      algorithms: buckets,
      size: 100,
      prepare: onTheWall,
      check: checkDecisions,
      peers: [jupiterone, limiter],
      floor: clockCall,
    },
    {
      name: 'token bucket, injected clock',
      operation: 'the same on a clock that is handed in; the peers know only that of the wall',
      algorithms: buckets,
      size: 100,
      prepare(Limiter) {
        let now = 0;
        const one = new Limiter(options, () => now);
        return (index) => {
          now += index & 1;
          return one.admit();
        };
      },
      check: checkDecisions,
      peers: [jupiterone, limiter],
      floor: {
        title: 'reading a number',
        prepare() {
          let now = 0;
          return (index) => (now += index & 1);
        },
      },
    },
    {
      name: 'leaky bucket',
      operation: 'a decision of a bucket that is never full, on the clock of the wall',
      algorithms: ['leaky-bucket'],
      size: 1,
      prepare(Limiter) {
        const one = new Limiter({ ...options, rate: manyAdmitted, burst: manyAdmitted }, Date.now);
        return () => one.admit();
      },
      check: checkDecisions,
      peers: [leakyBucket],
      floor: clockCall,
    },
    {
      name: 'fixed window, many clients',
      operation: 'a decision for one of 10,000 clients, Zipf, on a clock that is handed in; the peers read their own',
      algorithms: ['fixed-window'],
      size: 10_000,
      growth: { unit: 'clients', sizes: [100, 1000, 10_000, 100_000], claims: { 'fixed-window': 'O(1)' } },
      prepare(Limiter, clients) {
        // A server reads the clock once a turn of its event loop, and hands the time to all that want it.
        let now = Date.now();
        const keyed = new Keyed(() => new Limiter({ ...options, limit: manyAdmitted, window: 60_000 }, () => now));
        const keys = zipfClients(clients);
        return (index) => {
          if (index % requestsPerTurn === 0) now = Date.now();
          return keyed.admit(keys[index % keys.length]!);
        };
      },
      check: checkDecisions,
      peers: [expressRateLimit, rateLimiterFlexible],
      floor: {
        title: 'a look-up',
        prepare(clients) {
          const keys = zipfClients(clients);
          const counts = new Map(keys.map((key) => [key, 1]));
          return (index) => counts.get(keys[index % keys.length]!)!;
        },
      },
    },
    {
      name: 'sliding window',
      operation: 'a decision of a window of 100 a second, on the clock of the wall',
      algorithms: ['sliding-log', 'sliding-counter'],
      size: 100,
      growth: {
        unit: 'requests of the limit',
        sizes: [10, 100, 1000, 10_000],
        claims: { 'sliding-log': 'O(1)', 'sliding-counter': 'O(1)' },
      },
      prepare(Limiter, limit) {
        const one = new Limiter({ ...options, limit }, Date.now);
        return () => one.admit();
      },
      check: checkDecisions,
      peers: [pacerLite],
      floor: clockCall,
    },
  ],
  siblings: {
    name: 'all algorithms',
    operation: 'a decision of one limiter, on the clock of the wall',
    algorithms: [
      'fixed-window',
      'sliding-log',
      'sliding-counter',
      'token-bucket',
      'leaky-bucket',
      'leaky-meter',
      'gcra',
    ],
    size: 1,
    prepare: onTheWall,
    check: checkDecisions,
    peers: [],
    floor: clockCall,
  },
});
