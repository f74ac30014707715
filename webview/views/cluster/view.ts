/** Nodes and links in space. */
import type { View } from '../view.ts';

export const cluster: View = {
  id: 'cluster',
  title: 'Cluster',
  draws: (run) => run.has('join'),
  nothing: 'no node appeared in this run',
  load: async () => (await import('./cluster-view.tsx')).ClusterView,
};
