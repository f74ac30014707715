/**
 * The events that have yet to happen: a binary heap by (time, sequence) over slots of typed columns.
 *
 * Only times and slots move in the heap. The sequence numbers that break ties stay in the slots and are
 * read for equal times alone, so the fixed order costs next to nothing.
 *
 * What is scheduled for the same time as the one scheduled just before it (a broadcast, timers that tick in
 * step) does not enter the heap: it is chained to that one and takes its place when its turn comes.
 *
 * The first event lies at place 1, not 0: its children at 2 and 3, theirs at 4 to 7. Two children then always
 * share a line of the processor's cache.
 *
 * Most events lead to another one, so whatever is taken from the top leaves a gap there that the next one
 * scheduled falls into: one way through the heap instead of two.
 */

/** Slots and the heap over them; plain data, copied as it lies. */
export interface Pending {
  /** How many places of the heap are taken, the gap included: no more than there are events, and 0 when there is none. */
  size: number;
  /** Whether the first place is a gap. Never between two steps of a simulation: see `closeGap`. */
  gap: boolean;
  /** By place in the heap, from 1 on. */
  times: Float64Array;
  slots: Int32Array;
  /** Number of the next event scheduled: ties go to the lower. */
  nextSequence: number;
  /** The slot that was scheduled last, the end of its chain; −1 when it is no longer pending. */
  newest: number;
  /** When it is due. */
  newestTime: number;
  /** First of the free slots, which are chained through `next`; −1 when none is left. */
  free: number;
  /** The slot after this one in its chain: of free ones, or, where `followed` says so, of those due at the same time. */
  next: Int32Array;
  /** 1 where another slot is chained to this one. A column of bytes, because every event is asked. */
  followed: Uint8Array;
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
    times: new Float64Array(capacity + 2), // place 0 is not used; one more, for the end mark of `sink`
    slots: new Int32Array(capacity + 1),
    nextSequence: 0,
    newest: -1,
    newestTime: -1,
    free: -1,
    next: new Int32Array(capacity),
    followed: new Uint8Array(capacity),
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

/** Makes a slot due at a time, after all that were scheduled for the same time before. */
export function schedule(pending: Pending, slot: number, time: number): void {
  const { newest } = pending;
  pending.sequence[slot] = pending.nextSequence++;
  pending.newest = slot;
  if (newest >= 0 && time === pending.newestTime) {
    pending.next[newest] = slot;
    pending.followed[newest] = 1;
    return;
  }
  pending.newestTime = time;
  if (pending.gap) {
    pending.gap = false;
    return sink(pending, 1, time, slot);
  }
  rise(pending, ++pending.size, time, slot);
}

/** When the first event is due; there must be one, and no gap. */
export function firstTime(pending: Pending): number {
  return pending.times[1]!;
}

/** Takes out the first event; there must be one. Its slot stays taken, its place is a gap unless another was chained to it. */
export function takeFirst(pending: Pending): number {
  if (pending.gap) closeGap(pending);
  const slot = pending.slots[1]!;
  if (pending.followed[slot] !== 0) {
    pending.followed[slot] = 0;
    pending.slots[1] = pending.next[slot]!;
    return slot;
  }
  if (slot === pending.newest) pending.newest = -1;
  if (pending.size === 1) pending.size = 0;
  else pending.gap = true;
  return slot;
}

/** Moves the last event into the gap, where there is one. Before anybody looks at `size`, `times` or `slots`. */
export function closeGap(pending: Pending): void {
  if (!pending.gap) return;
  pending.gap = false;
  const last = pending.size--;
  sink(pending, 1, pending.times[last]!, pending.slots[last]!);
}

/** Takes a slot out wherever it is: a search through all of them. @returns its time, or −1 when it is not pending */
export function takeOut(pending: Pending, slot: number): number {
  closeGap(pending);
  for (let at = 1; at <= pending.size; at++) {
    let previous = -1;
    for (let one = pending.slots[at]!; one >= 0; one = follower(pending, one)) {
      if (one === slot) {
        const time = pending.times[at]!;
        unchain(pending, at, previous, slot);
        return time;
      }
      previous = one;
    }
  }
  return -1;
}

/** The slot that is chained to this one, −1 for none. */
function follower(pending: Pending, slot: number): number {
  return pending.followed[slot] === 0 ? -1 : pending.next[slot]!;
}

/** Takes a slot out of the chain at a place of the heap. @param previous the one before it, −1 for none */
function unchain(pending: Pending, at: number, previous: number, slot: number): void {
  const chained = follower(pending, slot);
  pending.followed[slot] = 0;
  if (slot === pending.newest) pending.newest = -1;
  if (previous >= 0) {
    pending.next[previous] = chained;
    pending.followed[previous] = +(chained >= 0);
  } else if (chained >= 0) {
    pending.slots[at] = chained;
  } else {
    empty(pending, at);
  }
}

/** Fills a place of the heap with the last one, which may belong above it or below it. */
function empty(pending: Pending, at: number): void {
  const last = pending.size--;
  if (at === last) return;
  const time = pending.times[last]!;
  const slot = pending.slots[last]!;
  if (at > 1 && isBefore(pending, time, slot, at >> 1)) rise(pending, at, time, slot);
  else sink(pending, at, time, slot);
}

/** A slot and when it is due. */
export interface Due {
  slot: number;
  time: number;
}

/** All that is pending, in no meaningful order. For looking at, not for running. */
export function* allPending(pending: Pending): Generator<Due> {
  closeGap(pending);
  for (let at = 1; at <= pending.size; at++) {
    for (let slot = pending.slots[at]!; slot >= 0; slot = follower(pending, slot)) {
      yield { slot, time: pending.times[at]! };
    }
  }
}

/** All that is pending, in the order in which it is due. For looking at, not for running. */
export function inOrder(pending: Pending): Due[] {
  return [...allPending(pending)].sort(
    (a, b) => a.time - b.time || pending.sequence[a.slot]! - pending.sequence[b.slot]!,
  );
}

/** Whether (time, slot) is due before what lies at a place of the heap. */
function isBefore({ times, slots, sequence }: Pending, time: number, slot: number, at: number): boolean {
  return time < times[at]! || (time === times[at] && sequence[slot]! < sequence[slots[at]!]!);
}

/** Puts (time, slot) into the heap at `hole` or above. */
function rise(pending: Pending, hole: number, time: number, slot: number): void {
  const { times, slots } = pending;
  for (let parent = hole >> 1; parent > 0 && isBefore(pending, time, slot, parent); parent = hole >> 1) {
    times[hole] = times[parent]!;
    slots[hole] = slots[parent]!;
    hole = parent;
  }
  times[hole] = time;
  slots[hole] = slot;
}

/**
 * Puts (time, slot) into the heap at `hole` or below. Which child is earlier is worked out without a branch:
 * the processor would guess it wrong half of the time.
 */
function sink(pending: Pending, hole: number, time: number, slot: number): void {
  const { times, slots, sequence, size } = pending;
  times[size + 1] = Infinity; // stands in for a right child that is not there
  for (let left = 2 * hole; left <= size; left = 2 * hole) {
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
  pending.times = enlarged(pending.times, new Float64Array(to + 2));
  pending.slots = enlarged(pending.slots, new Int32Array(to + 1));
  pending.next = enlarged(pending.next, new Int32Array(to));
  pending.followed = enlarged(pending.followed, new Uint8Array(to));
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
