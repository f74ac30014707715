/** A run in outline, as its lane on a timeline shows it: how long it took, where it parts from its parent, its marks. */
import { endOf, placeOf, type Clock } from './axis.ts';
import type { Mark } from './marks.ts';

/** A mark with its place on the axis of time. */
export interface PlacedMark extends Mark {
  place: number;
}

export interface Outline {
  /** Place of the first event, and where the last one's time is over. */
  begin: number;
  end: number;
  /** Where a branch parts from the run that it branches off: the place of the last intervention. */
  parted?: number;
  /** In order. */
  marks: readonly PlacedMark[];
}

/**
 * The outline of a run.
 * @param interventions how many a branch was asked to make; 0 for a run that is no branch. Where fewer have happened
 *   (one found no event to follow, or is still to come) it is not known where it parts
 */
export function outlineOf(clock: Clock, marks: readonly Mark[], interventions: number): Outline {
  const placed = marks.map((mark) => ({ ...mark, place: placeOf(clock, mark.event) }));
  const made = interventions === 0 ? [] : placed.filter(({ tone }) => tone === 'intervention');
  const parting = made.length >= interventions ? made.at(-1) : undefined;
  return {
    begin: clock.length === 0 ? 0 : clock.timeAt(0),
    end: endOf(clock),
    ...(parting ? { parted: parting.place } : {}),
    marks: placed,
  };
}
