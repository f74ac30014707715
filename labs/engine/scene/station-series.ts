/** What goes on at the stations of a run over time: how many jobs wait, and how many are being served. */
import { Gauge } from '../metrics/gauge.ts';
import { EventKind } from '../trace/event.ts';
import { maxCurves, type Series, type SeriesGroup } from './series.ts';
import { firstRowOf, textOf, type TraceView } from './trace-view.ts';

/** With more stations than this, only the mean of all is drawn: their curves lie on each other. */
const maxApart = 8;

/** How many jobs wait at each station: the mean over each stretch of time. */
export function waitingSeries(trace: TraceView, stretches = 100): SeriesGroup[] {
  const series = overStations(trace, stretches, (kind, value) => {
    if (kind === EventKind.enqueue || kind === EventKind.serveBegin) return value;
    return undefined;
  });
  return series.length === 0 ? [] : [{ title: 'Waiting', series: series.slice(0, maxCurves) }];
}

/** How many jobs each station works on, and all of them in the mean: over one that serves one at a time, its utilisation. */
export function servingSeries(trace: TraceView, stretches = 100): SeriesGroup[] {
  const series = overStations(trace, stretches, (kind, _value, now) => {
    if (kind === EventKind.serveBegin) return now + 1;
    if (kind === EventKind.serveEnd) return Math.max(0, now - 1);
    return undefined;
  });
  if (series.length === 0) return [];
  const { x } = series[0]!;
  const mean = x.map((_, i) => series.reduce((sum, { y }) => sum + y[i]!, 0) / series.length);
  const all: Series = { title: 'mean of all', node: '', x, y: mean };
  return [{ title: 'Being served, per server', series: series.length > maxApart ? [all] : [all, ...series] }];
}

/**
 * A figure that changes with the events of each station: its mean over each stretch of time. A crash makes it 0.
 * @param next the figure after an event of that kind, undefined where the kind does not change it
 */
function overStations(
  trace: TraceView,
  stretches: number,
  next: (kind: number, value: number, now: number) => number | undefined,
): Series[] {
  const { kind, node, time, value } = trace.columns;
  const begin = trace.length > 0 ? time[firstRowOf(trace)]! : 0;
  const width = trace.length > 0 ? (time[trace.length - 1]! - begin) / stretches : 0;
  if (width <= 0) return [];
  const x = Array.from({ length: stretches }, (_, i) => begin + (i + 0.5) * width);
  const stations = new Map<number, { series: Series; gauge: Gauge; now: number }>();
  /** Closes the stretches that are over at a time. */
  const closeUpTo = ({ series, gauge }: { series: Series; gauge: Gauge }, until: number): void => {
    for (let end = begin + (series.y.length + 1) * width; series.y.length < stretches && end <= until; end += width) {
      series.y.push(gauge.mean(end));
      gauge.restart(end);
    }
  };
  for (let row = 0; row < trace.length; row++) {
    const what = kind[row]!;
    const isCrash = what === EventKind.crash;
    let station = stations.get(node[row]!);
    const figure = isCrash ? 0 : next(what, value[row]!, station?.now ?? 0);
    if (figure === undefined || (isCrash && !station)) continue;
    if (!station) {
      const title = textOf(trace, node[row]!);
      station = { series: { title, node: title, x, y: [] }, gauge: new Gauge(begin), now: 0 };
      stations.set(node[row]!, station);
    }
    const at = Math.max(begin, time[row]!); // what is restated was so at the beginning
    closeUpTo(station, at);
    station.now = figure;
    station.gauge.set(at, figure);
  }
  for (const station of stations.values()) closeUpTo(station, Infinity);
  return [...stations.values()].map(({ series }) => series);
}
