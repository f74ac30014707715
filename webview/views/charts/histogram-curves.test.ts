import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Histogram } from '../../../labs/engine/lab/report.ts';
import { histogramCurves } from './histogram-curves.ts';

const times: Histogram = {
  id: 'times',
  title: 'time',
  unit: 'ms',
  of: 'requests',
  edges: [0, 10, 20],
  counts: [6, 2],
  beyond: 2,
  theory: { shares: [0.5, 0.3], formula: 'for this test' },
};

describe('the curves of a histogram', () => {
  it('are per cent of all, as steps, with theory through the middles of the bins', () => {
    assert.deepEqual(histogramCurves(times, undefined, '', 'bins'), [
      { kind: 'measured', title: 'requests, measured', x: [0, 10, 20], y: [60, 20, 20] },
      { kind: 'theory', title: 'theory', x: [5, 15], y: [50, 30] },
    ]);
  });

  it('tell the compared run per bin of the first, whose width is another', () => {
    const finer = { ...times, edges: [0, 5, 10], counts: [5, 5], beyond: 0 };
    const [, , compared] = histogramCurves(times, finer, 'ring', 'bins');
    assert.deepEqual(compared, { kind: 'compared', title: 'requests, ring', x: [0, 5, 10], y: [100, 100, 100] });
  });

  it('or the share beyond each value, as long as anybody is left', () => {
    const [measured, theory] = histogramCurves({ ...times, beyond: 0 }, undefined, '', 'tail');
    assert.deepEqual([measured!.x, measured!.y], [[0, 10], [100, 25]]); // prettier-ignore
    assert.deepEqual(theory!.y.map(Math.round), [100, 50, 20]);
  });

  it('are counts where the bins have names', () => {
    const { edges: _, ...rest } = times;
    const [measured, theory] = histogramCurves({ ...rest, names: ['A', 'B'], beyond: 0 }, undefined, '', 'bins');
    assert.deepEqual([measured!.y, theory!.y], [[6, 2], [4, 2.4]]); // prettier-ignore
  });
});
