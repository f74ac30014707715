/**
 * What each limiter or server did, along a line of time: requests let through and refused, the level after each,
 * jobs in service, and when a node was not there.
 */
import { EventKind } from '../trace/event.ts';
import { formatFigure } from './event-text.ts';
import { departureSeries, workloadClock } from './series.ts';
import { firstRowOf, textOf, type TraceView } from './trace-view.ts';

/** Things of one kind on a lane, as columns: there may be a hundred thousand of them. */
export interface Moments {
  x: number[];
  /** Indices of their events. */
  event: number[];
}

export interface TimelineLane {
  name: string;
  admitted: Moments;
  refused: Moments;
  /** When what was admitted is passed on, where that is not at once; ascending. */
  departures: number[];
  /** The level, or the length of the queue, from each x on. */
  level: { x: number[]; y: number[] };
  /** Jobs in service: from x to `end`. */
  spans: Moments & { end: number[] };
  /** When the node was down or paused. */
  gaps: { from: number; to: number }[];
}

export interface TimelineScene {
  lanes: readonly TimelineLane[];
  /** Lanes beyond `maxLanes`, which are left out. */
  more: number;
  /** What x is: nanoseconds of a simulated run, milliseconds of a workload's own clock, or the number of the operation. */
  unit: 'ns' | 'ms' | 'operation';
  from: number;
  to: number;
  /** The x of an event. */
  at: (event: number) => number;
  /** How many events were folded. */
  length: number;
  /** Requests let through or refused at a time that the run does not tell: they are on no lane. */
  untimed: number;
}

/** Lanes that a picture has at most. */
export const maxLanes = 40;

/** The scene of a trace. @param simulated whether its time is in nanoseconds */
export function timelineSceneOf(trace: TraceView, simulated: boolean): TimelineScene {
  const { kind, node, label, id, time, value } = trace.columns;
  const clock = simulated ? undefined : workloadClock(trace);
  const lanes = new Map<number, TimelineLane>();
  const left = new Set<number>();
  const departure = clock ? trace.strings.indexOf(departureSeries) : -1;
  let untimed = 0;
  const laneOf = (string: number): TimelineLane | undefined => {
    let lane = lanes.get(string);
    if (!lane && lanes.size < maxLanes) lanes.set(string, (lane = newLane(textOf(trace, string))));
    if (!lane) left.add(string);
    return lane;
  };
  const serving = new Map<string, { x: number; event: number }>();
  const down = new Map<number, number>();
  let from = Infinity;
  let to = -Infinity;
  const begin = firstRowOf(trace);
  for (let row = 0; row < trace.length; row++) {
    const x = clock?.get(time[row]!) ?? time[row]!;
    if (row >= begin && (!clock || clock.has(time[row]!))) {
      from = Math.min(from, x);
      to = Math.max(to, x);
    }
    if (node[row]! < 0) continue;
    if (clock && !clock.has(time[row]!)) {
      if (kind[row] === EventKind.admit || kind[row] === EventKind.refuse) untimed++;
      continue;
    }
    switch (kind[row]) {
      case EventKind.sample:
        if (label[row] === departure) laneOf(node[row]!)?.departures.push(value[row]!);
        break;
      case EventKind.admit:
      case EventKind.refuse: {
        const lane = laneOf(node[row]!);
        if (!lane) break;
        const moments = kind[row] === EventKind.admit ? lane.admitted : lane.refused;
        moments.x.push(x);
        moments.event.push(row);
        lane.level.x.push(x);
        lane.level.y.push(value[row]!);
        break;
      }
      case EventKind.enqueue:
      case EventKind.serveBegin: {
        const lane = laneOf(node[row]!);
        lane?.level.x.push(x);
        lane?.level.y.push(value[row]!);
        if (kind[row] === EventKind.serveBegin) serving.set(`${node[row]!} ${id[row]!}`, { x, event: row });
        break;
      }
      case EventKind.serveEnd: {
        const begun = serving.get(`${node[row]!} ${id[row]!}`);
        const lane = laneOf(node[row]!);
        serving.delete(`${node[row]!} ${id[row]!}`);
        if (!lane || !begun) break;
        lane.spans.x.push(begun.x);
        lane.spans.end.push(x);
        lane.spans.event.push(begun.event);
        break;
      }
      case EventKind.reject: {
        const lane = laneOf(node[row]!);
        lane?.refused.x.push(x);
        lane?.refused.event.push(row);
        break;
      }
      case EventKind.crash:
      case EventKind.pause:
        if (!down.has(node[row]!)) down.set(node[row]!, x);
        break;
      case EventKind.restart:
      case EventKind.resume:
        if (down.has(node[row]!)) laneOf(node[row]!)?.gaps.push({ from: down.get(node[row]!)!, to: x });
        down.delete(node[row]!);
        break;
    }
  }
  for (const [string, since] of down) laneOf(string)?.gaps.push({ from: since, to });
  return {
    lanes: [...lanes.values()],
    more: left.size,
    unit: simulated ? 'ns' : clock ? 'ms' : 'operation',
    from: Number.isFinite(from) ? from : 0,
    to: Number.isFinite(to) ? to : 0,
    at: (event) => (event < trace.length ? (clock?.get(time[event]!) ?? time[event]!) : 0),
    length: trace.length,
    untimed,
  };
}

function newLane(name: string): TimelineLane {
  return {
    name,
    admitted: { x: [], event: [] },
    refused: { x: [], event: [] },
    departures: [],
    level: { x: [], y: [] },
    spans: { x: [], event: [], end: [] },
    gaps: [],
  };
}

/** A lane in words: what a screen reader hears instead of the picture. */
export function describeLane({ name, admitted, refused, spans, gaps }: TimelineLane): string {
  const parts = [
    ...(admitted.x.length + refused.x.length > 0
      ? [`${formatFigure(admitted.x.length)} admitted, ${formatFigure(refused.x.length)} refused`]
      : []),
    ...(spans.x.length > 0 ? [`${formatFigure(spans.x.length)} jobs served`] : []),
    ...(gaps.length > 0 ? [`not there ${gaps.length === 1 ? 'once' : `${formatFigure(gaps.length)} times`}`] : []),
  ];
  return `${name}: ${parts.join(', ') || 'nothing'}`;
}
