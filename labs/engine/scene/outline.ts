/** A run in outline, as its lane on a timeline shows it: how long it took, where it parts from its parent, its marks. */
import type { TraceStore } from '../trace/store.ts';
import { endOf, placeOf, type Clock } from './axis.ts';
import { marksIn, type Mark } from './marks.ts';

/** A mark with its place on the axis of time. */
export interface PlacedMark extends Mark {
  place: number;
}

export interface Outline {
  /** How many events it tells of: fewer than the run has, while that is still on its way. */
  events: number;
  /** Place of the first event, and where the last one's time is over. */
  begin: number;
  end: number;
  /** Where a branch parts from the run that it branches off: the place of the last intervention. */
  parted?: number;
  /** In order. */
  marks: readonly PlacedMark[];
}

/** What must be known of a run besides its trace: a branch has a parent, and interventions that it was asked to make. */
export interface Branching {
  parent?: string;
  interventions: readonly unknown[];
}

/**
 * The outline of a run.
 * @param marks of the trace whose clock this is, in order
 * @param first event to begin with: those before only say how things stood
 */
export function outlineOf(
  clock: Clock,
  marks: readonly Mark[],
  { parent, interventions }: Branching,
  first = 0,
): Outline {
  const placed = marks.map((mark) => ({ ...mark, place: placeOf(clock, mark.event) }));
  const made = parent === undefined ? [] : placed.filter(({ tone }) => tone === 'intervention');
  // Where fewer have happened (one found no event to follow, or is still to come) nobody knows where it parts.
  const parting = made.length >= interventions.length ? made.at(-1) : undefined;
  return {
    events: clock.length,
    begin: first < clock.length ? clock.timeAt(first) : 0,
    end: endOf(clock),
    ...(parting ? { parted: parting.place } : {}),
    marks: placed,
  };
}

/** The outline of a stored run. */
export function outlineOfRun(trace: TraceStore, run: Branching): Outline {
  return outlineOf(trace, marksIn(trace), run);
}
