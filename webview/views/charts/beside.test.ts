import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Theory } from '../../../labs/engine/lab/report.ts';
import type { SeriesGroup } from '../../../labs/engine/scene/series.ts';
import { bandsOf, tooMany, withBeside } from './beside.ts';

const chart = 'Time in system, ms';
const p50: Theory = {
  metric: 'p50',
  measured: 7,
  low: 6,
  high: 8,
  expected: 7,
  agrees: true,
  formula: 'M/M/1',
  curve: { chart, title: '50th percentile', scale: 10 },
};

function groupOf(...titles: string[]): SeriesGroup {
  return { title: chart, series: titles.map((title) => ({ title, node: '', x: [0, 1], y: [2, 3] })) };
}

test('a theory speaks of its own chart, in the units of that chart', () => {
  assert.deepEqual(bandsOf([p50], chart), [{ series: '50th percentile', low: 60, high: 80 }]);
  assert.deepEqual(bandsOf([p50], 'Waiting'), []);
});

test('a theory whose conditions do not hold, or that names no curve, is not drawn', () => {
  const { curve: _, ...silent } = p50;
  assert.deepEqual(bandsOf([{ ...p50, agrees: null, condition: 'too short' }, silent], chart), []);
});

test('a compared curve follows its counterpart and has its colour', () => {
  const curves = withBeside(groupOf('a', 'b'), groupOf('b', 'c'), 'round-robin');
  assert.deepEqual(
    curves.map(({ title, beside, colour }) => [title, beside, colour]),
    [
      ['a', false, 0],
      ['b', false, 1],
      ['b, round-robin', true, 1],
    ],
  );
});

test('more curves than can be told apart are not compared', () => {
  const many = groupOf(...'abcdefg');
  assert.equal(tooMany(many), true);
  assert.equal(withBeside(many, many, 'other').length, 7);
});
