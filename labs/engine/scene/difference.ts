/** Where two runs part. */
import { textOf, type TraceView } from './trace-view.ts';

/**
 * Index of the first event in which two traces differ: their common length, where one is the beginning of the other;
 * −1 where they are the same.
 */
export function firstDifference(a: TraceView, b: TraceView): number {
  const common = Math.min(a.length, b.length);
  const [x, y] = [a.columns, b.columns];
  for (let row = 0; row < common; row++) {
    const same =
      x.kind[row] === y.kind[row] &&
      x.time[row] === y.time[row] &&
      x.id[row] === y.id[row] &&
      Object.is(x.value[row], y.value[row]) &&
      textOf(a, x.node[row]!) === textOf(b, y.node[row]!) &&
      textOf(a, x.peer[row]!) === textOf(b, y.peer[row]!) &&
      textOf(a, x.label[row]!) === textOf(b, y.label[row]!);
    if (!same) return row;
  }
  return a.length === b.length ? -1 : common;
}
