/**
 * The contract of this lab: whether a request may pass now.
 *
 * A limiter speaks for one client (`keyed.ts` keeps one for each of many). It is made with its settings and a
 * clock, and asks the clock itself: who calls it cannot get the time wrong.
 */
import { defineContract, namedNumbers, numberFrom, trueOrFalse } from 'system-design-labs/engine';
import type { Clock } from './clock.ts';

/** Decides about requests, one after the other. */
export interface RateLimiter {
  /**
   * Decides about a request that arrives now.
   * @returns whether it is let through
   * @throws RangeError when the clock has gone backwards
   */
  admit(): boolean;

  /** Whether it remembers nothing that matters any more: a new limiter in its place would decide the same. */
  isIdle(): boolean;

  /** What it remembers, as numbers with names, the most telling one first: what the picture shows. */
  readonly state: Readonly<Record<string, number>>;

  /** Bytes of numbers that it keeps at the moment. */
  readonly bytes: number;

  /**
   * The most requests that it promises to pass on within any `span` milliseconds. Left out by limiters that
   * promise nothing.
   */
  mostWithin?(span: number): number;

  /** Milliseconds until the request admitted last is passed on. Left out by limiters that pass on at once. */
  readonly delay?: number;
}

export const contract = defineContract<RateLimiter>({
  interface: 'RateLimiter',
  members: {
    admit: { returns: trueOrFalse },
    isIdle: { returns: trueOrFalse },
    state: { holds: namedNumbers },
    bytes: { holds: numberFrom(0) },
    mostWithin: { returns: numberFrom(0), optional: true },
    delay: { holds: numberFrom(0), optional: true },
  },
  offers: {
    luck: 'a limiter has no luck: decide by the clock and by what it remembers',
    clock: 'ask the clock that the constructor is given',
    timers: 'a limiter has no timers: work out at the next request what has happened since',
  },
});

/** What a limiter is made with; each takes what it needs. */
export interface LimiterOptions {
  /** Requests that a window admits. */
  limit: number;
  /** Length of a window in milliseconds. */
  window: number;
  /** Requests a second in the long run. */
  rate: number;
  /** Requests that may come at once after a silence. */
  burst: number;
}

/** A class that limits. */
export type RateLimiterClass = new (options: LimiterOptions, clock: Clock) => RateLimiter;

/** @throws RangeError when a setting is not a whole number of 1 or more */
export function requireCount(name: string, value: number): void {
  if (!Number.isSafeInteger(value) || value < 1) {
    throw new RangeError(`${name} must be a whole number of 1 or more, not ${value}`);
  }
}
