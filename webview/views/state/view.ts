/** Every node's state as a table. */
import type { View } from '../view.ts';

export const state: View = {
  id: 'state',
  title: 'State',
  draws: (run) => run.has('join'),
  nothing: 'no node appeared in this run',
  load: async () => (await import('./state-view.tsx')).StateView,
};
