/** What is worth jumping to in a run: phases, interventions, faults, broken checks. */
import { EventKind, type TraceEvent } from '../trace/event.ts';
import type { TraceStore } from '../trace/store.ts';
import { describeEvent } from './event-text.ts';
import { eventAt, type TraceView } from './trace-view.ts';

/** How a mark is drawn and what it is called in a list. */
export type MarkTone = 'phase' | 'intervention' | 'fault' | 'broken';

export interface Mark {
  /** Index of its event. */
  event: number;
  tone: MarkTone;
  text: string;
}

const tones = new Map<number, MarkTone>([
  [EventKind.mark, 'phase'],
  [EventKind.intervention, 'intervention'],
  [EventKind.broken, 'broken'],
  [EventKind.crash, 'fault'],
  [EventKind.restart, 'fault'],
  [EventKind.pause, 'fault'],
  [EventKind.link, 'fault'],
]);

/** Marks that are listed at most: a timeline has a few hundred pixels. */
export const maxMarks = 2000;

/**
 * The marks among the events from `from` on, in order; at most `maxMarks` of them.
 * @param from index of the first event to look at: what was found before can be kept
 */
export function marksOf(trace: TraceView, from = 0): Mark[] {
  const marks: Mark[] = [];
  const { kind } = trace.columns;
  for (let row = from; row < trace.length && marks.length < maxMarks; row++) {
    if (tones.has(kind[row]!)) marks.push(markOf(eventAt(trace, row)));
  }
  return marks;
}

/** Index of the first event that shows: what is only said before it would be waited at in front of an empty picture. */
export function firstHappening({ columns, length }: TraceView): number {
  let row = 0;
  while (row < length - 1 && columns.kind[row] === EventKind.mark) row++;
  return row;
}

/** The marks of a stored trace, in order; at most `maxMarks` of them. */
export function marksIn(store: TraceStore): Mark[] {
  return store.indicesOf(new Set(tones.keys()), maxMarks).map((row) => markOf(store.event(row)));
}

function markOf(event: TraceEvent): Mark {
  return { event: event.index, tone: tones.get(event.kind)!, text: describeEvent(event) };
}
