/** Where the cursor goes when a run is shown, once the events that it waits for have come. */
import { clockOf, eventAtPlace } from '../../labs/engine/scene/axis.ts';
import { firstHappening } from '../../labs/engine/scene/marks.ts';
import { rowOf, type TraceView } from '../../labs/engine/scene/trace-view.ts';
import { interventionAfter } from './branch.ts';

/** A place on the axis of time, which runs of one family share. */
export interface Moment {
  place: number;
}

/**
 * `play`: from the beginning on, at once. `end`: at the last event. `branch`: played from where it parts from the run
 * before. Or at an event, by its index in the run, or at a moment.
 */
export type Destination = 'play' | 'end' | 'branch' | number | Moment;

interface Surroundings {
  /** Whether all of the trace that is to be held of the run is here. */
  arrived: boolean;
  /** Whether none follows it. */
  complete: boolean;
  reducedMotion: boolean;
  /** The row at which the cursor stands meanwhile. */
  cursor: number;
}

/**
 * The row to put the cursor on, and whether to play on from there; `end` for the last event of the run, at hand or not;
 * undefined as long as that cannot be told.
 */
export function arriveAt(
  to: Destination,
  trace: TraceView,
  { arrived, complete, reducedMotion, cursor }: Surroundings,
): { row: number; play: boolean } | 'end' | undefined {
  if (trace.length === 0) return undefined;
  // Where motion is unwelcome, the outcome is shown.
  if (to === 'play' && !reducedMotion) return { row: firstHappening(trace), play: true };
  if (typeof to === 'number' && rowOf(trace, to) >= 0) return { row: rowOf(trace, to), play: false };
  if (typeof to === 'object' && (complete || trace.columns.time[trace.length - 1]! > to.place)) {
    return { row: eventAtPlace(clockOf(trace), to.place), play: false };
  }
  if (!arrived) return undefined;
  const parted = to === 'branch' && !reducedMotion ? interventionAfter(trace, cursor) : -1;
  return parted >= 0 ? { row: parted, play: true } : 'end';
}
