/** Traces written by hand: what tests of scenes and views are told happened. */
import { allocateColumns, copyRows, type Columns } from '../trace/columns.ts';
import { EventKind, type TraceEvent } from '../trace/event.ts';
import { TraceRecorder } from '../trace/recorder.ts';
import type { TraceView } from './trace-view.ts';

/** An event as a test writes it: its kind, and what matters of the rest. */
export type HandMadeEvent = { kind: keyof typeof EventKind } & Partial<
  Pick<TraceEvent, 'time' | 'node' | 'peer' | 'label' | 'cause' | 'id' | 'value'>
>;

/** The trace of these events, in order; time is the event's index where it is left out. */
export function handMadeTrace(events: readonly HandMadeEvent[]): TraceView {
  const columns: Columns = allocateColumns(events.length);
  const strings: string[] = [];
  const recorder = new TraceRecorder({
    maxEvents: events.length,
    sink: {
      batch(first, rows, texts) {
        copyRows(rows, 0, rows.length, columns, first);
        columns.length = first + rows.length;
        strings.push(...texts);
      },
    },
  });
  const name = (text = ''): number => (text === '' ? -1 : recorder.intern(text));
  events.forEach(({ kind, time, node, peer, label, cause = -1, id = 0, value = 0 }, index) => {
    recorder.append(EventKind[kind], time ?? index, name(node), name(peer), name(label), cause, id, value);
  });
  recorder.finish();
  return { length: columns.length, columns, strings };
}
