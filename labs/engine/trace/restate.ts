/**
 * Begins a trace in the middle: of everything that happened before an event, the few events that still say how things
 * stand then. As a log is compacted: of what was overwritten, only the last; of what was finished, nothing. Whoever folds
 * these and then goes on from the event has what one has who folded everything, so that a view of a run of millions
 * of events needs no more than a stretch of it. What was counted so far comes beside them, as figures.
 */
import type { Columns } from './columns.ts';
import { EventKind } from './event.ts';

/** Events that are restated at most, of each sort: more keys on a ring than that, and the ones placed longest ago are left out. */
export const maxRestated = 100_000;

/** What a node did before the stretch, apart from the events that are restated. */
export interface EarlierCounts {
  /** String id of the node. */
  node: number;
  sent: number;
  received: number;
  served: number;
  rejected: number;
  /** Writes to its disk that no sync had made safe yet. */
  unsafeWrites: number;
}

export class Restatement {
  #length = 0;
  readonly #firstJoins = new Map<number, number>();
  /** Its weight is that of a node that has left, too. */
  readonly #lastJoins = new Map<number, number>();
  /** Last `join` or `leave` of each node, last fault or end of one, and so on: row by node. */
  readonly #presence = new Map<number, number>();
  readonly #condition = new Map<number, number>();
  readonly #speed = new Map<number, number>();
  readonly #clock = new Map<number, number>();
  readonly #state = new Map<number, number>();
  /** The event that last told a queue's length, and the end of that job where it began to be served then. */
  readonly #queue = new Map<number, { row: number; job: number; end: number }>();
  /** The first message between two nodes, and what became of it: the line between them. */
  readonly #pairs = new Map<number, { row: number; message: number; end: number }>();
  readonly #links = new Map<number, number>();
  readonly #serving = new Latest();
  /** Messages on their way, and second copies of them. */
  readonly #flights = new Latest();
  readonly #copies = new Latest();
  /** Third copies and on, oldest first: somebody doubled what was doubled already. */
  readonly #moreCopies = new Map<string, number[]>();
  readonly #points = new Latest();
  /** The owner of an item, and the one before. */
  readonly #owners = new Latest();
  readonly #owners2 = new Latest();
  /** The last mark of each text: the states that marks put a node into are told by their last one. */
  readonly #marks = new Latest();
  #phase = -1;
  readonly #counts = new Map<number, EarlierCounts>();

  /** How many events are folded in. */
  get length(): number {
    return this.#length;
  }

  /** How many events that should be restated are not, because there are too many of them. */
  get leftOut(): number {
    return this.#latest.reduce((sum, { leftOut }) => sum + leftOut, 0);
  }

  get #latest(): readonly Latest[] {
    return [this.#serving, this.#flights, this.#copies, this.#points, this.#owners, this.#marks];
  }

  /** Folds in the next rows of the trace. @param columns the rows that follow those folded in so far */
  take(columns: Columns): void {
    const { length, kind, node, peer, id, label } = columns;
    for (let at = 0; at < length; at++) {
      this.#fold(this.#length++, kind[at]!, node[at]!, peer[at]!, id[at]!, label[at]!);
    }
  }

  #fold(row: number, kind: number, node: number, peer: number, id: number, label: number): void {
    switch (kind) {
      case EventKind.mark:
        this.#marks.set(0, label, row);
        this.#phase = row;
        break;
      case EventKind.intervention:
        this.#phase = row;
        break;
      case EventKind.join:
      case EventKind.leave:
        if (kind === EventKind.leave) {
          this.#points.forgetGroup(node);
          this.#forget(node);
        } else {
          if (!this.#firstJoins.has(node)) this.#firstJoins.set(node, row);
          this.#lastJoins.set(node, row);
        }
        this.#presence.set(node, row);
        this.#condition.delete(node);
        break;
      case EventKind.crash:
        this.#forget(node);
        this.#condition.set(node, row);
        break;
      case EventKind.restart:
      case EventKind.pause:
      case EventKind.resume:
        this.#condition.set(node, row);
        break;
      case EventKind.slow:
        this.#speed.set(node, row);
        break;
      case EventKind.skew:
        this.#clock.set(node, row);
        break;
      case EventKind.state:
        this.#state.set(node, row);
        break;
      case EventKind.diskWrite:
        this.#of(node).unsafeWrites++;
        break;
      case EventKind.diskSync:
        this.#of(node).unsafeWrites = 0;
        break;
      case EventKind.enqueue:
        this.#queue.set(node, { row, job: -1, end: -1 });
        break;
      case EventKind.serveBegin:
        this.#queue.set(node, { row, job: id, end: -1 });
        this.#serving.set(node, id, row);
        break;
      case EventKind.serveEnd: {
        const queue = this.#queue.get(node);
        if (queue?.job === id) queue.end = row;
        this.#serving.forget(node, id);
        this.#of(node).served++;
        break;
      }
      case EventKind.reject:
        this.#of(node).rejected++;
        break;
      case EventKind.send:
      case EventKind.duplicate: {
        if (kind === EventKind.send) this.#flights.set(node, id, row);
        else this.#copy(node, id, row);
        const pair = keyOf(Math.min(node, peer), Math.max(node, peer));
        if (!this.#pairs.has(pair)) this.#pairs.set(pair, { row, message: keyOf(node, id), end: -1 });
        if (kind === EventKind.send) this.#of(node).sent++;
        break;
      }
      case EventKind.deliver:
        this.#of(node).received++;
        this.#arrive(peer, node, id, row);
        break;
      case EventKind.drop:
        this.#arrive(node, peer, id, row);
        break;
      case EventKind.link:
        this.#links.set(keyOf(node, peer), row);
        break;
      case EventKind.point:
        this.#points.set(node, id, row);
        break;
      case EventKind.unpoint:
        this.#points.forget(node, id);
        break;
      case EventKind.place:
      case EventKind.move: {
        const before = this.#owners.get(label, id);
        if (before !== undefined) this.#owners2.set(label, id, before);
        this.#owners.set(label, id, row);
        break;
      }
    }
  }

  #arrive(sender: number, receiver: number, id: number, row: number): void {
    if (!this.#flights.forget(sender, id) && this.#copies.forget(sender, id)) this.#nextCopy(sender, id);
    const pair = this.#pairs.get(keyOf(Math.min(sender, receiver), Math.max(sender, receiver)));
    if (pair?.end === -1 && pair.message === keyOf(sender, id)) pair.end = row;
  }

  #copy(sender: number, id: number, row: number): void {
    if (this.#copies.get(sender, id) === undefined) return this.#copies.set(sender, id, row);
    const name = `${sender} ${id}`;
    const rows = this.#moreCopies.get(name);
    if (rows) rows.push(row);
    else this.#moreCopies.set(name, [row]);
  }

  /** The second copy has arrived, or is lost: the third takes its place. */
  #nextCopy(sender: number, id: number): void {
    if (this.#moreCopies.size === 0) return;
    const row = this.#moreCopies.get(`${sender} ${id}`)?.shift();
    if (row !== undefined) this.#copies.set(sender, id, row);
    else this.#moreCopies.delete(`${sender} ${id}`);
  }

  /** What a node had in memory and in hand is gone. */
  #forget(node: number): void {
    this.#state.delete(node);
    this.#queue.delete(node);
    this.#serving.forgetGroup(node);
    this.#of(node).unsafeWrites = 0;
  }

  #of(node: number): EarlierCounts {
    let counts = this.#counts.get(node);
    if (!counts) {
      counts = { node, sent: 0, received: 0, served: 0, rejected: 0, unsafeWrites: 0 };
      this.#counts.set(node, counts);
    }
    return counts;
  }

  /** The events that still say how things stand: their indices, ascending. */
  rows(): Uint32Array {
    const rows = new Set<number>();
    const plain = [
      this.#firstJoins,
      this.#lastJoins,
      this.#presence,
      this.#condition,
      this.#speed,
      this.#clock,
      this.#state,
      this.#links,
    ];
    for (const map of plain) for (const row of map.values()) rows.add(row);
    for (const { row, end } of [...this.#queue.values(), ...this.#pairs.values()]) {
      rows.add(row);
      if (end >= 0) rows.add(end);
    }
    for (const latest of this.#latest) for (const row of latest.rows()) rows.add(row);
    for (const copies of this.#moreCopies.values()) for (const row of copies) rows.add(row);
    // Of an item that was left out, its former owner says nothing.
    for (const [group, id, row] of this.#owners2.entries())
      if (this.#owners.get(group, id) !== undefined) rows.add(row);
    if (this.#phase >= 0) rows.add(this.#phase);
    return Uint32Array.from(rows).sort();
  }

  /** What was counted so far, without what the restated events count themselves. @param restated the rows of `rows()` */
  counts(restated: Columns): EarlierCounts[] {
    const counts = new Map([...this.#counts].map(([node, counts]) => [node, { ...counts }]));
    for (let row = 0; row < restated.length; row++) {
      const own = counts.get(restated.node[row]!);
      if (!own) continue;
      const kind = restated.kind[row];
      if (kind === EventKind.send) own.sent--;
      else if (kind === EventKind.deliver) own.received--;
      else if (kind === EventKind.serveEnd) own.served--;
      else if (kind === EventKind.reject) own.rejected--;
    }
    return [...counts.values()];
  }
}

/** Two numbers of 32 and 21 bits as one. */
function keyOf(high: number, low: number): number {
  return high * 0x1_0000_0000 + low;
}

/** Rows by group and number, `maxRestated` at most: those set longest ago go first. */
class Latest {
  readonly #groups = new Map<number, Map<number, number>>();
  #size = 0;
  leftOut = 0;

  get(group: number, id: number): number | undefined {
    return this.#groups.get(group)?.get(id);
  }

  set(group: number, id: number, row: number): void {
    let rows = this.#groups.get(group);
    if (!rows) this.#groups.set(group, (rows = new Map()));
    if (rows.delete(id)) this.#size--;
    rows.set(id, row);
    if (++this.#size > maxRestated) this.#forgetOldestOf(rows);
  }

  /** @returns whether it was there */
  forget(group: number, id: number): boolean {
    const gone = this.#groups.get(group)?.delete(id) ?? false;
    if (gone) this.#size--;
    return gone;
  }

  forgetGroup(group: number): void {
    this.#size -= this.#groups.get(group)?.size ?? 0;
    this.#groups.delete(group);
  }

  #forgetOldestOf(rows: Map<number, number>): void {
    for (const id of rows.keys()) {
      rows.delete(id);
      this.#size--;
      this.leftOut++;
      return;
    }
  }

  *rows(): Iterable<number> {
    for (const rows of this.#groups.values()) yield* rows.values();
  }

  *entries(): Iterable<readonly [group: number, id: number, row: number]> {
    for (const [group, rows] of this.#groups) for (const [id, row] of rows) yield [group, id, row];
  }
}
