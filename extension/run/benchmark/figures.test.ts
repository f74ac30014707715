import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { operationsPerSecond, verdictOf } from '../../../labs/engine/benchmark/verdict.ts';
import type { Measurement } from './contest.ts';
import { doubtsAbout, rowsOf, type RowFacts } from './rows.ts';
import { median, medianWithInterval, relativeSpread, speedRatio } from './statistics.ts';

test('median and spread', () => {
  assert.equal(median([3, 1, 2]), 2);
  assert.equal(median([4, 1, 2, 3]), 2.5);
  assert.equal(relativeSpread([10, 10, 10]), 0);
  assert.equal(relativeSpread([8, 9, 10, 11, 12]), 0.1);
});

test('an interval holds its median, lies within the values, and is the same every time', () => {
  fc.assert(
    fc.property(fc.array(fc.double({ min: 0.1, max: 100, noNaN: true }), { minLength: 1, maxLength: 12 }), (values) => {
      const { value, low, high } = medianWithInterval(values);
      assert.ok(low <= value && value <= high);
      assert.ok(Math.min(...values) <= low && high <= Math.max(...values));
      assert.deepEqual(medianWithInterval(values), { value, low, high });
    }),
    { numRuns: 50 },
  );
});

test('ratios are taken round by round: what slowed a whole round slows nobody', () => {
  assert.deepEqual(speedRatio([10, 20, 10, 40], [20, 40, 20, 80]), { value: 2, low: 2, high: 2 });
});

test('verdicts claim no more than their interval', () => {
  assert.equal(
    verdictOf({ low: 1.6, high: 1.9 }, 'consistent-hash 1.2.2'),
    '1.6–1.9× faster than consistent-hash 1.2.2',
  );
  assert.equal(verdictOf({ low: 0.25, high: 0.5 }, 'it'), '2.0–4.0× slower than it');
  assert.equal(verdictOf({ low: 30.2, high: 30.4 }, 'it'), '30× faster than it');
  assert.equal(verdictOf({ low: 0.9, high: 1.2 }, 'it'), 'no difference from it that this run can show');
  assert.equal(verdictOf({ low: 1.001, high: 1.01 }, 'it'), 'no difference from it that this run can show');
  assert.equal(operationsPerSecond(80.6), '12.4 M ops/s');
  assert.equal(operationsPerSecond(2e9), '0.500 ops/s');
});

function measured(facts: Partial<RowFacts>, times: number[], problem?: string): Measurement<RowFacts> {
  return {
    facts: { contender: 'ring', kind: 'ours', version: '1', ...facts },
    times,
    bytesPerOp: 0,
    wall: 100,
    cpu: 100,
    ...(problem === undefined ? {} : { problem }),
  };
}

test('rows stand beside the best peer, edits beside what ships, and who is out has no figures', () => {
  const rows = rowsOf('ring lookup', [
    measured({}, [10, 10, 10]),
    measured({ kind: 'edited', version: 'abc' }, [5, 5, 5]),
    measured({ contender: 'slow-peer', kind: 'peer' }, [80, 80, 80]),
    measured({ contender: 'peer', kind: 'peer', version: '2' }, [20, 20, 20]),
    measured({ contender: 'wrong-peer', kind: 'peer' }, [], 'is wrong: 1'),
    measured({ contender: 'floor', kind: 'floor' }, [4, 4, 4]),
  ]);
  assert.deepEqual(
    rows.map(({ ratioToBestPeer }) => ratioToBestPeer),
    [2, 4, 0.25, 1, null, 5],
  );
  assert.equal(rows[0]!.verdict, '2.0× faster than peer 2');
  assert.equal(rows[1]!.besideOurs!.ratio, 2);
  assert.equal(rows[1]!.besideOurs!.verdict, '2.0× faster than the version that ships');
  assert.equal(rows[4]!.problem, 'is wrong: 1');
  assert.ok(Number.isNaN(rows[4]!.nsPerOp));
});

test('without a peer the interval is that of the time, and the verdict is beside the floor', () => {
  const [ours] = rowsOf('maglev lookup', [
    measured({}, [10, 12, 11]),
    measured({ contender: 'hash', kind: 'floor' }, [5, 6, 5.5]),
  ]);
  assert.equal(ours!.ratioToBestPeer, null);
  assert.equal(ours!.nsPerOp, 11);
  assert.ok(ours!.low >= 10 && ours!.high <= 12);
  assert.equal(ours!.verdict, '2.0× slower than the floor');
});

test('an operation that does nothing is not reported as fast', () => {
  const [nothing, peer] = rowsOf('ring lookup', [
    measured({}, [9, 0.35, 0.4]),
    measured({ contender: 'peer', kind: 'peer' }, [20, 21, 20]),
  ]);
  assert.equal(nothing!.problem, 'takes no time: it returns at once, or was optimised away');
  assert.ok(Number.isNaN(nothing!.nsPerOp));
  assert.equal(peer!.ratioToBestPeer, 1);
});

test('a machine that was busy, and times that differ too much, are said', () => {
  assert.deepEqual(doubtsAbout('ring lookup', [measured({}, [10, 10.1, 10])]), []);
  const [busy] = doubtsAbout('ring lookup', [{ ...measured({}, [10, 10, 10]), wall: 200 }]);
  assert.match(busy!, /other programs took 50 % of the processor/);
  const [unsteady] = doubtsAbout('ring lookup', [measured({}, [10, 20, 40, 15, 11])]);
  assert.match(unsteady!, /the times of ring differ/);
});
