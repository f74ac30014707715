/**
 * Nodes at a moment of a run: how they are, what their state says, what waits in their queues, which messages are on their
 * way between them and which links are out of order. What the cluster view draws and the state table lists.
 */
import { EventKind } from '../trace/event.ts';
import { textOf, type TraceView } from './trace-view.ts';

export interface ClusterNode {
  name: string;
  condition: 'up' | 'down' | 'paused' | 'absent';
  /** Its visible state in words, '' where it has told none. */
  state: string;
  /** Jobs that wait. */
  queue: number;
  /** Jobs that are being served. */
  serving: number;
  /** Jobs that were served so far. */
  served: number;
  /** Jobs that were turned away so far. */
  rejected: number;
  sent: number;
  received: number;
  /** Factor on its service times. */
  slowness: number;
  /** Index of the event that changed it last, −1 if none has. */
  changedAt: number;
}

export interface Flight {
  /** Index of the event that sent it. */
  send: number;
  /** Indices into `nodes`. */
  from: number;
  to: number;
  label: string;
  sentAt: number;
  /** When it arrives or is lost; undefined where the trace does not say. */
  endsAt: number | undefined;
  lost: boolean;
}

export interface ClusterLink {
  from: number;
  to: number;
  /** cut, slow, lossy … */
  trouble: string;
}

export interface ClusterScene {
  /** When: the time of the event at the cursor. */
  time: number;
  nodes: readonly ClusterNode[];
  flights: readonly Flight[];
  links: readonly ClusterLink[];
  /** Pairs of nodes that exchange messages anywhere in the run so far, for the lines between them. */
  pairs: readonly (readonly [number, number])[];
}

/** The scene after the event at `cursor`. The trace beyond it is only asked when messages on their way arrive. */
export function clusterSceneAt(trace: TraceView, cursor: number): ClusterScene {
  const { kind, node, peer, id, label, value, time } = trace.columns;
  const nodes: ClusterNode[] = [];
  const numbers = new Map<number, number>();
  const numberOf = (string: number): number => {
    let number = numbers.get(string);
    if (number === undefined) {
      number = nodes.length;
      numbers.set(string, number);
      nodes.push({
        name: textOf(trace, string),
        condition: 'up',
        state: '',
        queue: 0,
        serving: 0,
        served: 0,
        rejected: 0,
        sent: 0,
        received: 0,
        slowness: 1,
        changedAt: -1,
      });
    }
    return number;
  };
  const flying = new Map<string, Flight>();
  const links = new Map<string, ClusterLink>();
  const pairs = new Map<string, readonly [number, number]>();
  const end = Math.min(cursor, trace.length - 1);
  for (let row = 0; row <= end; row++) {
    if (node[row]! < 0 || isAbstract(kind[row]!)) continue;
    const at = numberOf(node[row]!);
    const subject = nodes[at]!;
    const key = `${node[row]!}#${id[row]!}`;
    switch (kind[row]) {
      case EventKind.join:
      case EventKind.restart:
      case EventKind.resume:
        subject.condition = 'up';
        break;
      case EventKind.leave:
        subject.condition = 'absent';
        break;
      case EventKind.crash:
        subject.condition = 'down';
        subject.state = '';
        subject.queue = subject.serving = 0;
        break;
      case EventKind.pause:
        subject.condition = 'paused';
        break;
      case EventKind.slow:
        subject.slowness = value[row]!;
        break;
      case EventKind.state:
        subject.state = textOf(trace, label[row]!);
        break;
      case EventKind.enqueue:
        subject.queue = value[row]!;
        break;
      case EventKind.serveBegin:
        subject.queue = value[row]!;
        subject.serving++;
        break;
      case EventKind.serveEnd:
        subject.serving = Math.max(0, subject.serving - 1);
        subject.served++;
        break;
      case EventKind.reject:
        subject.rejected++;
        break;
      case EventKind.send:
      case EventKind.duplicate: {
        subject.sent++;
        const to = numberOf(peer[row]!);
        pairs.set(at < to ? `${at} ${to}` : `${to} ${at}`, [Math.min(at, to), Math.max(at, to)]);
        flying.set(kind[row] === EventKind.send ? key : `${key} again`, {
          send: row,
          from: at,
          to,
          label: textOf(trace, label[row]!),
          sentAt: time[row]!,
          endsAt: undefined,
          lost: false,
        });
        break;
      }
      case EventKind.deliver: {
        subject.received++;
        const name = `${peer[row]!}#${id[row]!}`;
        if (!flying.delete(name)) flying.delete(`${name} again`);
        break;
      }
      case EventKind.drop:
        if (!flying.delete(key)) flying.delete(`${key} again`);
        continue;
      case EventKind.link: {
        const name = `${at} ${numberOf(peer[row]!)}`;
        const trouble = textOf(trace, label[row]!);
        if (trouble === 'healed') links.delete(name);
        else links.set(name, { from: at, to: numberOf(peer[row]!), trouble });
        continue;
      }
      default:
        continue;
    }
    subject.changedAt = row;
  }
  const flights = new Map([...flying].map(([key, flight]) => [key, flight]));
  findEnds(trace, end, flights);
  return {
    time: end < 0 ? 0 : time[end]!,
    nodes,
    flights: [...flying.values()],
    links: [...links.values()],
    pairs: [...pairs.values()],
  };
}

/** Kinds that speak of no node of a cluster, although they name one. */
function isAbstract(kind: number): boolean {
  return kind === EventKind.sample || kind === EventKind.mark || kind === EventKind.intervention;
}

/** How far beyond the cursor arrivals are looked for. */
const lookAhead = 20_000;

/** When messages on their way arrive, or are lost: what places them between two nodes. */
function findEnds(trace: TraceView, cursor: number, flights: Map<string, Flight>): void {
  const { kind, node, peer, id, time } = trace.columns;
  const last = Math.min(trace.length, cursor + lookAhead);
  for (let row = cursor + 1; row < last && flights.size > 0; row++) {
    const delivered = kind[row] === EventKind.deliver;
    if (!delivered && kind[row] !== EventKind.drop) continue;
    const name = `${delivered ? peer[row]! : node[row]!}#${id[row]!}`;
    const key = flights.has(name) ? name : `${name} again`;
    const flight = flights.get(key);
    if (!flight) continue;
    flight.endsAt = time[row]!;
    flight.lost = !delivered;
    flights.delete(key);
  }
}

/** How far a message is on its way at a moment, 0 … 1; half-way where nobody knows when it ends. */
export function progressOf(flight: Flight, time: number): number {
  if (flight.endsAt === undefined || flight.endsAt <= flight.sentAt) return 0.5;
  return Math.min(1, Math.max(0, (time - flight.sentAt) / (flight.endsAt - flight.sentAt)));
}
