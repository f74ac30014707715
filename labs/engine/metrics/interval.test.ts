import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { meanInterval, studentQuantile } from './interval.ts';

describe('intervals', () => {
  it("reach as far as the tables of Student's t say", () => {
    assert.ok(Math.abs(studentQuantile(0.95, 1) - 12.7062) < 1e-4);
    assert.ok(Math.abs(studentQuantile(0.95, 9) - 2.262157) < 1e-6);
    assert.ok(Math.abs(studentQuantile(0.99, 30) - 2.749996) < 1e-6);
    assert.ok(Math.abs(studentQuantile(0.95, 1e6) - 1.95997) < 1e-4);
  });

  it('cover the mean of a small sample as a statistics book would', () => {
    const { mean, low, high, count } = meanInterval([10, 12, 14], 0.95);
    assert.equal(mean, 12);
    assert.equal(count, 3);
    assert.ok(Math.abs(low - (12 - 4.302653 * (2 / Math.sqrt(3)))) < 1e-5);
    assert.ok(Math.abs(high - (12 + 4.302653 * (2 / Math.sqrt(3)))) < 1e-5);
  });

  it('refuse a single value and a level that is none', () => {
    assert.throws(() => meanInterval([1], 0.95), /2 values or more, not 1/);
    assert.throws(() => meanInterval([1, 2], 95), /level must lie between 0 and 1, not 95/);
  });
});
