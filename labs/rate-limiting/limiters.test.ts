/** Known answers, properties and limits of every limiter, without the engine. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { FixedWindow } from './fixed-window.ts';
import { Gcra } from './gcra.ts';
import { LeakyBucket } from './leaky-bucket.ts';
import { LeakyMeter } from './leaky-meter.ts';
import type { RateLimiter, RateLimiterClass } from './limiter.ts';
import { SlidingCounter } from './sliding-counter.ts';
import { SlidingLog } from './sliding-log.ts';
import { ManualClock } from './testing/clock.ts';
import { TokenBucket } from './token-bucket.ts';
import { parameters, type Values } from './parameters.ts';
import { peakWithin } from './run/peak.ts';
import { ruleOf } from './run/reference.ts';

test('GCRA, meter, bucket and queue are exact at wall-clock times and the highest rate', () => {
  const times = [0, 1_764_273_600_000, 1_764_273_600_000, 1_764_273_600_001];
  for (const Limiter of [TokenBucket, Gcra, LeakyMeter]) {
    assert.equal(
      decide((clock) => new Limiter({ rate: 1_000_000, burst: 1 }, clock), times),
      'TTFT',
      Limiter.name,
    );
  }
  assert.equal(
    decide((clock) => new LeakyBucket({ rate: 1_000_000, burst: 1 }, clock), times),
    'TTTT',
  );
});

const limiters: Readonly<Record<string, RateLimiterClass>> = {
  'fixed-window': FixedWindow,
  'sliding-log': SlidingLog,
  'sliding-counter': SlidingCounter,
  'token-bucket': TokenBucket,
  'leaky-bucket': LeakyBucket,
  'leaky-meter': LeakyMeter,
  gcra: Gcra,
};
const options = { limit: 10, window: 1000, rate: 10, burst: 10 };

/** Decisions at these times as a text of T and F. */
function decide(make: (clock: () => number) => RateLimiter, times: readonly number[]): string {
  const clock = new ManualClock();
  const limiter = make(clock.read);
  return times.map((time) => (clock.at(time, () => limiter.admit()) ? 'T' : 'F')).join('');
}

const every = (interval: number, count: number): number[] => Array.from({ length: count }, (_, i) => i * interval);

test('token bucket of 10, 1/s, a call every 100 ms: 11 admitted, then 4 refused; GCRA and the meter agree', () => {
  for (const Limiter of [TokenBucket, Gcra, LeakyMeter]) {
    const decisions = decide((clock) => new Limiter({ rate: 1, burst: 10 }, clock), every(100, 15));
    assert.equal(decisions, 'TTTTTTTTTTTFFFF', Limiter.name);
  }
});

test('leaky meter of 5, 1/s, ten such calls: 5 admitted, 5 refused', () => {
  assert.equal(
    decide((clock) => new LeakyMeter({ rate: 1, burst: 5 }, clock), every(100, 10)),
    'TTTTTFFFFF',
  );
});

test('sliding counter: 42 in the last minute, 18 in this one, 15 s in, are 49.5', () => {
  const minute = 60_000;
  const times = [...every(100, 42), ...every(5, 18).map((time) => minute + 14_900 + time)];
  for (const [limit, admitted] of [
    [50, true],
    [49, false],
  ] as const) {
    const clock = new ManualClock();
    const limiter = new SlidingCounter({ limit, window: minute }, clock.read);
    for (const time of times) clock.at(time, () => limiter.admit());
    clock.now = minute + 15_000;
    assert.equal(limiter.state.estimate, 49.5);
    assert.equal(limiter.admit(), admitted, `limit ${limit}`);
  }
});

test('a fixed window lets twice its limit through across its edge, the log never does', () => {
  const edge = [...Array<number>(10).fill(999), ...Array<number>(10).fill(1000)];
  assert.equal(
    decide((clock) => new FixedWindow(options, clock), edge),
    'T'.repeat(20),
  );
  assert.equal(
    decide((clock) => new SlidingLog(options, clock), edge),
    'T'.repeat(10) + 'F'.repeat(10),
  );
});

test('a request exactly one window old counts no more', () => {
  const log = (times: number[]): string => decide((clock) => new SlidingLog({ limit: 1, window: 1000 }, clock), times);
  assert.equal(log([0, 999]), 'TF');
  assert.equal(log([0, 1000]), 'TT');
});

test('the queue passes on evenly and delays what comes early', () => {
  const clock = new ManualClock();
  const queue = new LeakyBucket({ rate: 10, burst: 3 }, clock.read);
  const delays: (number | string)[] = [];
  for (let request = 0; request < 6; request++) delays.push(queue.admit() ? queue.delay : 'full');
  assert.deepEqual(delays, [0, 100, 200, 300, 'full', 'full']);
  assert.deepEqual(queue.state, { waiting: 3 });
  clock.now = 150;
  assert.deepEqual(queue.state, { waiting: 2 });
  assert.ok(queue.admit());
  assert.equal(queue.delay, 250);
});

/** Arrival times in order, with pauses and with many at once. */
const arrivals = fc
  .array(fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 50 }), fc.integer({ min: 0, max: 5000 })), {
    maxLength: 120,
  })
  .map((gaps) => {
    let time = 0;
    return gaps.map((gap) => (time += gap));
  });
const settings = fc.record({
  limit: fc.integer({ min: 1, max: 12 }),
  window: fc.integer({ min: 1, max: 2000 }),
  rate: fc.integer({ min: 1, max: 3000 }),
  burst: fc.integer({ min: 1, max: 12 }),
});

test('GCRA with τ = (burst − 1) · T, the token bucket and the meter decide alike, whatever comes', () => {
  fc.assert(
    fc.property(settings, arrivals, (given, times) => {
      const bucket = decide((clock) => new TokenBucket(given, clock), times);
      assert.equal(
        decide((clock) => new Gcra(given, clock), times),
        bucket,
      );
      assert.equal(
        decide((clock) => new LeakyMeter(given, clock), times),
        bucket,
      );
    }),
  );
});

test('the sliding log admits as many as its definition allows, and no more', () => {
  fc.assert(
    fc.property(settings, arrivals, (given, times) => {
      const admitted: number[] = [];
      const decisions = times.map((time) => {
        const free = admitted.filter((earlier) => earlier > time - given.window).length < given.limit;
        if (free) admitted.push(time);
        return free ? 'T' : 'F';
      });
      assert.equal(
        decide((clock) => new SlidingLog(given, clock), times),
        decisions.join(''),
      );
    }),
  );
});

for (const [id, Limiter] of Object.entries(limiters)) {
  test(`${id}: no span gets more than was promised, and an hour of silence makes it like new`, () => {
    fc.assert(
      fc.property(settings, arrivals, fc.integer({ min: 1, max: 5000 }), (given, times, span) => {
        const clock = new ManualClock();
        const limiter = new Limiter(given, clock.read);
        const passedOn = times.flatMap((time) =>
          clock.at(time, () => limiter.admit()) ? [time + (limiter.delay ?? 0)] : [],
        );
        const { count } = peakWithin(passedOn, span);
        assert.ok(count <= limiter.mostWithin!(span), `${count} within ${span} ms`);
        clock.now += 3_600_000;
        assert.ok(limiter.isIdle());
        assert.ok(limiter.admit());
        assert.ok(!limiter.isIdle());
      }),
    );
  });

  test(`${id}: decides by its definition at every time and with every setting that the lab takes`, () => {
    const any = fc.record({
      limit: fc.integer({ min: 1, max: 12 }),
      window: fc.integer({ min: 1, max: parameters.window.max }),
      rate: fc.integer({ min: 1, max: parameters.rate.max }),
      burst: fc.oneof(fc.integer({ min: 1, max: 12 }), fc.constant(parameters.burst.max)),
    });
    const gap = fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 3 }), fc.integer({ min: 0, max: 1e13 }));
    const start = fc.constantFrom(0, 1_764_273_600_000, Number.MAX_SAFE_INTEGER - 31e13);
    fc.assert(
      fc.property(any, start, fc.array(gap, { maxLength: 30 }), (given, first, gaps) => {
        let time = first;
        const clock = new ManualClock();
        clock.now = first;
        const limiter = new Limiter(given, clock.read);
        const admitted: number[] = [];
        for (const gap of gaps) {
          time += gap;
          const right = ruleOf(id)!(time, admitted, given as Values);
          assert.equal(
            clock.at(time, () => limiter.admit()),
            right,
            `at ${time}, after ${admitted.join(', ')}`,
          );
          if (right) admitted.push(time);
        }
      }),
    );
  });

  test(`${id}: a clock that goes backwards is refused by name`, () => {
    const clock = new ManualClock();
    clock.now = 5000;
    const limiter = new Limiter(options, clock.read);
    limiter.admit();
    clock.now = 4999;
    assert.throws(() => limiter.admit(), {
      name: 'RangeError',
      message: /^the clock went backwards, from 5000 to 4999 ms: give the limiter one that cannot be set/,
    });
  });

  test(`${id}: settings that make no sense are refused by name and value`, () => {
    const wanted = /window|log|counter/.test(id) ? ['limit', 'window'] : ['rate', 'burst'];
    for (const name of wanted) {
      for (const value of [0, -1, 1.5, NaN, Infinity]) {
        assert.throws(() => new Limiter({ ...options, [name]: value }, () => 0), {
          name: 'RangeError',
          message: `${name} must be a whole number of 1 or more, not ${value}`,
        });
      }
    }
  });

  test(`${id}: the clock of the wall will do`, () => {
    const clock = new ManualClock();
    clock.now = 1_790_000_000_123;
    const limiter = new Limiter({ ...options, rate: 3 }, clock.read);
    let admitted = 0;
    for (let request = 0; request < 20; request++) if (limiter.admit()) admitted++;
    assert.equal(admitted, id === 'leaky-bucket' ? 11 : 10);
    for (const value of Object.values(limiter.state)) assert.ok(Number.isFinite(value));
    assert.ok(limiter.bytes > 0);
  });
}
