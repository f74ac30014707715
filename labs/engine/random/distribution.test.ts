import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  complaintAbout,
  constant,
  exponential,
  logNormal,
  meanOf,
  normal,
  sampleAt,
  table,
  uniform,
  type Distribution,
} from './distribution.ts';

const draws = 20_000;

function moments(distribution: Distribution): { mean: number; deviation: number } {
  let sum = 0;
  let squares = 0;
  for (let k = 0; k < draws; k++) {
    const value = sampleAt(distribution, 1, 2, 3, k);
    assert.ok(value >= 0);
    sum += value;
    squares += value * value;
  }
  const mean = sum / draws;
  return { mean, deviation: Math.sqrt(squares / draws - mean * mean) };
}

// The seed is fixed, so each bound is passed for good or never; it is four standard errors wide.
const expected: [Distribution, number][] = [
  [constant(5), 0],
  [uniform(2, 4), 2 / Math.sqrt(12)],
  [exponential(10), 10],
  [normal(100, 10), 10],
  [logNormal(10, 0.5), 10 * Math.exp(0.125) * Math.sqrt(Math.exp(0.25) - 1)],
  [table([0, 1, 3]), Math.sqrt(0.5 * (1 / 3) + 0.5 * (4 + 1 / 3) - 1.25 ** 2)],
];

for (const [distribution, deviation] of expected) {
  test(`${distribution.kind}: mean and deviation are those of the distribution`, () => {
    const measured = moments(distribution);
    const error = (4 * deviation) / Math.sqrt(draws);
    assert.ok(Math.abs(measured.mean - meanOf(distribution)) <= error, `mean ${measured.mean}`);
    assert.ok(Math.abs(measured.deviation - deviation) <= 3 * error, `deviation ${measured.deviation}`);
  });
}

test('draw k is the same in whatever order one draws', () => {
  const forwards = [0, 1, 2, 3].map((k) => sampleAt(exponential(1), 9, 1, 1, k));
  const backwards = [3, 2, 1, 0].map((k) => sampleAt(exponential(1), 9, 1, 1, k)).reverse();
  assert.deepEqual(forwards, backwards);
});

test('a distribution that could give a negative duration is refused by its value', () => {
  assert.match(complaintAbout(constant(-1))!, /-1/);
  assert.match(complaintAbout(uniform(3, 2))!, /below min/);
  assert.match(complaintAbout(exponential(NaN))!, /NaN/);
  assert.match(complaintAbout(normal(1, -1))!, /-1/);
  assert.match(complaintAbout(logNormal(-2, 1))!, /-2/);
  assert.match(complaintAbout(table([]))!, /empty/);
  assert.match(complaintAbout(table([2, 1]))!, /1 does not/);
  assert.equal(complaintAbout(table([0, 0, 1])), undefined);
});
