/** The stretch of the run up to the cursor as a Mermaid sequence diagram. */
import { useComputed } from '@preact/signals';
import { formatFigure } from '../../../labs/engine/scene/event-text.ts';
import { diagramOf } from '../../../labs/engine/scene/mermaid.ts';
import { sequenceSceneOf } from '../../../labs/engine/scene/sequence-scene.ts';
import { usePlayground } from '../../state/context.ts';
import { useArrivals, useCalm } from '../../ui/calm.ts';
import { MermaidPicture } from './mermaid-picture.tsx';

/** Events in the diagram: those that have just happened are what one wants to keep. */
const events = 120;

export function WindowDiagram() {
  const { trace, player } = usePlayground();
  const cursor = useCalm(player.cursor, 400);
  const arrivals = useArrivals();
  const scene = useComputed(() => {
    void arrivals.value;
    return sequenceSceneOf(trace.value);
  });
  const { text, steps, wanted } = diagramOf(scene.value, Math.max(0, cursor - events), cursor);
  return (
    <div class="diagram-view">
      <MermaidPicture
        text={text}
        name="messages"
        label="Sequence diagram; the log has the same in words"
        note={
          steps < wanted
            ? `The first ${formatFigure(steps)} of ${formatFigure(wanted)} steps before the cursor`
            : `${formatFigure(steps)} steps before the cursor`
        }
      />
    </div>
  );
}
