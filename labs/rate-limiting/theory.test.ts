/** Every figure of the theory page, computed or held by a run. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { complaintsAboutFigures } from '../engine/testing/held-figures.ts';
import { runLab } from '../engine/testing/run-lab.ts';
import { FixedWindow } from './fixed-window.ts';
import { Gcra } from './gcra.ts';
import lab from './lab.ts';
import { LeakyBucket } from './leaky-bucket.ts';
import { LeakyMeter } from './leaky-meter.ts';
import type { RateLimiterClass } from './limiter.ts';
import { SlidingCounter } from './sliding-counter.ts';
import { SlidingLog } from './sliding-log.ts';
import { ManualClock } from './testing/clock.ts';
import { TokenBucket } from './token-bucket.ts';

const minute = 60_000;
const settings = { limit: 60, window: minute, rate: 10, burst: 20 };

/** How many of these requests a limiter lets through. */
function admitted(Limiter: RateLimiterClass, options: typeof settings, times: readonly number[]): number {
  const clock = new ManualClock();
  clock.now = times[0]!;
  const limiter = new Limiter(options, clock.read);
  return times.filter((time) => clock.at(time, () => limiter.admit())).length;
}

const together = (time: number, count: number): number[] => Array<number>(count).fill(time);

/** Numbers that a limiter remembers of a client. */
const numbersOf = (Limiter: RateLimiterClass): number => new Limiter(settings, () => 0).bytes / 8;

/** The most that a limiter lets through in a window `w`, by its own promise and by what is asked here. */
const promise = (Limiter: RateLimiterClass): number => new Limiter(settings, () => 0).mostWithin!(settings.window);

/** A row of the table: what is promised, what is remembered, what a burst after silence finds. */
function row(Limiter: RateLimiterClass, most: number, numbers: number, passes: number): void {
  assert.equal(promise(Limiter), most);
  assert.equal(numbersOf(Limiter), numbers);
  assert.equal(admitted(Limiter, settings, together(10 * minute, 100)), passes);
}

test('what the page says in figures is so', () => {
  const { limit, rate, burst, window } = settings;
  const bucket = burst + (rate * window) / 1000;
  const complaints = complaintsAboutFigures(new URL('theory.md', import.meta.url), [
    {
      text: 'Sixty requests in the last second of one minute and sixty in the first of the next are 120 within two seconds',
      holds: () =>
        assert.equal(
          admitted(FixedWindow, settings, [...together(minute - 1000, 100), ...together(minute + 999, 100)]),
          120,
        ),
    },
    {
      text: '42 · 45/60 + 18 = 49.5 for 42 then and 18 now',
      holds: () => assert.equal((42 * 45) / 60 + 18, 49.5), // the counter's own state: limiters.test.ts
    },
    { text: 'Cloudflare found 0.003 % of 400 million requests decided wrongly.' },
    {
      text: 'by τ = (burst − 1) · T and no more. The three decide alike',
      holds: () => {
        const times = Array.from({ length: 400 }, (_, i) => i * 37);
        const decided = [TokenBucket, LeakyMeter, Gcra].map((Limiter) => admitted(Limiter, settings, times));
        assert.equal(new Set(decided).size, 1);
      },
    },
    {
      text: 'so that requests leave evenly: at most rate · w + 1 in any span',
      holds: () => assert.equal(promise(LeakyBucket), (rate * window) / 1000 + 1),
    },
    {
      text: '| fixed window | 2 · limit | 2 numbers | passes, up to the limit |',
      holds: () => row(FixedWindow, 2 * limit, 2, limit),
    },
    {
      text: '| sliding log | limit | limit + 2 numbers | passes, up to the limit |',
      holds: () => row(SlidingLog, limit, limit + 2, limit),
    },
    {
      text: '| sliding counter | 2 · limit at worst | 3 numbers | passes, up to the limit |',
      holds: () => row(SlidingCounter, 2 * limit, 3, limit),
    },
    {
      text: '| token bucket, meter | burst + rate · w | 2 numbers | passes, up to the burst |',
      holds: () => [TokenBucket, LeakyMeter].forEach((Limiter) => row(Limiter, bucket, 2, burst)),
    },
    {
      text: '| GCRA | burst + rate · w | 1 number | passes, up to the burst |',
      holds: () => row(Gcra, bucket, 1, burst),
    },
    {
      text: '| leaky bucket (queue) | rate · w + 1 leave | 2 numbers | waits |',
      holds: () => row(LeakyBucket, (rate * window) / 1000 + 1, 2, burst + 1), // one leaves at once
    },
    {
      text: 'Ten tokens, one more each second, a request every 100 ms. After ten requests and one second the bucket holds exactly one token: 10 − 10, and 0.1 added ten times. In floating point that sum is 0.9999999999999999, and the eleventh request is refused.',
      holds: () => {
        let sum = 0;
        for (let i = 0; i < 10; i++) sum += 0.1;
        assert.equal(sum, 0.9999999999999999);
        const decisions = (algorithm: string): unknown =>
          (runLab(lab, { algorithm, scenario: 'on-a-hair' }).report.result as { decisions: string }).decisions;
        assert.equal(decisions('broken-time-in-doubles'), 'TTTTTTTTTTFTFFF');
        assert.equal(decisions('token-bucket'), 'TTTTTTTTTTTFFFF');
      },
    },
    { text: 'HTTP has a status for it, 429,' },
  ]);
  assert.deepEqual(complaints, []);
});
