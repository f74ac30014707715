/**
 * Exercise for beginners: one more than allowed.
 *
 * This fixed window counts the requests of the current window and refuses when there are too many. Nearly.
 *
 * Run it on *The boundary burst* with seed 7 and set `requests` to 30. The check *No span gets more than was promised*
 * is broken: its detail says how many requests got through, and two windows of ten may let through twenty. Mend
 * `admit`. You are done when the check holds, there and on *Twice too many*, and as many requests are admitted
 * as by the fixed window.
 *
 * Hints, one after the other: ../exercises.ts. A solution: solutions/1-one-more-than-allowed.ts.
 */
import type { Clock } from '../clock.ts';
import type { RateLimiter } from '../limiter.ts';

export class OneMoreThanAllowed implements RateLimiter {
  readonly #limit: number;
  readonly #window: number;
  readonly #clock: Clock;
  #number = -1;
  #count = 0;

  constructor({ limit, window }: { limit: number; window: number }, clock: Clock) {
    this.#limit = limit;
    this.#window = window;
    this.#clock = clock;
  }

  admit(): boolean {
    const number = Math.floor(this.#clock() / this.#window);
    if (number !== this.#number) {
      this.#number = number;
      this.#count = 0;
    }
    if (this.#count > this.#limit) return false;
    this.#count++;
    return true;
  }

  isIdle(): boolean {
    return Math.floor(this.#clock() / this.#window) !== this.#number;
  }

  get state(): { count: number } {
    return { count: this.isIdle() ? 0 : this.#count };
  }

  get bytes(): number {
    return 2 * 8;
  }

  mostWithin(span: number): number {
    return this.#limit * (Math.ceil((span - 1) / this.#window) + 1);
  }
}
