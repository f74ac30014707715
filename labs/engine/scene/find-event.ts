/** Finds the event that a pattern describes: where a tour stops, and what it points at. */
import type { EventPattern } from '../lab/tour.ts';
import { EventKind } from '../trace/event.ts';
import type { TraceView } from './trace-view.ts';

/** @returns the index of the event among those at hand, −1 where there is none (yet) */
export function findEvent(trace: TraceView, pattern: EventPattern): number {
  const { columns, strings } = trace;
  const kind = EventKind[pattern.kind];
  const node = pattern.node === undefined ? undefined : strings.indexOf(pattern.node);
  const peer = pattern.peer === undefined ? undefined : strings.indexOf(pattern.peer);
  // −1 stands for "none" in the columns, and no event is to be found by a name that the trace does not have.
  if (node === -1 || peer === -1) return -1;
  const labels = pattern.label === undefined ? undefined : stringsWith(strings, pattern.label);
  const matches = (row: number): boolean =>
    columns.kind[row] === kind &&
    (node === undefined || columns.node[row] === node) &&
    (peer === undefined || columns.peer[row] === peer) &&
    (labels === undefined || labels.has(columns.label[row]!));
  if (pattern.nth === -1) {
    for (let row = trace.length - 1; row >= 0; row--) if (matches(row)) return row;
    return -1;
  }
  let left = pattern.nth ?? 1;
  for (let row = 0; row < trace.length; row++) if (matches(row) && --left === 0) return row;
  return -1;
}

function stringsWith(strings: readonly string[], part: string): Set<number> {
  return new Set(strings.flatMap((text, id) => (text.includes(part) ? [id] : [])));
}
