/** Simulated time: whole nanoseconds below 2⁵³, which is 104 days. */

/** Whole nanoseconds. */
export type Nanoseconds = number;

export const nanosecondsPerMillisecond = 1e6;

/** n microseconds in nanoseconds, rounded. */
export function microseconds(n: number): Nanoseconds {
  return Math.round(n * 1e3);
}

/** n milliseconds in nanoseconds, rounded. */
export function milliseconds(n: number): Nanoseconds {
  return Math.round(n * 1e6);
}

/** n seconds in nanoseconds, rounded. */
export function seconds(n: number): Nanoseconds {
  return Math.round(n * 1e9);
}

/** A time as people read it: 1.25 s, 3.5 ms, 20 ns. */
export function readableTime(time: Nanoseconds): string {
  const size = Math.abs(time);
  if (size >= 1e9) return `${trimmed(time / 1e9)} s`;
  if (size >= 1e6) return `${trimmed(time / 1e6)} ms`;
  if (size >= 1e3) return `${trimmed(time / 1e3)} µs`;
  return `${time} ns`;
}

function trimmed(value: number): string {
  return String(Number(value.toFixed(3)));
}
