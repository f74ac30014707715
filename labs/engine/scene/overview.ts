/**
 * A run as a whole, in a size that does not grow with it: what a panel shows of a run whose events are too many to be
 * held there. Where it was busy and where it went wrong, its marks, its curves.
 */
import { EventKind } from '../trace/event.ts';
import { marksOf, type Mark } from './marks.ts';
import { countedSeries, sampledSeries, workloadClock, type SeriesGroup } from './series.ts';
import { servingSeries, waitingSeries } from './station-series.ts';
import type { TraceView } from './trace-view.ts';

export interface Overview {
  /** How many events it sums up: those that are kept, from the first on. */
  events: number;
  /** The numbers of the kinds of event that are among them, ascending. */
  kinds: number[];
  /** For each of as many equal stretches of events as were asked for: the x of its first event, as charts have it. */
  at: number[];
  /** The time of that event: an operation's number where charts have another clock. */
  times: number[];
  /** Events per unit of x in each stretch. */
  rate: number[];
  /** Share of events in each stretch that are losses, refusals, failures, broken checks: 0 … 1. */
  trouble: number[];
  /** Faults, decisions, broken checks; the first `maxMarks` of them. */
  marks: Mark[];
  /** The charts of the whole run. Gaps in y are null on their way into a panel. */
  charts: SeriesGroup[];
}

const troubles = new Set<number>([
  EventKind.broken,
  EventKind.crash,
  EventKind.drop,
  EventKind.diskLost,
  EventKind.reject,
  EventKind.fail,
  EventKind.unknown,
  EventKind.refuse,
]);

/** The charts of a trace. @param simulated whether its time is in nanoseconds, so that it needs no other clock */
export function chartsOf(trace: TraceView, simulated: boolean): SeriesGroup[] {
  const clock = simulated ? undefined : workloadClock(trace);
  return [...countedSeries(trace), ...waitingSeries(trace), ...servingSeries(trace), ...sampledSeries(trace, clock)];
}

/**
 * @param trace a whole one
 * @param stretches how many to divide it into, 1 or more
 */
export function overviewOf(trace: TraceView, simulated: boolean, stretches: number): Overview {
  const { length, columns } = trace;
  const clock = simulated ? undefined : workloadClock(trace);
  const parts = Math.min(stretches, Math.max(1, length));
  const at = new Array<number>(parts).fill(0);
  const times = new Array<number>(parts).fill(0);
  const rate = new Array<number>(parts).fill(0);
  const trouble = new Array<number>(parts).fill(0);
  const kinds = new Set<number>();
  let x = 0;
  for (let part = 0; part < parts; part++) {
    const from = Math.floor((part * length) / parts);
    const to = Math.floor(((part + 1) * length) / parts);
    let wrong = 0;
    for (let row = from; row < to; row++) {
      // Not every operation says when it was: those that do not happen with the one before.
      x = clock ? (clock.get(columns.time[row]!) ?? x) : columns.time[row]!;
      if (row === from) [at[part], times[part]] = [x, columns.time[row]!];
      if (troubles.has(columns.kind[row]!)) wrong++;
      kinds.add(columns.kind[row]!);
    }
    rate[part] = x > at[part]! ? (to - from) / (x - at[part]!) : 0;
    trouble[part] = to > from ? wrong / (to - from) : 0;
  }
  return {
    events: length,
    kinds: [...kinds].sort((a, b) => a - b),
    at,
    times,
    rate,
    trouble,
    marks: marksOf(trace),
    charts: chartsOf(trace, simulated),
  };
}
