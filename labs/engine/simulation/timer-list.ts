/**
 * A node's timers that are set: ids in rising order, each with its slot. Two plain arrays, searched by halving;
 * a node has a few timers, and a Map would cost three times as much.
 */
export interface TimerList {
  ids: number[];
  slots: number[];
}

/** A list without timers. */
export function emptyTimerList(): TimerList {
  return { ids: [], slots: [] };
}

/** Adds a timer, whose id must be above all others. */
export function addTimer(timers: TimerList, id: number, slot: number): void {
  timers.ids.push(id);
  timers.slots.push(slot);
}

/** Takes a timer off the list. @returns its slot, or −1 when it is not set */
export function removeTimer(timers: TimerList, id: number): number {
  const { ids, slots } = timers;
  let low = 0;
  let high = ids.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ids[middle]! < id) low = middle + 1;
    else high = middle;
  }
  if (ids[low] !== id) return -1;
  const slot = slots[low]!;
  for (let i = low + 1; i < ids.length; i++) {
    ids[i - 1] = ids[i]!;
    slots[i - 1] = slots[i]!;
  }
  ids.pop();
  slots.pop();
  return slot;
}
