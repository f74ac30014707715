/** Who owns what on a circle: servers at their points, items at their places. */
import type { View } from '../view.ts';

export const ring: View = {
  id: 'ring',
  title: 'Ring',
  draws: (run) => run.has('point', 'place', 'move'),
  nothing: 'nothing was put on a ring in this run',
  load: async () => (await import('./ring-view.tsx')).RingView,
};
