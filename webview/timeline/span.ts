/** Stretches of the axis of time, and what zooming and panning make of them. All are places (`scene/axis.ts`). */

export interface Span {
  from: number;
  to: number;
}

/** The shortest stretch that can be zoomed in to: a dozenth of a nanosecond, or of an operation. */
export const leastSpan = 1 / 12;

/** Where in a span a place lies: 0 at its beginning, 1 at its end. */
export function shareOf({ from, to }: Span, place: number): number {
  return (place - from) / (to - from);
}

/** The place at a share of a span. */
export function placeAt({ from, to }: Span, share: number): number {
  return from + share * (to - from);
}

/**
 * The span `factor` times as long, with `around` where it was on the screen; within `bounds`.
 * @param factor below 1 to zoom in, above 1 to zoom out
 */
export function zoomed(span: Span, factor: number, around: number, bounds: Span): Span {
  const most = bounds.to - bounds.from;
  const length = Math.min(most, Math.max(Math.min(leastSpan, most), (span.to - span.from) * factor));
  return within(around - shareOf(span, around) * length, length, bounds);
}

/** The span `by` further on; within `bounds`. */
export function moved(span: Span, by: number, bounds: Span): Span {
  return within(span.from + by, span.to - span.from, bounds);
}

/** The span as it is where it holds the place; otherwise one as long with the place at `share` of it. */
export function revealed(span: Span, place: number, share: number, bounds: Span): Span {
  if (place >= span.from && place <= span.to) return span;
  const length = span.to - span.from;
  return within(place - share * length, length, bounds);
}

/** Whether a span is all of its bounds. */
export function isWhole(span: Span, bounds: Span): boolean {
  return span.to - span.from >= (bounds.to - bounds.from) * (1 - 1e-9);
}

function within(from: number, length: number, bounds: Span): Span {
  const begin = Math.max(bounds.from, Math.min(from, bounds.to - length));
  return { from: begin, to: Math.min(bounds.to, begin + length) };
}
