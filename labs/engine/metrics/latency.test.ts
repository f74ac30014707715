import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { LatencyHistogram } from './latency.ts';

const ms = 1e6; // nanoseconds

function near(actual: number, expected: number, share = 1e-3): void {
  assert.ok(Math.abs(actual - expected) <= share * expected, `${actual} is not within ${share} of ${expected}`);
}

describe('latencies', () => {
  it('show coordinated omission: 10,000 answers in 1 ms, then one after 100 s', () => {
    const raw = new LatencyHistogram();
    const corrected = new LatencyHistogram();
    for (let i = 0; i <= 10_000; i++) {
      const latency = i < 10_000 ? 1 * ms : 100_000 * ms;
      raw.record(latency);
      corrected.recordCorrected(latency, 10 * ms);
    }
    assert.equal(raw.count, 10_001);
    near(raw.mean, 10.999 * ms);
    near(raw.percentile(99.99), 1 * ms);

    assert.equal(corrected.count, 20_000);
    near(corrected.mean, 25_000 * ms);
    near(corrected.percentile(90), 80_000 * ms);
  });

  it('leave alone what was never late', () => {
    const corrected = new LatencyHistogram();
    for (let i = 1; i <= 1000; i++) corrected.recordCorrected(i, 1000);
    assert.equal(corrected.count, 1000);
    assert.equal(corrected.percentile(50), 500);
    assert.equal(corrected.max, 1000);
  });

  it('keep three digits from nanoseconds to months', () => {
    for (const latency of [0, 1, 999, 123_456, 5e15]) {
      const histogram = new LatencyHistogram();
      histogram.record(latency);
      near(histogram.percentile(50), latency);
      near(histogram.mean, latency);
    }
  });

  it('have no figures where there were none', () => {
    const none = new LatencyHistogram();
    assert.equal(none.count, 0);
    for (const figure of [none.mean, none.max, none.percentile(99)]) assert.ok(Number.isNaN(figure));
  });

  it('refuse an interval that is none', () => {
    assert.throws(() => new LatencyHistogram().recordCorrected(1, 0), /expectedInterval must be positive, not 0/);
  });
});
