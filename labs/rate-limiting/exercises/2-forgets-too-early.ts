/**
 * Exercise, intermediate: forgets too early.
 *
 * This sliding window log keeps the times of admitted requests in a list and drops from its front what no longer
 * counts. Most runs find nothing wrong with it.
 *
 * Run it on *Twice too many* with seed 7, and set `arrivals` to constant, `interval` to 111 and `limit` to 9. The check
 * *No span gets more than was promised* is broken by a single request. Find out which, and mend `admit`. You are
 * done when the check holds there and on *The boundary burst*, and as many requests are admitted as by the sliding log.
 *
 * Hints, one after the other: ../exercises.ts. A solution: solutions/2-forgets-too-early.ts.
 */
import type { Clock } from '../clock.ts';
import type { RateLimiter } from '../limiter.ts';

export class ForgetsTooEarly implements RateLimiter {
  readonly #limit: number;
  readonly #window: number;
  readonly #clock: Clock;
  #times: number[] = [];

  constructor({ limit, window }: { limit: number; window: number }, clock: Clock) {
    this.#limit = limit;
    this.#window = window;
    this.#clock = clock;
  }

  admit(): boolean {
    const now = this.#clock();
    this.#times = this.#times.filter((time) => time + this.#window - 1 > now);
    if (this.#times.length >= this.#limit) return false;
    this.#times.push(now);
    return true;
  }

  isIdle(): boolean {
    return this.#clock() - (this.#times.at(-1) ?? -Infinity) >= this.#window;
  }

  get state(): { logged: number } {
    return { logged: this.#times.length };
  }

  get bytes(): number {
    return 8 * this.#times.length;
  }

  mostWithin(span: number): number {
    return this.#limit * Math.ceil(span / this.#window);
  }
}
