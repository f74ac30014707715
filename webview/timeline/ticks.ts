/** The labels of an axis of time: round figures, as many as there is room for. */
import { formatFigure } from '../../labs/engine/scene/event-text.ts';
import type { Span } from './span.ts';

export interface Tick {
  place: number;
  text: string;
}

/** What places are counted in. */
export type TimeUnit = 'ns' | 'operation';

/** Room that a character of a label takes, in pixels. */
export const characterWidth = 6.5;

/** Room between two labels, in pixels. */
const labelGap = 28;

/**
 * Ticks at round places: 1, 2 or 5 times a power of ten apart, whole nanoseconds or operations. Between two of those
 * there is nothing round to name: then the one label says in which of them the span lies.
 * @param width of the axis, in pixels
 */
export function ticksOf(span: Span, width: number, unit: TimeUnit): Tick[] {
  const perPixel = (span.to - span.from) / Math.max(1, width);
  // How long labels get depends on the step, and the step on how long they are.
  let step = roundStep(perPixel * 60);
  let text = labelling(span.to, step, unit);
  const longest = Math.max(text(span.from).length, text(span.to).length);
  step = roundStep(perPixel * (longest * characterWidth + labelGap));
  text = labelling(span.to, step, unit);
  const ticks: Tick[] = [];
  for (let n = Math.ceil(span.from / step); n * step <= span.to; n++)
    ticks.push({ place: n * step, text: text(n * step) });
  return ticks.length > 0 ? ticks : [{ place: span.from, text: text(Math.floor(span.from)) }];
}

/** The smallest of 1, 2, 5, 10, 20 … that is at least this. */
function roundStep(least: number): number {
  if (least <= 1) return 1;
  const power = 10 ** Math.floor(Math.log10(least));
  return power * ([1, 2, 5].find((factor) => factor * power >= least * (1 - 1e-9)) ?? 10);
}

const units = [
  { title: 's', size: 1e9 },
  { title: 'ms', size: 1e6 },
  { title: 'µs', size: 1e3 },
  { title: 'ns', size: 1 },
] as const;

/** How the places of one axis are written: all in the same unit, with as many decimals as the step needs. */
function labelling(to: number, step: number, unit: TimeUnit): (place: number) => string {
  if (unit === 'operation') return (place) => `op ${formatFigure(Math.round(place))}`;
  const { title, size } = units.find(({ size }) => Math.abs(to) >= size) ?? units[3];
  const decimals = Math.max(0, Math.ceil(Math.log10(size / step) - 1e-9));
  const figures = new Intl.NumberFormat('en-US', { minimumFractionDigits: decimals, maximumFractionDigits: decimals });
  return (place) => (place === 0 ? '0' : `${figures.format(place / size)} ${title}`);
}
