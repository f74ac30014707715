import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { BatchMeans } from './batch-means.ts';

/** A generator fast enough for the forty million customers below (Mulberry32, T. Ettinger 2017). */
function mulberry32(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Waiting times of M/M/1, mean service 1, from an empty system, by Lindley's recursion. */
function recordWaits(seed: number, customers: number, load: number, into: BatchMeans): void {
  const uniform = mulberry32(seed);
  let wait = 0;
  for (let customer = 0; customer < customers; customer++) {
    into.record(wait);
    const service = -Math.log(1 - uniform());
    const gap = -Math.log(1 - uniform()) / load;
    wait = Math.max(0, wait + service - gap);
  }
}

describe('batch means', () => {
  it('cover the mean wait of M/M/1 at ρ = 0.9 in 90 to 98 % of 200 seeds', () => {
    const expected = 9;
    let covered = 0;
    for (let seed = 1; seed <= 200; seed++) {
      const waits = new BatchMeans();
      recordWaits(seed * 7919, 200_000, 0.9, waits);
      const { low, high } = waits.interval(0.95);
      if (low <= expected && expected <= high) covered++;
    }
    assert.ok(covered >= 180 && covered <= 196, `covered the truth in ${covered} of 200 runs`);
  });

  it('have the mean and the count of all values, whatever their number', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: 1, maxLength: 3000 }), (values) => {
        const means = new BatchMeans();
        for (const value of values) means.record(value);
        const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
        assert.equal(means.count, values.length);
        assert.ok(Math.abs(means.mean - mean) < 1e-9);
      }),
    );
  });

  it('of a constant leave no doubt', () => {
    const means = new BatchMeans();
    for (let i = 0; i < 1000; i++) means.record(7);
    assert.deepEqual(means.interval(0.95), { mean: 7, low: 7, high: 7, level: 0.95, count: 16 });
  });

  it('bend towards the side that is skewed', () => {
    const means = new BatchMeans();
    for (let i = 0; i < 1600; i++) means.record(i < 1500 ? 0 : 1);
    const { mean, low, high } = means.interval(0.95);
    assert.ok(high - mean > mean - low);
  });

  it('say that they know nothing while there are too few values', () => {
    const means = new BatchMeans();
    for (let i = 0; i < 15; i++) means.record(i);
    assert.ok(Number.isNaN(means.interval(0.95).low));
    assert.ok(Number.isNaN(means.standardError));
    assert.ok(Number.isNaN(new BatchMeans().mean));
  });
});
