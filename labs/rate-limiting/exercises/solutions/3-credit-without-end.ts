/** Solution of "credit without end": who comes late starts from now, not from a plan that lies in the past. */
import type { Clock } from '../../clock.ts';

/**
 * Parts of time between two requests at the allowed rate; a millisecond has `rate` of them. Big integers, because parts since
 * 1970 are more than other numbers count exactly.
 */
const interval = 1000n;

export class NoCreditForSilence {
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
    const expected = this.#expected > now ? this.#expected : now;
    if (expected - now > this.#tolerance) return false;
    this.#expected = expected + interval;
    return true;
  }

  #now(): bigint {
    return BigInt(this.#clock()) * this.#rate;
  }

  isIdle(): boolean {
    return this.#expected <= this.#now();
  }

  get state(): { ahead: number } {
    return { ahead: Math.max(0, Number(this.#expected - this.#now())) / Number(interval) };
  }

  get bytes(): number {
    return 8;
  }

  mostWithin(span: number): number {
    return Number((this.#tolerance + interval + this.#rate * BigInt(span)) / interval);
  }
}
