/** Messages between nodes over time. */
import type { View } from '../view.ts';

export const sequence: View = {
  id: 'sequence',
  title: 'Sequence',
  draws: (run) => run.has('send', 'duplicate'),
  nothing: 'no message was sent in this run',
  load: async () => (await import('./sequence-view.tsx')).SequenceView,
};
