/** The lines of the lanes, each leaving its parent's where it parts, and the cursor across them. */
import { useId } from 'preact/hooks';
import { laneAt, type Lane, type Lanes } from './lanes.ts';
import type { Measures } from './measures.ts';
import type { TimelineModel } from './model.ts';
import { shareOf } from './span.ts';

/** Radius of the bend in which a branch leaves. */
const bend = 5;

export function LaneLines({ model, width, measures }: { model: TimelineModel; width: number; measures: Measures }) {
  const clip = useId();
  const all = model.lanes.value;
  const span = model.window.value;
  // Far outside coordinates would lose their precision.
  const x = (place: number): number => Math.min(width + 20, Math.max(-20, shareOf(span, place) * width));
  const height = Math.max(1, all.lanes.length) * measures.lane;
  const way = wayTo(all)
    .map(({ lane, number, to }) => pathOf(lane, yOf(number, measures), yOf(lane.parent, measures), x, to))
    .join(' ');
  return (
    <svg class="lane-lines" width={width} height={height} aria-hidden="true">
      {all.lanes.map((lane, number) => (
        <path
          key={lane.run.id}
          class="lane-line"
          d={pathOf(lane, yOf(number, measures), yOf(lane.parent, measures), x, lane.to)}
        />
      ))}
      <clipPath id={clip}>
        <Happened model={model} height={height} width={width} />
      </clipPath>
      <path class="lane-line taken" d={way} />
      <path class="lane-line done" d={way} clip-path={`url(#${clip})`} />
    </svg>
  );
}

/** What lies before the cursor. */
function Happened({ model, width, height }: { model: TimelineModel; width: number; height: number }) {
  const done = Math.min(1, Math.max(0, shareOf(model.window.value, model.place.value)));
  return <rect x={-20} y={0} width={20 + done * width} height={height} />;
}

/** The stretches of lanes that the run on the screen took. */
function wayTo({ lanes, shown }: Lanes): { lane: Lane; number: number; to: number }[] {
  const way: { lane: Lane; number: number; to: number }[] = [];
  let to = lanes[shown]?.to ?? 0;
  let number = shown;
  for (let lane = lanes[number]; lane; lane = lanes[number]) {
    way.unshift({ lane, number, to });
    to = lane.from;
    number = lane.parent;
  }
  return way;
}

/** Height of a lane's line. */
function yOf(number: number, { lane, line }: Measures): number {
  return number * lane + line;
}

/** A lane's line up to a place: from its parent's line down to its own, and on. */
function pathOf({ parent, from }: Lane, y: number, above: number, x: (place: number) => number, to: number): string {
  const [left, right] = [x(from), x(to)];
  if (parent < 0) return `M${left} ${y} L${right} ${y}`;
  return `M${left} ${above} L${left} ${y - bend} Q${left} ${y} ${left + bend} ${y} L${Math.max(right, left + bend)} ${y}`;
}

/** The cursor: a line across the lanes, with a knob on the one where the run on the screen goes. */
export function Playhead({ model, measures }: { model: TimelineModel; measures: Measures }) {
  const share = shareOf(model.window.value, model.place.value);
  const top = yOf(laneAt(model.lanes.value, model.place.value), measures);
  const inSight = share >= 0 && share <= 1;
  return (
    <div
      class={inSight ? 'playhead' : 'playhead out-of-sight'}
      style={{ left: `${100 * Math.min(1, Math.max(0, share))}%` }}
    >
      <span class="knob" style={{ top: `${top}px` }} />
    </div>
  );
}
