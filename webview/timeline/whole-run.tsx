/** A run that is too long to be at hand as a whole: all of it as a strip, and which part of it the views show. */
import { formatFigure } from '../../labs/engine/scene/event-text.ts';
import type { Overview } from '../../labs/engine/scene/overview.ts';
import { firstRowOf, indexOf } from '../../labs/engine/scene/trace-view.ts';
import { keptEvents } from '../state/runs.ts';
import { usePlayground } from '../state/context.ts';

/** Steps that an arrow key divides the run into. */
const steps = 200;
/** Units of the drawing; it is stretched to the width that there is. */
const high = 20;

export function WholeRun() {
  const playground = usePlayground();
  const { holding, player, trace } = playground;
  const run = playground.run.value;
  if (!run || player.length.value === 0 || !holding.isStretched) return null;
  void trace.value.revision.value;
  const kept = keptEvents(run.summary);
  const here = holding.awaited.value ?? indexOf(trace.value, player.cursor.value);
  const first = indexOf(trace.value, firstRowOf(trace.value));
  const place = (index: number): string => `${(100 * index) / kept}%`;
  const overview = holding.overviews.of(run.id);
  return (
    <section class="whole-run" aria-label="The whole run">
      <div class="whole-strip">
        {overview && <Strip overview={overview} />}
        <div class="whole-hand" style={{ left: place(first), width: place(trace.value.next - first) }} />
        {overview?.marks.map(({ event, tone }) => (
          <i key={event} class={`whole-mark ${tone}`} style={{ left: place(event) }} />
        ))}
        <div class="whole-cursor" style={{ left: place(here) }} />
        <input
          type="range"
          aria-label="Position in the whole run"
          aria-valuetext={`event ${formatFigure(here + 1)} of ${formatFigure(kept)}`}
          min={0}
          max={kept - 1}
          step={Math.max(1, Math.floor(kept / steps))}
          value={here}
          onChange={(event) => playground.goTo(Number(event.currentTarget.value))}
        />
      </div>
      <Words kept={kept} first={first} />
    </section>
  );
}

/** Which events the views are of, in words. */
function Words({ kept, first }: { kept: number; first: number }) {
  const { holding, trace } = usePlayground();
  void trace.value.revision.value;
  const { next, stretch } = trace.value;
  const figure = (index: number): string => formatFigure(index);
  const awaited = holding.awaited.value;
  return (
    <p class="whole-words quiet" role="status">
      {awaited !== undefined
        ? `Fetching the events around ${figure(awaited + 1)}…`
        : `The views show events ${figure(first + 1)} to ${figure(next)} of ${figure(kept)}`}
      {awaited === undefined && stretch && stretch.restated.length > 0 && (
        <span title="Of the events before, these still say how things stand: who is there, who owns what, what is on its way">
          {`, and ${figure(stretch.restated.length)} from before that still count`}
          {stretch.leftOut > 0 && `; ${figure(stretch.leftOut)} more are left out`}
        </span>
      )}
    </p>
  );
}

/** How busy the run was, stretch by stretch, and which share of it went wrong. */
function Strip({ overview: { rate, trouble } }: { overview: Overview }) {
  const most = rate.reduce((most, one) => Math.max(most, one), Number.EPSILON);
  const bar = (height: number, i: number): string => `M${i} ${high}v${(-high * height).toFixed(2)}h1V${high}z`;
  const busy = rate.map((one) => (0.15 + 0.85 * Math.max(0, one / most)) * 0.9);
  return (
    <svg viewBox={`0 0 ${rate.length} ${high}`} preserveAspectRatio="none" aria-hidden="true">
      <path class="busy" d={busy.map(bar).join('')} />
      <path class="trouble" d={busy.map((height, i) => bar(height * trouble[i]!, i)).join('')} />
    </svg>
  );
}
