/**
 * Time as the limiters see it: whole milliseconds since some moment that does not matter.
 *
 * Whole numbers, because decisions hang on a hair. A bucket that gains a tenth of a token ten times over holds
 * 0.9999999999999999 tokens in floating point, and refuses a request that it owes. Injected, because a test
 * must not sleep, and a replay must not depend on the hour.
 */

/** Reads the time in whole milliseconds; never less than the time before. `Date.now` will do until someone sets it back. */
export type Clock = () => number;

/** The error for a clock that was set back: to go on would be to forget, or to invent, whatever happened since. */
export function clockWentBack(from: number, to: number): RangeError {
  return new RangeError(
    `the clock went backwards, from ${from} to ${to} ms: give the limiter one that cannot be set, such as performance.now in whole milliseconds`,
  );
}
