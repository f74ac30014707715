/** The selected thing: its facts, what happened to it, and why. */
import type { Selection } from '../state/selection.ts';
import { usePlayground } from '../state/context.ts';
import { useCalm } from '../ui/calm.ts';
import { Icon } from '../ui/controls.tsx';
import { EventFacts } from './event-facts.tsx';
import { MetricFacts } from './metric-facts.tsx';
import { LinkFacts, ThingFacts } from './thing-facts.tsx';

/** While a run is played, what is folded for the inspector need not follow every frame. */
const calm = 100; // ms

export function Inspector() {
  const playground = usePlayground();
  const { selection, trace, player } = playground;
  const cursor = useCalm(player.cursor, calm);
  if (trace.value.length === 0) return <p class="quiet">Nothing has happened yet.</p>;
  const selected = selection.value ?? { type: 'event' as const, event: cursor };
  return (
    <div class="inspector">
      {selection.value && <Back selected={selection.value} />}
      <Facts selected={selected} />
    </div>
  );
}

function Facts({ selected }: { selected: Selection }) {
  const { trace } = usePlayground();
  switch (selected.type) {
    case 'event': {
      const row = Math.min(selected.event, trace.value.length - 1);
      return <EventFacts row={row} metric={selected.metric} />;
    }
    case 'link':
      return <LinkFacts from={selected.from} to={selected.to} />;
    case 'metric':
      return <MetricFacts metric={selected.metric} />;
    default:
      return <ThingFacts name={selected.name} node={selected.type === 'node'} />;
  }
}

/** The way back: to the figure that was asked about, and to whatever the cursor stands on. */
function Back({ selected }: { selected: Selection }) {
  const { selection, lab } = usePlayground();
  const metric = selected.type === 'event' ? selected.metric : undefined;
  return (
    <nav class="inspector-back" aria-label="Back">
      {metric !== undefined && (
        <button type="button" class="link" onClick={() => (selection.value = { type: 'metric', metric })}>
          <Icon name="arrow-left" /> What is behind “{lab.value?.metrics[metric]?.title ?? metric}”
        </button>
      )}
      <button type="button" class="link" onClick={() => (selection.value = undefined)}>
        {metric === undefined && <Icon name="arrow-left" />} Follow the cursor
      </button>
    </nav>
  );
}
