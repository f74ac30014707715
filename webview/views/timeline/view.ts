/** What limiters and servers did, in lanes along time. */
import type { View } from '../view.ts';

export const timeline: View = {
  id: 'timeline',
  title: 'Timeline',
  draws: (run) => run.has('admit', 'refuse', 'enqueue', 'serveBegin', 'serveEnd', 'reject', 'crash', 'pause'),
  nothing: 'nothing was admitted, refused or served in this run, and no node was away',
  load: async () => (await import('./timeline-view.tsx')).TimelineView,
};
