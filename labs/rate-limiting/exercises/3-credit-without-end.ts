/**
 * Exercise, advanced: credit without end.
 *
 * This GCRA keeps the theoretical arrival time and refuses who comes too early. It passes every test that
 * keeps it busy. Then a client goes silent for a while.
 *
 * Run it on *A burst after silence* with seed 7, and set `window` to 100 to look at spans of a tenth of a second. The
 * check *No span gets more than was promised* is broken: more than the burst of ten got through at once. Mend
 * `admit`. You are done when the check holds there, on *Twice too many* and on *On a hair*, and as many requests are
 * admitted as by the token bucket.
 *
 * Hints, one after the other: ../exercises.ts. A solution: solutions/3-credit-without-end.ts.
 */
import type { Clock } from '../clock.ts';
import type { RateLimiter } from '../limiter.ts';

/**
 * Parts of time between two requests at the allowed rate; a millisecond has `rate` of them. Big integers, because parts since
 * 1970 are more than other numbers count exactly.
 */
const interval = 1000n;

export class CreditWithoutEnd implements RateLimiter {
  readonly #rate: bigint;
  readonly #tolerance: bigint;
  readonly #clock: Clock;
  #expected: bigint;

  constructor({ rate, burst }: { rate: number; burst: number }, clock: Clock) {
    this.#rate = BigInt(rate);
    this.#tolerance = BigInt(burst - 1) * interval;
    this.#clock = clock;
    this.#expected = this.#now();
  }

  admit(): boolean {
    const now = this.#now();
    if (this.#expected - now > this.#tolerance) return false;
    this.#expected += interval;
    return true;
  }

  #now(): bigint {
    return BigInt(this.#clock()) * this.#rate;
  }

  isIdle(): boolean {
    return this.#expected <= this.#now();
  }

  get state(): { ahead: number } {
    return { ahead: Number(this.#expected - this.#now()) / Number(interval) };
  }

  get bytes(): number {
    return 8;
  }

  mostWithin(span: number): number {
    return Number((this.#tolerance + interval + this.#rate * BigInt(span)) / interval);
  }
}
