/**
 * Who owns what on a circle at a moment of a run: servers, their points, items and their owners, and which items
 * have just moved. Folded from join, leave, point, unpoint, place and move events.
 */
import { EventKind } from '../trace/event.ts';
import { textOf, type TraceView } from './trace-view.ts';

export interface RingServer {
  name: string;
  /** Whether it is there at the moment. */
  present: boolean;
  /** How many items it owns. */
  load: number;
  weight: number;
}

export interface RingPoint {
  /** Where on the circle, in [0, 1). */
  position: number;
  /** Index into `servers`. */
  server: number;
  /** Which of the server's points. */
  index: number;
}

/** Items as columns: a picture has up to hundreds of thousands of them. */
export interface RingItems {
  prefix: string[];
  number: number[];
  position: number[];
  /** Index into `servers`. */
  owner: number[];
  /** The owner before the last move, −1 if it never moved. */
  previous: number[];
  /** Index of the event that moved it last, −1 if it never moved. */
  movedAt: number[];
}

/** A stretch of a run with a name of its own: what has moved since its start stands out. */
export interface Phase {
  /** Index of the event that opened it, −1 before the first. */
  event: number;
  text: string;
}

export class RingScene {
  /** Index of the last event that is folded in, −1 for none. */
  cursor = -1;
  readonly servers: RingServer[] = [];
  readonly items: RingItems = { prefix: [], number: [], position: [], owner: [], previous: [], movedAt: [] };
  phase: Phase = { event: -1, text: '' };
  /** Items placed or moved since a view last emptied this list: what it must paint again. */
  readonly touched: number[] = [];
  /** Grows whenever a server or a point comes or goes. */
  structure = 0;

  readonly #serverOf = new Map<number, number>();
  readonly #itemOf = new Map<number, Map<number, number>>();
  /** Present points in order of position; `#fresh` waits to be merged in. */
  #sorted: RingPoint[] = [];
  #fresh: RingPoint[] = [];
  readonly #gone = new Set<number>();
  #usesPoints = false;

  /** Whether servers have points on the circle; if not, an algorithm is drawn as evenly spaced slots. */
  get hasPoints(): boolean {
    return this.#usesPoints;
  }

  /** The points that are there, in order of position. */
  get points(): readonly RingPoint[] {
    if (this.#fresh.length > 0 || this.#gone.size > 0) this.#mergePoints();
    return this.#sorted;
  }

  /** How many servers are there. */
  get presentServers(): number {
    let present = 0;
    for (const server of this.servers) if (server.present) present++;
    return present;
  }

  /** How many items have moved in this phase. */
  get movedItems(): number {
    let moved = 0;
    for (const at of this.items.movedAt) if (at > this.phase.event) moved++;
    return moved;
  }

  hasMoved(item: number): boolean {
    return this.items.movedAt[item]! > this.phase.event;
  }

  itemName(item: number): string {
    return `${this.items.prefix[item]}${this.items.number[item]}`;
  }

  /** Index of the server of that name, −1 if it never joined. */
  findServer(name: string): number {
    return this.servers.findIndex((server) => server.name === name);
  }

  /** Index of the item of that name, −1 if it was never placed. */
  findItem(name: string): number {
    const { prefix, number } = this.items;
    for (let item = 0; item < number.length; item++) {
      if (name.endsWith(String(number[item])) && name === `${prefix[item]}${number[item]}`) return item;
    }
    return -1;
  }

  /** Folds in the events up to and including `cursor`, which must not lie behind. */
  advance(trace: TraceView, cursor: number): void {
    const { kind } = trace.columns;
    for (let row = this.cursor + 1; row <= cursor; row++) {
      switch (kind[row]) {
        case EventKind.mark:
        case EventKind.intervention:
          this.phase = { event: row, text: textOf(trace, trace.columns.label[row]!) };
          break;
        case EventKind.join:
          this.#join(trace, row);
          break;
        case EventKind.leave:
          this.#leave(trace, row);
          break;
        case EventKind.point:
          this.#usesPoints = true;
          this.#fresh.push({
            position: trace.columns.value[row]!,
            server: this.#server(trace, trace.columns.node[row]!),
            index: trace.columns.id[row]!,
          });
          this.structure++;
          break;
        case EventKind.unpoint:
          this.#gone.add(pointKey(this.#server(trace, trace.columns.node[row]!), trace.columns.id[row]!));
          this.#fresh = this.#fresh.filter(({ server, index }) => !this.#gone.has(pointKey(server, index)));
          this.structure++;
          break;
        case EventKind.place:
        case EventKind.move:
          this.#settle(trace, row);
          break;
      }
    }
    this.cursor = Math.max(this.cursor, cursor);
  }

  #join(trace: TraceView, row: number): void {
    const server = this.servers[this.#server(trace, trace.columns.node[row]!)]!;
    server.present = true;
    server.weight = trace.columns.value[row]!;
    this.structure++;
  }

  #leave(trace: TraceView, row: number): void {
    const server = this.#server(trace, trace.columns.node[row]!);
    this.servers[server]!.present = false;
    for (const point of [...this.#sorted, ...this.#fresh]) {
      if (point.server === server) this.#gone.add(pointKey(server, point.index));
    }
    this.#fresh = this.#fresh.filter((point) => point.server !== server);
    this.structure++;
  }

  /** An item gets an owner, its first or another. */
  #settle(trace: TraceView, row: number): void {
    const { columns } = trace;
    const { items, servers } = this;
    const owner = this.#server(trace, columns.node[row]!);
    const label = columns.label[row]!;
    let numbers = this.#itemOf.get(label);
    if (!numbers) this.#itemOf.set(label, (numbers = new Map()));
    let item = numbers.get(columns.id[row]!);
    if (item === undefined) {
      item = items.number.length;
      numbers.set(columns.id[row]!, item);
      items.prefix.push(textOf(trace, label));
      items.number.push(columns.id[row]!);
      items.position.push(columns.value[row]!);
      items.owner.push(owner);
      items.previous.push(-1);
      items.movedAt.push(-1);
    } else {
      servers[items.owner[item]!]!.load--;
      items.previous[item] = items.owner[item]!;
      items.owner[item] = owner;
      items.position[item] = columns.value[row]!;
      items.movedAt[item] = row;
    }
    servers[owner]!.load++;
    this.touched.push(item);
  }

  /** Index of a server, which is made on first mention: a damaged trace may name one that never joined. */
  #server(trace: TraceView, node: number): number {
    let server = this.#serverOf.get(node);
    if (server === undefined) {
      server = this.servers.length;
      this.#serverOf.set(node, server);
      this.servers.push({ name: textOf(trace, node), present: false, load: 0, weight: 1 });
    }
    return server;
  }

  #mergePoints(): void {
    const kept = this.#gone.size > 0 ? this.#sorted.filter((point) => !this.#isGone(point)) : this.#sorted;
    const fresh = this.#fresh.sort((a, b) => a.position - b.position);
    const merged: RingPoint[] = [];
    let next = 0;
    for (const point of kept) {
      while (next < fresh.length && fresh[next]!.position < point.position) merged.push(fresh[next++]!);
      merged.push(point);
    }
    while (next < fresh.length) merged.push(fresh[next++]!);
    this.#sorted = merged;
    this.#fresh = [];
    this.#gone.clear();
  }

  #isGone({ server, index }: RingPoint): boolean {
    return this.#gone.has(pointKey(server, index));
  }
}

/** One number for a server's point: a lab has at most 2²⁰ points a server. */
function pointKey(server: number, index: number): number {
  return server * 0x100000 + index;
}

/**
 * The scene after the event at `cursor`.
 * @param earlier a scene of the same trace; it is carried on, and handed back, when it lies at or before the cursor
 */
export function ringSceneAt(trace: TraceView, cursor: number, earlier?: RingScene): RingScene {
  const scene = earlier && earlier.cursor <= cursor ? earlier : new RingScene();
  scene.advance(trace, Math.min(cursor, trace.length - 1));
  return scene;
}

/**
 * The point at which an item's walk clockwise ends: its owner's first point at or after it.
 * Undefined where the owner has no points.
 */
export function destinationOf(scene: RingScene, item: number): RingPoint | undefined {
  const { points } = scene;
  const owner = scene.items.owner[item]!;
  const start = firstAtOrAfter(points, scene.items.position[item]!);
  for (let step = 0; step < points.length; step++) {
    const point = points[(start + step) % points.length]!;
    if (point.server === owner) return point;
  }
  return undefined;
}

/** Index of the first point at or after a position, `points.length` when all lie before it. */
export function firstAtOrAfter(points: readonly RingPoint[], position: number): number {
  let low = 0;
  let high = points.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (points[middle]!.position < position) low = middle + 1;
    else high = middle;
  }
  return low;
}
