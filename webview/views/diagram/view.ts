/** Diagrams that stand still: of the messages before the cursor, and those that the lab has of itself. */
import { diagramsFor } from '../../../labs/engine/lab/diagram.ts';
import { hasView } from '../../../labs/engine/lab/views.ts';
import type { View } from '../view.ts';

export const diagram: View = {
  id: 'diagram',
  title: 'Diagram',
  draws: (run) =>
    diagramsFor(run.lab.diagrams, run.algorithm).length > 0 ||
    (hasView(run.lab, 'sequence') && run.has('send', 'duplicate')),
  nothing: 'no message was sent in this run, and its lab has no diagram of its algorithm',
  load: async () => (await import('./diagram-view.tsx')).DiagramView,
};
