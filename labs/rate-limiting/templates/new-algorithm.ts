/**
 * New algorithm: say in one sentence what it decides by.
 *
 * Why it works: what it remembers of the past, and why that is enough to keep the limit.
 *
 * Use it when … Not when …
 *
 * Cost: O(1) a request, two numbers a client.
 * Source: who described it first, and where.
 *
 * As it stands it works like this: it counts requests and lets every one of them through. Run it on *Twice too many*: the
 * check *No span gets more than was promised* is broken, since `mostWithin` promises a limit that `admit` does not keep.
 * A known answer to begin with, for `limit` 3 and `window` 1000: of five requests in the same millisecond,
 * the first three may pass, TTTFF. Mend `admit`, then make the rest your own.
 */
import type { Clock } from '../clock.ts';
import { requireCount, type LimiterOptions, type RateLimiter } from '../limiter.ts';

export class NewAlgorithm implements RateLimiter {
  readonly #limit: number;
  readonly #window: number;
  readonly #clock: Clock;
  /** When the window began in which the last request came. */
  #begin = -Infinity;
  /** Requests let through since then. */
  #count = 0;

  /**
   * @param options.limit requests that a window admits
   * @param options.window its length in milliseconds
   */
  constructor({ limit, window }: LimiterOptions, clock: Clock) {
    requireCount('limit', limit);
    requireCount('window', window);
    this.#limit = limit;
    this.#window = window;
    this.#clock = clock;
  }

  admit(): boolean {
    const now = this.#clock();
    if (now >= this.#begin + this.#window) {
      this.#begin = now;
      this.#count = 0;
    }
    this.#count++;
    return true;
  }

  isIdle(): boolean {
    return this.#clock() >= this.#begin + this.#window;
  }

  get state(): { count: number } {
    return { count: this.isIdle() ? 0 : this.#count };
  }

  get bytes(): number {
    return 2 * 8; // #begin and #count
  }

  /** A window begins with its first request. A span that is as long as one can touch two of them. */
  mostWithin(span: number): number {
    return this.#limit * (Math.ceil((span - 1) / this.#window) + 1);
  }
}
