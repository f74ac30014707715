/** The npm packages that limit rates, and how each is set up to do what ours do. */
import { definePeer } from 'system-design-labs/engine';
import { manyAdmitted, zipfClients } from './workload.ts';

interface HierarchicalTokenBucket {
  /** Milliseconds to wait; 0 when there is a token. */
  take(): number;
}

/** `take` makes a reservation instead of refusing; the work is the same. */
export const jupiterone = definePeer<{
  HierarchicalTokenBucket: new (options: { maximumCapacity: number; refillRate: number }) => HierarchicalTokenBucket;
}>({
  package: '@jupiterone/hierarchical-token-bucket',
  prepare({ HierarchicalTokenBucket }) {
    const bucket = new HierarchicalTokenBucket({ maximumCapacity: 100, refillRate: 1000 });
    return () => bucket.take() === 0;
  },
  check({ HierarchicalTokenBucket }) {
    const bucket = new HierarchicalTokenBucket({ maximumCapacity: 3, refillRate: 0.001 });
    const waits = Array.from({ length: 4 }, () => bucket.take() > 0);
    return expectDecisions(waits, [false, false, false, true]);
  },
});

interface LimiterTokenBucket {
  content: number;
  tryRemoveTokens(count: number): boolean;
}

export const limiter = definePeer<{
  TokenBucket: new (options: { bucketSize: number; tokensPerInterval: number; interval: number }) => LimiterTokenBucket;
}>({
  package: 'limiter',
  prepare({ TokenBucket }) {
    const bucket = new TokenBucket({ bucketSize: 100, tokensPerInterval: 1000, interval: 1000 });
    return () => bucket.tryRemoveTokens(1);
  },
  check({ TokenBucket }) {
    const bucket = new TokenBucket({ bucketSize: 3, tokensPerInterval: 1, interval: 1_000_000 });
    bucket.content = 3; // It starts empty.
    const decisions = Array.from({ length: 4 }, () => bucket.tryRemoveTokens(1));
    return expectDecisions(decisions, [true, true, true, false]);
  },
});

interface LeakyBucketQueue {
  /** Resolves when the request may pass, rejects when the bucket is full. */
  throttle(cost: number): Promise<void>;
}

export const leakyBucket = definePeer<{
  default: new (options: { capacity: number; interval: number; timeout: number }) => LeakyBucketQueue;
}>({
  package: 'leaky-bucket',
  prepare({ default: LeakyBucket }) {
    // Room for all, so that no request has to wait for the clock on the wall.
    const bucket = new LeakyBucket({ capacity: manyAdmitted, interval: 1, timeout: 1 });
    return () => bucket.throttle(1);
  },
  async check({ default: LeakyBucket }) {
    const bucket = new LeakyBucket({ capacity: 3, interval: 1000, timeout: 1000 });
    const decisions: boolean[] = [];
    for (let request = 0; request < 4; request++) {
      decisions.push(
        await bucket.throttle(1).then(
          () => true,
          () => false,
        ),
      );
    }
    return expectDecisions(decisions, [true, true, true, false]);
  },
});

interface MemoryStore {
  init(options: { windowMs: number }): void;
  increment(key: string): Promise<{ totalHits: number }>;
}

export const expressRateLimit = definePeer<{ MemoryStore: new () => MemoryStore }>({
  package: 'express-rate-limit',
  title: 'express-rate-limit MemoryStore',
  prepare({ MemoryStore }, clients) {
    const store = new MemoryStore();
    store.init({ windowMs: 60_000 });
    const keys = zipfClients(clients);
    return (index) => store.increment(keys[index % keys.length]!);
  },
  async check({ MemoryStore }) {
    const store = new MemoryStore();
    store.init({ windowMs: 60_000 });
    await store.increment('a');
    await store.increment('b');
    const { totalHits } = await store.increment('a');
    return totalHits === 2 ? undefined : `the second request of a client counts as ${totalHits}`;
  },
});

interface RateLimiterMemory {
  consume(key: string): Promise<{ consumedPoints: number }>;
}

export const rateLimiterFlexible = definePeer<{
  default: new (options: { points: number; duration: number }) => RateLimiterMemory;
}>({
  package: 'rate-limiter-flexible',
  entry: 'rate-limiter-flexible/lib/RateLimiterMemory.js',
  prepare({ default: Memory }, clients) {
    const store = new Memory({ points: manyAdmitted, duration: 60 });
    const keys = zipfClients(clients);
    return (index) => store.consume(keys[index % keys.length]!);
  },
  async check({ default: Memory }) {
    const store = new Memory({ points: 2, duration: 60 });
    const decisions: boolean[] = [];
    for (let request = 0; request < 3; request++) {
      decisions.push(
        await store.consume('a').then(
          () => true,
          () => false,
        ),
      );
    }
    return expectDecisions(decisions, [true, true, false]);
  },
});

interface LiteRateLimiter {
  maybeExecute(): boolean;
}

export const pacerLite = definePeer<{
  LiteRateLimiter: new (
    fn: () => void,
    options: { limit: number; window: number; windowType: 'sliding' },
  ) => LiteRateLimiter;
}>({
  package: '@tanstack/pacer-lite',
  prepare({ LiteRateLimiter }, limit) {
    const sliding = new LiteRateLimiter(() => {}, { limit, window: 1000, windowType: 'sliding' });
    return () => sliding.maybeExecute();
  },
  check({ LiteRateLimiter }) {
    const sliding = new LiteRateLimiter(() => {}, { limit: 3, window: 60_000, windowType: 'sliding' });
    const decisions = Array.from({ length: 4 }, () => sliding.maybeExecute());
    return expectDecisions(decisions, [true, true, true, false]);
  },
});

function expectDecisions(found: readonly boolean[], expected: readonly boolean[]): string | undefined {
  return found.join() === expected.join() ? undefined : `decides ${found.join(', ')}, not ${expected.join(', ')}`;
}
