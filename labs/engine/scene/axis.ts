/**
 * Where events stand on an axis of time. Times are integers (nanoseconds, or the number of an operation), and many events
 * may share one: those of time t stand one after the other in [t, t + 1), in the order in which they happened. So runs
 * that went the same way up to a moment stand alike up to there, and zooming in far enough tells any two events apart.
 */
import type { TraceView } from './trace-view.ts';

/** The times of a trace, which never go back. */
export interface Clock {
  readonly length: number;
  timeAt(event: number): number;
}

/** The clock of a trace at hand. */
export function clockOf({ length, columns }: TraceView): Clock {
  return { length, timeAt: (event) => columns.time[event]! };
}

/** The place of an event that the clock has. */
export function placeOf(clock: Clock, event: number): number {
  const time = clock.timeAt(event);
  const first = firstAtOrAfter(clock, time);
  return time + (event - first) / (firstAtOrAfter(clock, time + 1) - first);
}

/** Index of the last event at or before a place; 0 where all come later, or there is none. */
export function eventAtPlace(clock: Clock, place: number): number {
  const time = Math.floor(place);
  const first = firstAtOrAfter(clock, time);
  const together = firstAtOrAfter(clock, time + 1) - first;
  if (together === 0) return Math.max(0, first - 1);
  // A little on: what is left of a fraction beside a large time is rounded.
  return first + Math.min(together - 1, Math.floor((place - time) * together + 0.05));
}

/** Where the last event's time is over; 1 where there is none. */
export function endOf(clock: Clock): number {
  return clock.length === 0 ? 1 : clock.timeAt(clock.length - 1) + 1;
}

/** Index of the first event at or after a time; the length where there is none. */
function firstAtOrAfter(clock: Clock, time: number): number {
  let low = 0;
  let high = clock.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (clock.timeAt(middle) < time) low = middle + 1;
    else high = middle;
  }
  return low;
}
