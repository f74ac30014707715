/** The log of a run: which events a filter leaves, in order. */
import { EventKind, kindName } from '../trace/event.ts';
import { describeEvent } from './event-text.ts';
import { eventAt, textOf, type TraceView } from './trace-view.ts';

/** Groups of kinds that a reader turns on and off together. */
export const logGroups = {
  marks: [EventKind.mark, EventKind.intervention, EventKind.broken],
  samples: [EventKind.sample],
  said: [EventKind.log],
  nodes: [
    EventKind.join,
    EventKind.leave,
    EventKind.state,
    EventKind.crash,
    EventKind.restart,
    EventKind.pause,
    EventKind.resume,
    EventKind.slow,
    EventKind.skew,
  ],
  ring: [EventKind.point, EventKind.unpoint],
  keys: [EventKind.place, EventKind.move],
  messages: [EventKind.send, EventKind.deliver, EventKind.drop, EventKind.duplicate, EventKind.link],
  timers: [EventKind.timerSet, EventKind.timerFire, EventKind.timerCancel],
  disk: [EventKind.diskWrite, EventKind.diskSync, EventKind.diskLost],
  queues: [EventKind.enqueue, EventKind.serveBegin, EventKind.serveEnd, EventKind.reject],
  requests: [EventKind.invoke, EventKind.return, EventKind.fail, EventKind.unknown, EventKind.admit, EventKind.refuse],
} as const satisfies Record<string, readonly EventKind[]>;
export type LogGroup = keyof typeof logGroups;

/** What a reader wants to see. */
export interface LogFilter {
  /** A group, or all. */
  group: LogGroup | 'all';
  /** Words that a line must contain, all of them, in any order; case does not matter. */
  search: string;
}

/** The groups that occur in a trace, in the order of `logGroups`. */
export function groupsIn(trace: TraceView): LogGroup[] {
  const seen = new Set<number>();
  for (let row = 0; row < trace.length; row++) seen.add(trace.columns.kind[row]!);
  return (Object.keys(logGroups) as LogGroup[]).filter((group) =>
    (logGroups[group] as readonly number[]).some((kind) => seen.has(kind)),
  );
}

/** Indices of the events that a filter leaves, ascending. */
export function filterLog(trace: TraceView, { group, search }: LogFilter): number[] {
  const wanted = group === 'all' ? undefined : new Set<number>(logGroups[group]);
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  const rows: number[] = [];
  for (let row = 0; row < trace.length; row++) {
    if (wanted && !wanted.has(trace.columns.kind[row]!)) continue;
    if (words.length > 0) {
      const line = describeEvent(eventAt(trace, row)).toLowerCase();
      if (!words.every((word) => line.includes(word))) continue;
    }
    rows.push(row);
  }
  return rows;
}

/** An event's kind as the log names it: 'timer set', 'kind 99'. */
export function kindInWords(kind: number): string {
  return kindName(kind)?.replace(/([A-Z])/g, (letter) => ` ${letter.toLowerCase()}`) ?? `kind ${kind}`;
}

/** The events that led to one, from itself back to the first cause; at most `limit`. */
export function causesOf(trace: TraceView, index: number, limit = 20): number[] {
  const chain: number[] = [];
  // A cause lies before its effect; in a damaged trace it may not, and the walk must end all the same.
  for (let at = index; at >= 0 && at < trace.length && chain.length < limit;) {
    chain.push(at);
    const cause = trace.columns.cause[at]!;
    at = cause < at ? cause : -1;
  }
  return chain;
}

/** Events that name this one as their cause; at most `limit`. */
export function effectsOf(trace: TraceView, index: number, limit = 20): number[] {
  const effects: number[] = [];
  const { cause } = trace.columns;
  for (let row = index + 1; row < trace.length && effects.length < limit; row++) {
    if (cause[row] === index) effects.push(row);
  }
  return effects;
}

/** Events that a node or an item took part in, up to the cursor, latest first; at most `limit`. */
export function eventsAbout(trace: TraceView, name: string, cursor: number, limit = 20): number[] {
  const found: number[] = [];
  const { node, peer, label, id } = trace.columns;
  const string = trace.strings.indexOf(name);
  const item = /^(.*?)(\d+)$/.exec(name);
  const prefix = item ? trace.strings.indexOf(item[1]!) : -1;
  for (let row = Math.min(cursor, trace.length - 1); row >= 0 && found.length < limit; row--) {
    const about =
      (string >= 0 && (node[row] === string || peer[row] === string)) ||
      (prefix >= 0 && label[row] === prefix && id[row] === Number(item![2]) && textOf(trace, prefix) === item![1]);
    if (about) found.push(row);
  }
  return found;
}
