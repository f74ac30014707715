import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { BenchmarkRow } from '../../labs/engine/protocol/panel.ts';
import {
  allocationInWords,
  axisOf,
  changeInWords,
  claimedTimes,
  fastestFirst,
  formatTime,
  intervalOf,
  ratioInFigures,
} from './figures.ts';

const row = (changes: Partial<BenchmarkRow>): BenchmarkRow => ({
  group: 'look-up',
  contender: 'ring',
  kind: 'ours',
  version: '1.0.0',
  nsPerOp: 100,
  ratioToBestPeer: null,
  low: 90,
  high: 110,
  ...changes,
});

test('an interval is in nanoseconds, whether the row has one of times or of ratios', () => {
  assert.deepEqual(intervalOf(row({})), { low: 90, high: 110 });
  assert.deepEqual(intervalOf(row({ ratioToBestPeer: 2, low: 1.6, high: 2.5 })), { low: 80, high: 125 });
});

test('an axis holds all rows with their intervals and has two to five round marks', () => {
  for (const most of [1, 1.7, 4, 99, 101, 433, 1000, 25_000]) {
    const { end, ticks } = axisOf([row({ nsPerOp: most, low: most, high: most }), row({ nsPerOp: NaN, problem: 'x' })]);
    assert.ok(end >= most && end <= 2.01 * most, `${most}: ${end}`);
    assert.ok(ticks.length >= 3 && ticks.length <= 5, `${most}: ${ticks.join(' ')}`);
    assert.equal(ticks[0], 0);
    assert.equal(ticks.at(-1), end);
  }
});

test('the fastest comes first, and who has no figures is not ranked', () => {
  const rows = [row({ problem: 'is not in this build', nsPerOp: NaN }), row({ nsPerOp: 5 }), row({ nsPerOp: 2 })];
  assert.deepEqual(
    fastestFirst(rows).map(({ nsPerOp }) => nsPerOp),
    [2, 5],
  );
});

test('figures are said shortly', () => {
  assert.equal(formatTime(433.27), '433 ns');
  assert.equal(formatTime(12_345), '12.3 µs');
  assert.equal(ratioInFigures(row({ ratioToBestPeer: 2.1, low: 2.02, high: 2.17 })), '2.10× [2.02 … 2.17]');
  assert.equal(ratioInFigures(row({ kind: 'peer', ratioToBestPeer: 1, low: 1, high: 1 })), '');
  assert.equal(allocationInWords(0.02), 'allocates nothing');
  assert.equal(allocationInWords(1536.4), 'allocates 1,536 bytes an operation');
  assert.equal(allocationInWords(undefined), '');
  assert.equal(changeInWords(0.08), '8 % faster than before your last edit.');
  assert.equal(changeInWords(-0.5), '50 % slower than before your last edit.');
  assert.equal(changeInWords(0.001), 'As fast as before your last edit.');
});

test('a claim runs through the middle of its curve, and one of another form is not drawn', () => {
  const curve = { group: 'look-up', contender: 'ring', kind: 'ours', unit: 'servers', verdict: '' } as const;
  const points = [10, 100, 1000].map((n) => ({ n, nsPerOp: 7 * Math.log(n) }));
  const claimed = claimedTimes({ ...curve, claim: 'O(log n)', points })!;
  claimed.forEach((time, i) => assert.ok(Math.abs(time - points[i]!.nsPerOp) < 1e-9));
  const flat = claimedTimes({ ...curve, claim: 'O(1)', points })!;
  assert.ok(flat[0]! > points[0]!.nsPerOp && flat[0]! < points[2]!.nsPerOp);
  assert.equal(claimedTimes({ ...curve, claim: 'O(n / ε²)', points }), undefined);
  assert.equal(claimedTimes({ ...curve, claim: 'O(log n)', points: [{ n: 1, nsPerOp: 3 }] }), undefined);
});
