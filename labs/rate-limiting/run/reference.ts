/**
 * The algorithms once more, in the plainest words and in exact arithmetic, to judge decisions by: no cleverness,
 * nothing kept but what was admitted and when. Slow on purpose.
 */
import type { Values } from '../parameters.ts';

/** Whether a request at `now` should be admitted. @param admitted times of those admitted before, ascending */
type Rule = (now: number, admitted: readonly number[], values: Values) => boolean;

/** Counts the times in [from, to). */
function between(admitted: readonly number[], from: number, to: number): number {
  let count = 0;
  for (let i = admitted.length - 1; i >= 0 && admitted[i]! >= from; i--) if (admitted[i]! < to) count++;
  return count;
}

const fixedWindow: Rule = (now, admitted, { limit, window }) =>
  between(admitted, now - (now % window), now + 1) < limit;

const slidingLog: Rule = (now, admitted, { limit, window }) => between(admitted, now - window + 1, now + 1) < limit;

const slidingCounter: Rule = (now, admitted, { limit, window }) => {
  const elapsed = now % window;
  const start = now - elapsed;
  const previous = between(admitted, start - window, start);
  const current = between(admitted, start, now + 1);
  return previous * (window - elapsed) + current * window < limit * window;
};

/** A bucket of thousandths, filled and emptied request by request. */
const tokenBucket: Rule = (now, admitted, { rate, burst }) => {
  const full = BigInt(burst) * 1000n;
  let level = full;
  let at = 0;
  const fillUntil = (time: number): void => {
    level += BigInt(time - at) * BigInt(rate);
    if (level > full) level = full;
    at = time;
  };
  for (const time of admitted) {
    fillUntil(time);
    level -= 1000n;
  }
  fillUntil(now);
  return level >= 1000n;
};

/** Each admitted request leaves an interval after the one before it, or when it comes. */
const queue: Rule = (now, admitted, { rate, burst }) => {
  let nextDeparture = 0n;
  for (const time of admitted) {
    const arrival = BigInt(time) * BigInt(rate);
    nextDeparture = (nextDeparture > arrival ? nextDeparture : arrival) + 1000n;
  }
  return nextDeparture - BigInt(now) * BigInt(rate) <= BigInt(burst) * 1000n;
};

const rules: Readonly<Record<string, Rule>> = {
  'fixed-window': fixedWindow,
  'sliding-log': slidingLog,
  'sliding-counter': slidingCounter,
  'token-bucket': tokenBucket,
  'leaky-bucket': queue,
  'leaky-meter': tokenBucket,
  gcra: tokenBucket,
  'broken-time-in-doubles': tokenBucket,
  'broken-tick-per-call': tokenBucket,
  'broken-never-cleaned': fixedWindow,
};

/** The rule that an algorithm follows, or undefined for one that this lab does not know. */
export function ruleOf(algorithm: string): Rule | undefined {
  return rules[algorithm];
}
