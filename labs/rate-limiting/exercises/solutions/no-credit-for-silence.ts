/** Solution of "credit without end": who comes late starts from now, not from a plan that lies in the past. */
import type { Clock } from '../../clock.ts';

/** Parts of time between two requests at the allowed rate; a millisecond has `rate` of them. */
const interval = 1000;

export class NoCreditForSilence {
  readonly #rate: number;
  readonly #tolerance: number;
  readonly #clock: Clock;
  #expected: number;

  constructor({ rate, burst }: { rate: number; burst: number }, clock: Clock) {
    this.#rate = rate;
    this.#tolerance = (burst - 1) * interval;
    this.#clock = clock;
    this.#expected = clock() * rate;
  }

  admit(): boolean {
    const now = this.#clock() * this.#rate;
    const expected = Math.max(this.#expected, now);
    if (expected - now > this.#tolerance) return false;
    this.#expected = expected + interval;
    return true;
  }

  isIdle(): boolean {
    return this.#expected <= this.#clock() * this.#rate;
  }

  get state(): { ahead: number } {
    return { ahead: Math.max(0, this.#expected - this.#clock() * this.#rate) / interval };
  }

  get bytes(): number {
    return 8;
  }

  mostWithin(span: number): number {
    return Math.floor((this.#tolerance + interval + this.#rate * span) / interval);
  }
}
