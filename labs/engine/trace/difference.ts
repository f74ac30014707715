/** Where two runs part: the first event that differs, by what it says and not by how its strings are numbered. */
import type { TraceEvent } from './event.ts';

/** A trace as far as comparing it goes: a `TraceStore` is one. */
export interface ReadableTrace {
  readonly length: number;
  event(index: number): TraceEvent;
}

/** The first event of two traces that is not the same. */
export interface TraceDifference {
  readonly index: number;
  /** What happened there in each, undefined where the trace had ended. */
  readonly a: TraceEvent | undefined;
  readonly b: TraceEvent | undefined;
}

/** @returns the first difference, or undefined when the traces are the same as far as they were kept */
export function firstDifference(a: ReadableTrace, b: ReadableTrace): TraceDifference | undefined {
  const shorter = Math.min(a.length, b.length);
  for (let index = 0; index < shorter; index++) {
    const [one, other] = [a.event(index), b.event(index)];
    if (!isSame(one, other)) return { index, a: one, b: other };
  }
  if (a.length === b.length) return undefined;
  return {
    index: shorter,
    a: shorter < a.length ? a.event(shorter) : undefined,
    b: shorter < b.length ? b.event(shorter) : undefined,
  };
}

function isSame(a: TraceEvent, b: TraceEvent): boolean {
  return (Object.keys(a) as (keyof TraceEvent)[]).every((column) => Object.is(a[column], b[column]));
}
