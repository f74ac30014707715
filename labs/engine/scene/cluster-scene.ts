/**
 * Nodes at a moment of a run: how they are, what their state says, what waits in their queues, which messages are on their
 * way between them and which links are out of order. What the cluster view draws and the state table lists.
 */
import { EventKind } from '../trace/event.ts';
import { firstRowOf, textOf, type TraceView } from './trace-view.ts';

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
  /** Writes to its disk that no sync has made safe yet: those that can still be lost or torn. */
  unsafeWrites: number;
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

/** The cluster at a moment: carried on from event to event. */
export class ClusterScene {
  /** Index of the last event that is folded in, −1 for none. */
  cursor = -1;
  /** When: the time of that event. */
  time = 0;
  readonly nodes: ClusterNode[] = [];
  readonly #numbers = new Map<number, number>();
  /** By sender and the sender's counter, oldest first: several where the message was doubled. */
  readonly #flying = new Map<string, Flight[]>();
  readonly #links = new Map<string, ClusterLink>();
  readonly #pairs = new Map<string, readonly [number, number]>();

  /** Messages on their way. When they arrive is known where `findEnds` has looked. */
  get flights(): readonly Flight[] {
    return [...this.#flying.values()].flat();
  }

  /** Links out of order. */
  get links(): readonly ClusterLink[] {
    return [...this.#links.values()];
  }

  /** Pairs of nodes that have exchanged messages so far, for the lines between them. */
  get pairs(): readonly (readonly [number, number])[] {
    return [...this.#pairs.values()];
  }

  /** Folds in the events up to and including `cursor`, which must not lie behind. */
  advance(trace: TraceView, cursor: number): void {
    const { kind, node } = trace.columns;
    for (let row = this.cursor + 1; row <= cursor; row++) {
      if (node[row]! >= 0 && !isAbstract(kind[row]!)) this.#fold(trace, row);
    }
    this.cursor = Math.max(this.cursor, cursor);
    if (this.cursor >= 0) this.time = trace.columns.time[this.cursor]!;
  }

  #fold(trace: TraceView, row: number): void {
    const { kind, node, peer, id, label, value } = trace.columns;
    const at = this.#number(trace, node[row]!);
    const subject = this.nodes[at]!;
    switch (kind[row]) {
      case EventKind.join:
      case EventKind.restart:
      case EventKind.resume:
        subject.condition = 'up';
        break;
      case EventKind.leave:
      case EventKind.crash:
        subject.condition = kind[row] === EventKind.leave ? 'absent' : 'down';
        subject.state = '';
        subject.queue = subject.serving = 0;
        // What was counted before a stretch is what is left after the events that are restated.
        if (row >= firstRowOf(trace)) subject.unsafeWrites = 0;
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
      case EventKind.diskWrite:
        subject.unsafeWrites++;
        break;
      case EventKind.diskSync:
        subject.unsafeWrites = 0;
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
      case EventKind.duplicate:
        // A copy is the network's doing.
        if (kind[row] === EventKind.send) subject.sent++;
        this.#send(trace, row, at);
        break;
      case EventKind.deliver:
        subject.received++;
        this.#arrive(`${peer[row]!}#${id[row]!}`);
        break;
      case EventKind.drop:
        return this.#arrive(`${node[row]!}#${id[row]!}`);
      case EventKind.link:
        return this.#changeLink(trace, row, at);
      default:
        return;
    }
    subject.changedAt = row;
  }

  #send(trace: TraceView, row: number, from: number): void {
    const { node, peer, id, label, time } = trace.columns;
    const to = this.#number(trace, peer[row]!);
    this.#pairs.set(from < to ? `${from} ${to}` : `${to} ${from}`, [Math.min(from, to), Math.max(from, to)]);
    const name = `${node[row]!}#${id[row]!}`;
    const flight: Flight = {
      send: row,
      from,
      to,
      label: textOf(trace, label[row]!),
      sentAt: time[row]!,
      endsAt: undefined,
      lost: false,
    };
    const copies = this.#flying.get(name);
    if (copies) copies.push(flight);
    else this.#flying.set(name, [flight]);
  }

  #arrive(name: string): void {
    const copies = this.#flying.get(name);
    copies?.shift();
    if (copies?.length === 0) this.#flying.delete(name);
  }

  #changeLink(trace: TraceView, row: number, from: number): void {
    const to = this.#number(trace, trace.columns.peer[row]!);
    const trouble = textOf(trace, trace.columns.label[row]!);
    if (trouble === 'healed') this.#links.delete(`${from} ${to}`);
    else this.#links.set(`${from} ${to}`, { from, to, trouble });
  }

  #number(trace: TraceView, node: number): number {
    let number = this.#numbers.get(node);
    if (number === undefined) {
      number = this.nodes.length;
      this.#numbers.set(node, number);
      const earlier = trace.stretch?.earlier.get(node);
      this.nodes.push({
        name: textOf(trace, node),
        condition: 'up',
        state: '',
        queue: 0,
        serving: 0,
        served: earlier?.served ?? 0,
        rejected: earlier?.rejected ?? 0,
        sent: earlier?.sent ?? 0,
        received: earlier?.received ?? 0,
        slowness: 1,
        unsafeWrites: earlier?.unsafeWrites ?? 0,
        changedAt: -1,
      });
    }
    return number;
  }

  /** Looks ahead in the trace for when the messages on their way arrive, or are lost. */
  findEnds(trace: TraceView): void {
    const { kind, node, peer, id, time } = trace.columns;
    const open = new Map<string, Flight[]>();
    for (const [name, copies] of this.#flying) {
      if (copies.some(({ endsAt }) => endsAt === undefined)) open.set(name, [...copies]);
    }
    const last = Math.min(trace.length, this.cursor + lookAhead);
    for (let row = this.cursor + 1; row < last && open.size > 0; row++) {
      const delivered = kind[row] === EventKind.deliver;
      if (!delivered && kind[row] !== EventKind.drop) continue;
      const name = `${delivered ? peer[row]! : node[row]!}#${id[row]!}`;
      const copies = open.get(name);
      const flight = copies?.shift(); // whose end is known already, or not
      if (!flight) continue;
      flight.endsAt = time[row]!;
      flight.lost = !delivered;
      if (copies!.length === 0) open.delete(name);
    }
  }
}

/** How far beyond the cursor arrivals are looked for. */
const lookAhead = 20_000;

/**
 * The scene after the event at `cursor`; the trace beyond it is only asked when messages on their way arrive.
 * @param earlier a scene of the same trace; it is carried on, and handed back, when it lies at or before the cursor
 */
export function clusterSceneAt(trace: TraceView, cursor: number, earlier?: ClusterScene): ClusterScene {
  const scene = earlier && earlier.cursor <= cursor ? earlier : new ClusterScene();
  scene.advance(trace, Math.min(cursor, trace.length - 1));
  scene.findEnds(trace);
  return scene;
}

/** Kinds that speak of no node of a cluster, although they name one. */
function isAbstract(kind: number): boolean {
  return kind === EventKind.sample || kind === EventKind.mark || kind === EventKind.intervention;
}

/** How far a message is on its way at a moment, 0 … 1; half-way where nobody knows when it ends. */
export function progressOf(flight: Flight, time: number): number {
  if (flight.endsAt === undefined || flight.endsAt <= flight.sentAt) return 0.5;
  return Math.min(1, Math.max(0, (time - flight.sentAt) / (flight.endsAt - flight.sentAt)));
}
