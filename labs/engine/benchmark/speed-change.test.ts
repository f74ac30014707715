import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { BenchmarkRow, KeptBenchmark } from '../protocol/panel.ts';
import { isSameText, speedChange } from './speed-change.ts';

const machine = { processor: 'abacus', cores: 2, platform: 'linux x64', node: '24.1.0' };

const row = (changes: Partial<BenchmarkRow>): BenchmarkRow => ({
  group: 'ring lookup',
  contender: 'ring',
  kind: 'edited',
  version: 'first',
  nsPerOp: 100,
  ratioToBestPeer: 2,
  low: 1.9,
  high: 2.1,
  ...changes,
});
const peer = row({
  contender: 'rival',
  kind: 'peer',
  version: '1.2.2',
  nsPerOp: 200,
  ratioToBestPeer: 1,
  low: 1,
  high: 1,
});
const ours = row({ kind: 'ours', version: '0.1.0' });

const kept = (changes: Partial<BenchmarkRow>, more: Partial<KeptBenchmark> = {}): KeptBenchmark => ({
  id: '1-a',
  at: 1,
  machine,
  row: row(changes),
  beside: [ours, peer],
  ...more,
});

test('two edits are compared by how each stood beside the version that ships', () => {
  const before = kept({ besideOurs: { ratio: 1, low: 0.95, high: 1.05, verdict: '' } });
  const after = kept({ version: 'second', besideOurs: { ratio: 1.5, low: 1.4, high: 1.6, verdict: '' } });
  const change = speedChange(before, after)!;
  assert.equal(change.ratio, 1.5);
  assert.equal(change.beside, 'the version that ships, 0.1.0');
  assert.equal(change.verdict, '1.3–1.7× faster than before');
  assert.deepEqual(change.doubts, []);
  assert.ok(!isSameText(before, after));
});

test('another release that ships is another measure: then the same package is', () => {
  const before = kept({ besideOurs: { ratio: 1, low: 1, high: 1, verdict: '' } });
  const beside = [{ ...ours, version: '0.2.0' }, peer];
  const after = kept(
    { ratioToBestPeer: 2.1, low: 2, high: 2.2, besideOurs: { ratio: 9, low: 9, high: 9, verdict: '' } },
    { beside },
  );
  const change = speedChange(before, after)!;
  assert.equal(change.beside, 'rival 1.2.2');
  assert.equal(change.verdict, 'no difference from before that these two results can show');
});

test('without a peer the floor is what both are measured by', () => {
  const floor = row({ contender: 'hash', kind: 'floor', ratioToBestPeer: null, nsPerOp: 50, low: 49, high: 51 });
  const alone = (nsPerOp: number): KeptBenchmark =>
    kept({ nsPerOp, ratioToBestPeer: null, low: nsPerOp - 1, high: nsPerOp + 1 }, { beside: [floor] });
  const change = speedChange(alone(200), alone(100))!;
  assert.equal(change.ratio, 2);
  assert.ok(change.low < 2 && change.high > 2);
  assert.equal(change.beside, 'the floor (hash)');
});

test('what has nothing in common is not compared, and who has no figures is not', () => {
  assert.equal(speedChange(kept({}), kept({ group: 'another' })), undefined);
  assert.equal(speedChange(kept({}), kept({}, { beside: [] })), undefined);
  assert.equal(speedChange(kept({ problem: 'is wrong: 1' }), kept({})), undefined);
});

test('another machine and another Node are said', () => {
  const { doubts } = speedChange(kept({}), kept({}, { machine: { ...machine, processor: 'sand', node: '22.0.0' } }))!;
  assert.match(doubts[0]!, /different machines \(abacus; sand\)/);
  assert.match(doubts[1]!, /versions of Node \(24\.1\.0, 22\.0\.0\)/);
});

test('there and back again is no change, and the interval holds the ratio', () => {
  const ratio = fc.double({ min: 0.1, max: 10, noNaN: true });
  fc.assert(
    fc.property(ratio, ratio, fc.double({ min: 0, max: 0.5, noNaN: true }), (one, other, spread) => {
      const at = (value: number): KeptBenchmark =>
        kept({ besideOurs: { ratio: value, low: value * (1 - spread), high: value * (1 + spread), verdict: '' } });
      const change = speedChange(at(one), at(other))!;
      const back = speedChange(at(other), at(one))!;
      assert.ok(change.low <= change.ratio && change.ratio <= change.high);
      assert.ok(Math.abs(change.ratio * back.ratio - 1) < 1e-9);
    }),
  );
});
