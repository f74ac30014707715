/** Paints one lane of a timeline onto a canvas. */
import type { TimelineLane } from '../../../labs/engine/scene/timeline-scene.ts';
import type { Palette } from '../../ui/palette.ts';

/** Height of a lane, in pixels: taller while there are few. @param compact whether other sections stand below */
export function laneHeight(lanes: number, compact: boolean): number {
  if (compact) return lanes <= 1 ? 72 : 48;
  return lanes <= 3 ? 110 : 64;
}

const top = 8;
/** Between two lines of an outage, in pixels. */
const hatching = 7;

/** The stretch of x that a canvas shows, and how wide it is. */
export interface Stretch {
  from: number;
  to: number;
  width: number;
}

/** How a lane is painted. */
export interface LaneStyle {
  stretch: Stretch;
  /** The level at the top of the lane, the same for all lanes that are to be compared. */
  highest: number;
  /** In pixels. */
  height: number;
  /** A stretch of x to be marked. */
  busiest: { from: number; to: number } | undefined;
  colour: string;
  palette: Palette;
}

export function paintLane(context: CanvasRenderingContext2D, lane: TimelineLane, style: LaneStyle): void {
  const { stretch, highest, height, busiest, colour, palette } = style;
  const { from, to, width } = stretch;
  const bottom = height - 8;
  const scale = width / Math.max(Number.EPSILON, to - from);
  const place = (x: number): number => (x - from) * scale;
  context.clearRect(0, 0, width, height);
  if (busiest) markStretch(context, place(busiest.from), place(busiest.to), height, palette);
  for (const gap of lane.gaps) markOutage(context, place(gap.from), place(gap.to), height, palette);
  context.fillStyle = colour;
  context.globalAlpha = 0.28;
  fillLevel(context, lane, place, highest, width, bottom);
  context.globalAlpha = 1;

  const { spans } = lane;
  for (let i = firstAfter(spans.end, from); i < spans.x.length; i++) {
    if (spans.x[i]! > to) continue;
    const left = place(spans.x[i]!);
    context.fillRect(left, bottom - 5, Math.max(1, place(spans.end[i]!) - left - 0.5), 5);
  }
  const { refused, departures } = lane;
  const passed = departures.length > 0 ? departures : lane.admitted.x;
  for (let i = firstAfter(passed, from); i < passed.length && passed[i]! <= to; i++) {
    context.fillRect(place(passed[i]!) - 0.75, bottom - 12, 1.5, 12);
  }
  // A refusal differs by form as well as by colour: a cross above the line.
  context.strokeStyle = palette.error;
  context.lineWidth = 1.5;
  context.beginPath();
  for (let i = firstAfter(refused.x, from); i < refused.x.length && refused.x[i]! <= to; i++) {
    const x = place(refused.x[i]!);
    context.moveTo(x - 3, top - 3);
    context.lineTo(x + 3, top + 3);
    context.moveTo(x - 3, top + 3);
    context.lineTo(x + 3, top - 3);
  }
  context.stroke();
  context.fillStyle = palette.line;
  context.fillRect(0, bottom, width, 1);
}

/** A hatched band: told from the level, and seen on any background, by its lines. */
function markOutage(
  context: CanvasRenderingContext2D,
  left: number,
  right: number,
  height: number,
  palette: Palette,
): void {
  const width = Math.max(1, right - left);
  context.save();
  context.beginPath();
  context.rect(left, 0, width, height);
  context.clip();
  context.fillStyle = palette.error;
  context.globalAlpha = 0.16;
  context.fillRect(left, 0, width, height);
  context.globalAlpha = 0.75;
  context.strokeStyle = palette.error;
  context.lineWidth = 1;
  context.beginPath();
  for (let x = left - height; x < right; x += hatching) {
    context.moveTo(x, height);
    context.lineTo(x + height, 0);
  }
  context.stroke();
  context.globalAlpha = 1;
  context.fillRect(left, height - 2, width, 2);
  context.restore();
}

/** A faint band in a frame: told by its form as well as by its shade. */
function markStretch(
  context: CanvasRenderingContext2D,
  left: number,
  right: number,
  height: number,
  palette: Palette,
): void {
  context.fillStyle = palette.foreground;
  context.globalAlpha = 0.07;
  context.fillRect(left, 0, right - left, height);
  context.globalAlpha = 1;
  context.strokeStyle = palette.foreground;
  context.lineWidth = 1;
  context.strokeRect(left + 0.5, 0.5, Math.max(2, right - left - 1), height - 1);
}

/** The level as a stepped area. Steps closer than a pixel are drawn as the highest of them. */
function fillLevel(
  context: CanvasRenderingContext2D,
  { level }: TimelineLane,
  place: (x: number) => number,
  highest: number,
  width: number,
  bottom: number,
): void {
  const unit = (bottom - top - 6) / Math.max(1, highest);
  let pixel = -1;
  let most = 0;
  for (let i = 0; i < level.x.length; i++) {
    const left = Math.max(0, place(level.x[i]!));
    const right = Math.min(width, i + 1 < level.x.length ? place(level.x[i + 1]!) : width);
    if (right < 0 || left > width) continue;
    if (Math.floor(left) === pixel && level.y[i]! <= most && right - left < 1) continue;
    most = Math.floor(left) === pixel ? Math.max(most, level.y[i]!) : level.y[i]!;
    pixel = Math.floor(left);
    const tall = Math.max(0, level.y[i]!) * unit;
    context.fillRect(left, bottom - tall, Math.max(0.5, right - left), tall);
  }
}

/** Index of the first value at or after `from`; values ascend. */
function firstAfter(values: readonly number[], from: number): number {
  let low = 0;
  let high = values.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (values[middle]! < from) low = middle + 1;
    else high = middle;
  }
  return low;
}
