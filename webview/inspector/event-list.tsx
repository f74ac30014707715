/** Events as a list: each leads to itself, and to its line of code where that is known. */
import type { SourceLocation } from '../../labs/engine/protocol/failure.ts';
import { describeEvent, formatFigure } from '../../labs/engine/scene/event-text.ts';
import { eventAt, indexOf } from '../../labs/engine/scene/trace-view.ts';
import { usePlayground } from '../state/context.ts';
import { Icon } from '../ui/controls.tsx';

interface EventListProps {
  /** Their rows. */
  events: readonly number[];
  label: string;
  /** The lines that asked for them, by row. */
  lines?: ReadonlyMap<number, SourceLocation>;
  /** The figure behind which one of them was found. */
  metric?: string | undefined;
}

export function EventList({ events, label, lines, metric }: EventListProps) {
  const playground = usePlayground();
  const trace = playground.trace.value;
  return (
    <ol class="event-list" aria-label={label}>
      {events.map((row) => (
        <li key={row}>
          <button type="button" class="link" onClick={() => playground.visit(indexOf(trace, row), metric)}>
            <span class="quiet">{formatFigure(indexOf(trace, row) + 1)}</span> {describeEvent(eventAt(trace, row))}
          </button>
          {lines?.has(row) && <SourceLink location={lines.get(row)!} />}
        </li>
      ))}
    </ol>
  );
}

/** A line of the text that ran; a click opens it. */
export function SourceLink({ location: { file, line } }: { location: SourceLocation }) {
  const playground = usePlayground();
  const name = file.split(/[\\/]/).at(-1)!;
  return (
    <button
      type="button"
      class="link source-link mono"
      title={`Open ${name}, line ${line}, as it ran`}
      onClick={() => playground.errands.openSource(file, line)}
    >
      {name}:{line} <Icon name="go-to-file" />
    </button>
  );
}
