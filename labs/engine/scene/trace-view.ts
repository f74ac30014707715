/**
 * A trace as a view reads it: the rows from the first on, as far as they have arrived. Scenes are pure
 * functions of such a view and a cursor (the index of the last event that has happened on the screen).
 */
import type { Columns } from '../trace/columns.ts';
import type { EventKind, TraceEvent } from '../trace/event.ts';

/** Rows 0 to `length` of a trace, and the strings they name. */
export interface TraceView {
  readonly length: number;
  /** At least `length` rows. */
  readonly columns: Columns;
  readonly strings: readonly string[];
}

/** The text behind a string number, '' for none. */
export function textOf(trace: TraceView, id: number): string {
  return id < 0 ? '' : (trace.strings[id] ?? '');
}

/**
 * One event, unpacked.
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
