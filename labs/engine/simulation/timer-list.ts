/**
 * A node's timers that are set, in the order in which they were set: id and slot of the first, id and slot of the
 * second, and so on. One array of numbers, looked through from its beginning: a node has a few timers, and a Map, or
 * an object for each, would cost several times as much.
 */
export type TimerList = number[];

/** Adds a timer. */
export function addTimer(timers: TimerList, id: number, slot: number): void {
  timers.push(id, slot);
}

/** Takes a timer off the list. @returns its slot, or −1 when it is not set */
export function removeTimer(timers: TimerList, id: number): number {
  let at = 0;
  while (at < timers.length && timers[at] !== id) at += 2;
  if (at === timers.length) return -1;
  const slot = timers[at + 1]!;
  for (let i = at + 2; i < timers.length; i++) timers[i - 2] = timers[i]!;
  timers.pop();
  timers.pop();
  return slot;
}

/** The ids of the timers that are set. */
export function timerIds(timers: TimerList): number[] {
  return timers.filter((_, i) => i % 2 === 0);
}

/** Their slots. */
export function timerSlots(timers: TimerList): number[] {
  return timers.filter((_, i) => i % 2 === 1);
}
