/** Figures over time: the samples of a run by series, and what can be counted from its events. */
import { EventKind } from '../trace/event.ts';
import { firstRowOf, textOf, type TraceView } from './trace-view.ts';

/** One curve. */
export interface Series {
  /** What is measured, and of whom where it is not the whole system. */
  title: string;
  /** Whose it is, '' for the whole system's. */
  node: string;
  x: number[];
  y: number[];
}

/** Curves that belong in one picture. */
export interface SeriesGroup {
  title: string;
  series: Series[];
}

/** Points a curve keeps at most: more than a screen has pixels. */
const maxPoints = 4000;
/** Curves of one group at most: more could not be told apart. */
export const maxCurves = 24;

/** The series by which a pure lab tells at which time, in milliseconds, the request of an operation arrives. */
const arrivalSeries = 'arrival';
/** The one by which it tells when a request that was admitted is passed on, where that is not at once. */
export const departureSeries = 'departure';

/** The clock of a pure lab's workload: milliseconds by operation; undefined where it has none. */
export function workloadClock(trace: TraceView): ReadonlyMap<number, number> | undefined {
  const arrival = trace.strings.indexOf(arrivalSeries);
  if (arrival < 0) return undefined;
  const { kind, node, label, time, value } = trace.columns;
  const clock = new Map<number, number>();
  for (let row = 0; row < trace.length; row++) {
    if (kind[row] === EventKind.sample && node[row] === -1 && label[row] === arrival)
      clock.set(time[row]!, value[row]!);
  }
  return clock.size > 0 ? clock : undefined;
}

/** The sampled series of a trace, grouped by name. @param clock of the workload, where x is to be its time */
export function sampledSeries(trace: TraceView, clock?: ReadonlyMap<number, number>): SeriesGroup[] {
  const { kind, node, label, time, value } = trace.columns;
  const times = clock ? [arrivalSeries, departureSeries].map((series) => trace.strings.indexOf(series)) : [];
  const groups = new Map<number, Map<number, Series>>();
  for (let row = 0; row < trace.length; row++) {
    if (kind[row] !== EventKind.sample || times.includes(label[row]!)) continue;
    let group = groups.get(label[row]!);
    if (!group) groups.set(label[row]!, (group = new Map()));
    let series = group.get(node[row]!);
    if (!series) {
      if (group.size === maxCurves) continue;
      const name = textOf(trace, node[row]!);
      const title = name === '' ? textOf(trace, label[row]!) : name;
      group.set(node[row]!, (series = { title, node: name, x: [], y: [] }));
    }
    series.x.push(clock?.get(time[row]!) ?? time[row]!);
    series.y.push(value[row]!);
  }
  return [...groups].map(([title, group]) => ({
    title: textOf(trace, title),
    series: [...group.values()].map(thinned),
  }));
}

/** Served jobs, and returned operations, counted per stretch of time, and their times at the 50th, 95th and 99th percentile. */
export function countedSeries(trace: TraceView, stretches = 100): SeriesGroup[] {
  const { kind, time, value } = trace.columns;
  const begin = trace.length > 0 ? time[firstRowOf(trace)]! : 0;
  const span = trace.length > 0 ? time[trace.length - 1]! - begin : 0;
  if (span <= 0) return [];
  const width = span / stretches;
  const durations: number[][] = Array.from({ length: stretches }, () => []);
  let counted = 0;
  for (let row = firstRowOf(trace); row < trace.length; row++) {
    if (kind[row] !== EventKind.serveEnd && kind[row] !== EventKind.return) continue;
    durations[Math.min(stretches - 1, Math.floor((time[row]! - begin) / width))]!.push(value[row]!);
    counted++;
  }
  if (counted === 0) return [];
  const x = durations.map((_, i) => begin + (i + 0.5) * width);
  const percentile = (share: number): number[] =>
    durations.map((some) => {
      if (some.length === 0) return NaN;
      const sorted = some.toSorted((a, b) => a - b);
      return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)]! / 1e6;
    });
  return [
    {
      title: 'Finished per second',
      series: [{ title: 'finished', node: '', x, y: durations.map(({ length }) => (length * 1e9) / width) }],
    },
    {
      title: 'Time in system, ms',
      series: [
        { title: '50th percentile', node: '', x, y: percentile(0.5) },
        { title: '95th percentile', node: '', x, y: percentile(0.95) },
        { title: '99th percentile', node: '', x, y: percentile(0.99) },
      ],
    },
  ];
}

/** Keeps the first, the last and every n-th point, so that no curve has more than `maxPoints`. */
function thinned(series: Series): Series {
  const step = Math.ceil(series.x.length / maxPoints);
  if (step <= 1) return series;
  const keep = (_: number, i: number): boolean => i % step === 0 || i === series.x.length - 1;
  return { ...series, x: series.x.filter(keep), y: series.y.filter(keep) };
}
