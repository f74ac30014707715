import assert from 'node:assert/strict';
import { test } from 'node:test';
import { figure, keepsGoal, percentile } from './figure.ts';

test('a figure is the median of its samples with their range', () => {
  assert.deepEqual(figure('wait', 'ms', [5, 1, 9], { goal: { atMost: 4 } }), {
    name: 'wait',
    unit: 'ms',
    median: 5,
    low: 1,
    high: 9,
    n: 3,
    goal: { atMost: 4 },
  });
});

test('no samples are no figure', () => {
  assert.throws(() => figure('wait', 'ms', []), /no samples of 'wait'/);
  assert.throws(() => percentile([], 0.5), RangeError);
});

test('a percentile is a sample: the smallest that so many do not exceed', () => {
  const samples = Array.from({ length: 100 }, (_, i) => 100 - i);
  assert.equal(percentile(samples, 0.5), 50);
  assert.equal(percentile(samples, 0.95), 95);
  assert.equal(percentile(samples, 1), 100);
  assert.equal(percentile([7], 0.5), 7);
});

test('a goal is a bound from above or from below, on the median', () => {
  assert.equal(keepsGoal(figure('wait', 'ms', [5], { goal: { atMost: 5 } })), true);
  assert.equal(keepsGoal(figure('rate', 'events/s', [5], { goal: { atLeast: 6 } })), false);
  assert.equal(keepsGoal(figure('wait', 'ms', [5])), undefined);
});
