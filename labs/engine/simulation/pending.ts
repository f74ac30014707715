/**
 * The events that have yet to happen: a binary heap by (time, sequence) over slots of typed columns.
 *
 * Only times and slots move in the heap. The sequence numbers that break ties stay in the slots and are
 * read for equal times alone, so the fixed order costs next to nothing.
 *
 * Most events lead to another one, so whatever is taken from the top leaves a gap there that the next one
 * scheduled falls into: one way through the heap instead of two.
 */

/** Slots and the heap over them; plain data, copied as it lies. */
export interface Pending {
  /** How many are in the heap, the gap included. */
  size: number;
  /** Whether the first place is a gap. Never between two steps of a simulation: see `closeGap`. */
  gap: boolean;
  times: Float64Array;
  slots: Int32Array;
  /** Number of the next event scheduled: ties go to the lower. */
  nextSequence: number;
  /** First of the free slots, which are chained through `next`; −1 when none is left. */
  free: number;
  next: Int32Array;
  /** Below 2³²: a run takes 4·10⁸ steps at most. */
  sequence: Uint32Array;
  kind: Uint8Array;
  /** Index of the node (or station, or workload) it happens at. */
  node: Int32Array;
  /** Index of the other node. */
  peer: Int32Array;
  /** Counter of the message or timer, number of the job. */
  id: Uint32Array;
  /** Trace index of the event that led to it. */
  cause: Int32Array;
  payload: unknown[];
}

/** An empty queue. @param capacity how many events fit before it grows, a power of two or not */
export function createPending(capacity = 64): Pending {
  const pending: Pending = {
    size: 0,
    gap: false,
    times: new Float64Array(capacity + 1), // one more, for the end mark of `sink`
    slots: new Int32Array(capacity),
    nextSequence: 0,
    free: -1,
    next: new Int32Array(capacity),
    sequence: new Uint32Array(capacity),
    kind: new Uint8Array(capacity),
    node: new Int32Array(capacity),
    peer: new Int32Array(capacity),
    id: new Uint32Array(capacity),
    cause: new Int32Array(capacity),
    payload: new Array<unknown>(capacity).fill(undefined),
  };
  chainFree(pending, 0, capacity);
  return pending;
}

/** A slot that is not in use; the caller fills its columns and schedules it. */
export function takeSlot(pending: Pending): number {
  if (pending.free < 0) grow(pending);
  const slot = pending.free;
  pending.free = pending.next[slot]!;
  return slot;
}

/** Gives a slot back. It must not be in the heap. */
export function freeSlot(pending: Pending, slot: number): void {
  pending.kind[slot] = 0;
  pending.payload[slot] = undefined;
  pending.next[slot] = pending.free;
  pending.free = slot;
}

/** Puts a slot into the heap, after all that were scheduled for the same time before. */
export function schedule(pending: Pending, slot: number, time: number): void {
  pending.sequence[slot] = pending.nextSequence++;
  if (pending.gap) {
    pending.gap = false;
    return sink(pending, 0, time, slot);
  }
  const { times, slots } = pending;
  let at = pending.size++;
  // The newest sequence number loses every tie, so on the way up times alone decide.
  while (at > 0) {
    const parent = (at - 1) >> 1;
    const parentTime = times[parent]!;
    if (time >= parentTime) break;
    times[at] = parentTime;
    slots[at] = slots[parent]!;
    at = parent;
  }
  times[at] = time;
  slots[at] = slot;
}

/** Takes the first event out of the heap, which must not be empty; its slot stays taken, its place a gap. */
export function takeFirst(pending: Pending): number {
  if (pending.gap) closeGap(pending);
  if (pending.size === 1) pending.size = 0;
  else pending.gap = true;
  return pending.slots[0]!;
}

/** Moves the last event into the gap, where there is one. Before anybody looks at `size`, `times` or `slots`. */
export function closeGap(pending: Pending): void {
  if (!pending.gap) return;
  pending.gap = false;
  const last = --pending.size;
  sink(pending, 0, pending.times[last]!, pending.slots[last]!);
}

/** Takes a slot out of the heap wherever it is: a search through all of it. @returns its time, or −1 when it is not there */
export function takeOut(pending: Pending, slot: number): number {
  closeGap(pending);
  const at = pending.slots.subarray(0, pending.size).indexOf(slot);
  if (at < 0) return -1;
  const time = pending.times[at]!;
  const last = --pending.size;
  if (at === last) return time;
  const lastTime = pending.times[last]!;
  const lastSlot = pending.slots[last]!;
  // The one that fills the gap may belong above it or below it.
  let hole = at;
  while (hole > 0) {
    const parent = (hole - 1) >> 1;
    if (!before(pending, lastTime, lastSlot, pending.times[parent]!, pending.slots[parent]!)) break;
    pending.times[hole] = pending.times[parent]!;
    pending.slots[hole] = pending.slots[parent]!;
    hole = parent;
  }
  sink(pending, hole, lastTime, lastSlot);
  return time;
}

/** The slot that is due first among those that are wanted, undefined for none: a search through all of them. */
export function findFirst(pending: Pending, isWanted: (slot: number) => boolean): number | undefined {
  closeGap(pending);
  let found = -1;
  for (let at = 0; at < pending.size; at++) {
    if (!isWanted(pending.slots[at]!)) continue;
    if (
      found < 0 ||
      before(pending, pending.times[at]!, pending.slots[at]!, pending.times[found]!, pending.slots[found]!)
    )
      found = at;
  }
  return found < 0 ? undefined : pending.slots[found];
}

/** Slots in the heap, in the order in which they are due. For looking at, not for running. */
export function inOrder(pending: Pending): number[] {
  closeGap(pending);
  const places = Array.from({ length: pending.size }, (_, i) => i);
  places.sort(
    (a, b) =>
      pending.times[a]! - pending.times[b]! ||
      pending.sequence[pending.slots[a]!]! - pending.sequence[pending.slots[b]!]!,
  );
  return places.map((at) => pending.slots[at]!);
}

function before(pending: Pending, time: number, slot: number, otherTime: number, otherSlot: number): boolean {
  return time < otherTime || (time === otherTime && pending.sequence[slot]! < pending.sequence[otherSlot]!);
}

/**
 * Puts (time, slot) into the heap from `hole` down. Which child is earlier is worked out without a branch:
 * the processor would guess it wrong half of the time.
 */
function sink(pending: Pending, hole: number, time: number, slot: number): void {
  const { times, slots, sequence, size } = pending;
  times[size] = Infinity; // stands in for a right child that is not there
  const firstLeaf = size >> 1;
  while (hole < firstLeaf) {
    const left = 2 * hole + 1;
    const leftTime = times[left]!;
    const rightTime = times[left + 1]!;
    let child = left + +(rightTime < leftTime);
    if (rightTime === leftTime && sequence[slots[left + 1]!]! < sequence[slots[left]!]!) child = left + 1;
    const childTime = times[child]!;
    if (childTime >= time && (childTime > time || sequence[slots[child]!]! > sequence[slot]!)) break;
    times[hole] = childTime;
    slots[hole] = slots[child]!;
    hole = child;
  }
  times[hole] = time;
  slots[hole] = slot;
}

function chainFree(pending: Pending, from: number, to: number): void {
  for (let slot = from; slot < to; slot++) pending.next[slot] = slot + 1 < to ? slot + 1 : pending.free;
  pending.free = from;
}

function grow(pending: Pending): void {
  const from = pending.next.length;
  const to = from * 2;
  pending.times = enlarged(pending.times, new Float64Array(to + 1));
  pending.slots = enlarged(pending.slots, new Int32Array(to));
  pending.next = enlarged(pending.next, new Int32Array(to));
  pending.sequence = enlarged(pending.sequence, new Uint32Array(to));
  pending.kind = enlarged(pending.kind, new Uint8Array(to));
  pending.node = enlarged(pending.node, new Int32Array(to));
  pending.peer = enlarged(pending.peer, new Int32Array(to));
  pending.id = enlarged(pending.id, new Uint32Array(to));
  pending.cause = enlarged(pending.cause, new Int32Array(to));
  while (pending.payload.length < to) pending.payload.push(undefined);
  chainFree(pending, from, to);
}

function enlarged<Column extends Float64Array | Int32Array | Uint32Array | Uint8Array>(
  old: Column,
  fresh: Column,
): Column {
  fresh.set(old);
  return fresh;
}
