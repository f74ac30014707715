/**
 * A trace as a view reads it: rows as far as they have arrived. Scenes are pure functions of such a view and a cursor
 * (the row of the last event that has happened on the screen).
 *
 * In a view of a whole run a row is the event of that index. A view of a long run holds a stretch of it: first the rows
 * of the earlier events that still say how things stand, then the stretch, event by event. A scene needs not care: it
 * folds what is there. Only what names an event to somebody else (a number on the screen, a link, the host) must
 * translate between the two: `indexOf` and `rowOf`.
 */
import type { Columns } from '../trace/columns.ts';
import type { EventKind, TraceEvent } from '../trace/event.ts';
import type { EarlierCounts } from '../trace/restate.ts';

/** Rows 0 to `length` of a trace, and the strings they name. */
export interface TraceView {
  readonly length: number;
  /** At least `length` rows; `cause` is a row too, −1 where the event that led to it is not at hand. */
  readonly columns: Columns;
  readonly strings: readonly string[];
  /** Left out where the rows are those of the run from its first event on. */
  readonly stretch?: Stretch | undefined;
}

/** Which events of a run a view holds. */
export interface Stretch {
  /** Index in the run of the first event after those that are restated. */
  readonly first: number;
  /** Indices of the restated events, ascending: rows 0 and on. */
  readonly restated: Uint32Array;
  /** What nodes did before, beyond what the restated rows tell; by string id. */
  readonly earlier: ReadonlyMap<number, EarlierCounts>;
  /** How many earlier events should be restated, and are not: there are too many. */
  readonly leftOut: number;
}

/** Index in its run of the event in a row. */
export function indexOf({ stretch }: TraceView, row: number): number {
  if (!stretch) return row;
  const { restated, first } = stretch;
  return row < restated.length ? (restated[row] ?? row) : first + row - restated.length;
}

/** The row of the event with an index in the run, −1 where it is not at hand. */
export function rowOf({ stretch, length }: TraceView, index: number): number {
  const row = stretch ? rowIn(stretch, index) : index;
  return row >= 0 && row < length ? row : -1;
}

/** The row that the event of an index has or will have in a stretch, −1 where it has none. */
export function rowIn({ first, restated }: Pick<Stretch, 'first' | 'restated'>, index: number): number {
  if (index >= first) return index - first + restated.length;
  let low = 0;
  let high = restated.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (restated[middle]! < index) low = middle + 1;
    else high = middle;
  }
  return restated[low] === index ? low : -1;
}

/** The first row that is not restated: where the cursor may stand, and where time begins. */
export function firstRowOf({ stretch }: TraceView): number {
  return stretch?.restated.length ?? 0;
}

/** The text behind a string number, '' for none. */
export function textOf(trace: TraceView, id: number): string {
  return id < 0 ? '' : (trace.strings[id] ?? '');
}

/**
 * One event, unpacked; its `index` and `cause` are rows of this view.
 * @throws RangeError when the trace has no such row
 */
export function eventAt(trace: TraceView, index: number): TraceEvent {
  if (!(index >= 0 && index < trace.length)) {
    throw new RangeError(`event ${index} is not among the ${trace.length} at hand`);
  }
  const { columns } = trace;
  return {
    index,
    time: columns.time[index]!,
    kind: columns.kind[index]! as EventKind,
    node: textOf(trace, columns.node[index]!),
    peer: textOf(trace, columns.peer[index]!),
    label: textOf(trace, columns.label[index]!),
    cause: columns.cause[index]!,
    id: columns.id[index]!,
    owner: columns.owner[index]!,
    value: columns.value[index]!,
  };
}
