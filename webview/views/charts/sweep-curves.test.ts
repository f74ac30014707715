import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { SweepRequest, SweepRun } from '../../../labs/engine/protocol/panel.ts';
import { sweepCurves, theoryNear } from './sweep-curves.ts';

const request: SweepRequest = {
  choice: { lab: 'queue', algorithm: 'fifo', seed: 1, parameters: {} },
  parameter: 'load',
  values: [0, 1, 2],
  algorithms: ['fifo'],
  seeds: 2,
  curveAt: [0, 0.5, 1],
};

function ran(value: number, seed: number, more: Partial<SweepRun>): SweepRun {
  return { algorithm: 'fifo', value, seed, metrics: {}, theory: [], hash: '', ...more };
}

describe('the curves of a sweep', () => {
  const runs = [
    ran(0, 1, { metrics: { wait: 1 } }),
    ran(0, 2, { metrics: { wait: 3 } }),
    ran(1, 1, { metrics: { wait: 5 } }),
    ran(2, 1, { failure: { reason: 'deadline', message: 'too slow' } }),
  ];
  const line = [1, 2, 4].map((expected) => [{ metric: 'wait', expected, formula: 'f', condition: 'few' }]);

  it('have a point for each value, an interval where there are seeds, and what failed by itself', () => {
    const [{ points, failed }] = sweepCurves(request, runs, [], 'wait') as [ReturnType<typeof sweepCurves>[0]];
    assert.deepEqual(points.map(({ value, mean, interval }) => [value, mean, interval !== null]), [[0, 2, true], [1, 5, false]]); // prettier-ignore
    assert.deepEqual(failed, [{ value: 2, why: 'too slow' }]);
  });

  it('have the line that theory draws beforehand, with its formulas and conditions once', () => {
    const [curve] = sweepCurves(request, runs, [line], 'wait');
    assert.deepEqual(curve!.theory.map(({ expected }) => expected), [1, 2, 4]); // prettier-ignore
    assert.deepEqual([curve!.formulas, curve!.conditions], [['f'], ['few']]);
    assert.deepEqual(theoryNear(curve!, 0.75), { condition: 'few' }, 'between two that cannot be compared');
    assert.deepEqual(theoryNear(curve!, 1), { condition: 'few' });
    assert.equal(theoryNear(curve!, 2), undefined);
  });

  it('have theory beside a point where its conditions hold', () => {
    const sound = [1, 2, 4].map((expected) => [{ metric: 'wait', expected, formula: 'f' }]);
    const [curve] = sweepCurves(request, runs, [sound], 'wait');
    assert.equal(theoryNear(curve!, 1), 4);
    assert.equal(theoryNear(curve!, 0.75), 3);
  });

  it('have no interval that reaches below nothing, unless something was measured there', () => {
    const low = (...waits: number[]): number => {
      const measured = waits.map((wait, i) => ran(0, i + 1, { metrics: { wait } }));
      return sweepCurves(request, measured, [], 'wait')[0]!.points[0]!.interval!.low;
    };
    assert.equal(low(0, 0, 9), 0);
    assert.ok(low(20, 21, 22) > 0);
    assert.ok(low(-1, 0, 9) < -1);
  });

  it('or, where it cannot, what the runs were told', () => {
    const told = { metric: 'wait', measured: 5, low: 4, high: 8, expected: 6, agrees: true, formula: 'g' };
    const [curve] = sweepCurves(request, [ran(1, 1, { metrics: { wait: 5 }, theory: [told] })], [], 'wait');
    assert.deepEqual(curve!.theory, [{ value: 1, expected: 6 }]);
  });
});
