/** Figures as curves: over the time of a run, how they are spread, and over a parameter of many runs. */
import { sweepable } from '../../state/sweep-form.ts';
import type { View } from '../view.ts';

export const charts: View = {
  id: 'charts',
  title: 'Charts',
  // A sweep makes runs of its own: for that, there need be nothing in this one.
  draws: (run) =>
    run.has('sample', 'serveEnd', 'return', 'enqueue', 'serveBegin') ||
    (run.report?.histograms ?? []).length > 0 ||
    sweepable(run.lab).length > 0,
  nothing: 'nothing was measured in this run, and its lab has no parameter to sweep',
  load: async () => (await import('./charts-view.tsx')).ChartsView,
};
