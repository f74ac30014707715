/** Where a space-time diagram's things stand: lanes side by side, time downwards, to scale or evenly spaced. */
import type {
  SequenceGap,
  SequenceMessage,
  SequenceMoment,
  SequenceScene,
} from '../../../labs/engine/scene/sequence-scene.ts';
import type { TraceView } from '../../../labs/engine/scene/trace-view.ts';

/** From one event to the next, evenly spaced. */
export const rowHeight = 26;
const laneWidth = 104;
const margin = 14;
/** The most that a diagram to scale is taller than one that is evenly spaced. */
const maxStretch = 4;

export interface SequenceLayout {
  width: number;
  height: number;
  /** Distance between lanes. */
  step: number;
  x: (lane: number) => number;
  /** How many messages each lane sends and receives: labels stand at the end where there are fewer. */
  traffic: readonly number[];
  /** Height of an event's place; of the one before it, where it has none of its own. */
  y: (event: number) => number;
}

/** @param width at least this many pixels; wider where lanes need it */
export function layOutSequence(
  scene: SequenceScene,
  trace: TraceView,
  width: number,
  toScale: boolean,
): SequenceLayout {
  const lanes = Math.max(1, scene.lanes.length);
  const step = Math.max(laneWidth, (width - 2 * margin) / lanes);
  const { rows } = scene;
  const first = rows[0];
  const last = rows.at(-1);
  const even = (place: number): number => margin + rowHeight * (place + 0.5);
  const evenHeight = 2 * margin + rowHeight * Math.max(1, rows.length);
  const traffic = scene.lanes.map(() => 0);
  for (const { from, to } of scene.messages) {
    traffic[from]!++;
    traffic[to]!++;
  }
  const layout = { traffic, width: 2 * margin + step * lanes, step, x: (lane: number) => margin + step * (lane + 0.5) };
  if (first === undefined || last === undefined || !toScale || trace.columns.time[last] === trace.columns.time[first]) {
    return { ...layout, height: evenHeight, y: (event) => even(placeOf(rows, event)) };
  }
  const begin = trace.columns.time[first]!;
  const span = trace.columns.time[last]! - begin;
  const height = Math.min(evenHeight * maxStretch, evenHeight + 400);
  const perTime = (height - 2 * margin - rowHeight) / span;
  const y = (event: number): number => {
    const row = rows[Math.max(0, placeOf(rows, event))]!;
    return margin + rowHeight / 2 + (trace.columns.time[row]! - begin) * perTime;
  };
  return { ...layout, height, y };
}

/** Index of the last row at or before an event, −1 if there is none. */
export function placeOf(rows: readonly number[], event: number): number {
  let low = 0;
  let high = rows.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (rows[middle]! <= event) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

export interface SequencePart {
  messages: readonly SequenceMessage[];
  moments: readonly SequenceMoment[];
  gaps: readonly SequenceGap[];
}

/** What of a diagram lies between two heights: only that is drawn. */
export function partInSight(scene: SequenceScene, layout: SequenceLayout, top: number, bottom: number): SequencePart {
  const { y, height } = layout;
  const overlaps = (from: number, to: number): boolean => y(from) <= bottom && (to < 0 ? height : y(to)) >= top;
  return {
    messages: scene.messages.filter(({ send, end }) => overlaps(send, end < 0 ? send : end)),
    moments: scene.moments.filter(({ event }) => overlaps(event, event)),
    gaps: scene.gaps.filter(({ from, to }) => overlaps(from, to)),
  };
}
