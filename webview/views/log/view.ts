/** Events as text: the equal of every picture, and so there whatever a run has come to. */
import type { View } from '../view.ts';

export const log: View = {
  id: 'log',
  title: 'Log',
  draws: () => true,
  nothing: 'nothing happened in this run',
  load: async () => (await import('./log-view.tsx')).LogView,
};
