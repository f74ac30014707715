/** The stretch of the run up to the cursor as a Mermaid diagram: to look at, to copy, to keep. Mermaid is loaded when it is looked at. */
import { useComputed, useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { formatFigure } from '../../../labs/engine/scene/event-text.ts';
import { diagramOf } from '../../../labs/engine/scene/mermaid.ts';
import { sequenceSceneOf } from '../../../labs/engine/scene/sequence-scene.ts';
import { usePlayground } from '../../app/context.ts';
import { useArrivals, useCalm } from '../../ui/calm.ts';
import { Button } from '../../ui/controls.tsx';
import { watchTheme } from '../../ui/theme.ts';

/** Events in the diagram: those that have just happened are what one wants to keep. */
const events = 120;

export function DiagramView() {
  const playground = usePlayground();
  const { trace } = playground;
  const cursor = useCalm(playground.player.cursor, 400);
  const arrivals = useArrivals();
  const scene = useComputed(() => {
    void arrivals.value;
    return sequenceSceneOf(trace.value);
  });
  const diagram = diagramOf(scene.value, Math.max(0, cursor - events), cursor);
  const box = useRef<HTMLDivElement>(null);
  const problem = useSignal('');
  const theme = useSignal(0);
  useEffect(() => watchTheme(() => theme.value++), []);
  useEffect(() => {
    let late = false;
    void (async () => {
      const { render } = await import('./render-mermaid.ts');
      try {
        const picture = await render(diagram.text, box.current!);
        // A picture that is finished after the cursor has moved on is dropped.
        if (!late && box.current) {
          box.current.replaceChildren(picture);
          problem.value = '';
        }
      } catch (error) {
        if (!late) problem.value = `Mermaid could not draw this: ${(error as Error).message}`;
      }
    })();
    return () => {
      late = true;
    };
  }, [diagram.text, theme.value]);
  return (
    <div class="diagram-view">
      <div class="view-tools">
        <Button icon="copy" onClick={() => playground.copy(diagram.text)}>
          Copy as Mermaid
        </Button>
        <Button icon="markdown" onClick={() => playground.copy(`\`\`\`mermaid\n${diagram.text}\n\`\`\`\n`)}>
          Copy as Markdown
        </Button>
        <Button icon="save" onClick={() => playground.saveText('diagram.svg', box.current?.innerHTML ?? '')}>
          Save SVG
        </Button>
        <span class="quiet">
          {diagram.steps < diagram.wanted
            ? `The first ${formatFigure(diagram.steps)} of ${formatFigure(diagram.wanted)} steps before the cursor`
            : `${formatFigure(diagram.steps)} steps before the cursor`}
        </span>
      </div>
      {problem.value !== '' && <p class="failure-message">{problem.value}</p>}
      <div
        ref={box}
        class="diagram-box"
        tabIndex={0}
        role="img"
        aria-label="Sequence diagram; the log has the same in words"
      />
    </div>
  );
}
