/**
 * Sliding window log: writes down when each request was admitted, and admits another while fewer than `limit` of them
 * lie within the last window.
 *
 * It is the definition itself, executed: whatever span of one window one looks at, no more than the limit
 * was let through. Exact, and the measure of the others. The price is memory, one time for each
 * request of the limit, for each client: a million clients at 1,000 a minute are 8 GB.
 *
 * The log is a ring: the place where the next time goes is where the oldest one stands, and that oldest one decides
 * alone. If it is a window old or more, there is room. (Many implementations keep a list and drop what is
 * old from its front: the same answer at a cost that grows with the limit.)
 *
 * Use it where the limit is small or must be exact: log-in attempts, payments.
 *
 * Cost: O(1) a request, 8 · limit bytes a client.
 * Source: folklore; described as "sliding window log" in N. Mahdi, "An alternative approach to rate limiting", Figma 2017.
 */
import { clockWentBack, type Clock } from './clock.ts';
import { requireCount, type RateLimiter } from './limiter.ts';

export class SlidingLog implements RateLimiter {
  readonly #limit: number;
  readonly #window: number;
  readonly #clock: Clock;
  /** When the last `limit` requests were admitted, as a ring. Typed: eight bytes a time, and nothing is ever shifted. */
  readonly #times: Float64Array;
  /** Where the oldest of them stands, and the next one will. */
  #oldest = 0;
  #latest = -Infinity;

  /**
   * @param options.limit requests that any span of one window admits
   * @param options.window its length in milliseconds
   */
  constructor({ limit, window }: { limit: number; window: number }, clock: Clock) {
    requireCount('limit', limit);
    requireCount('window', window);
    this.#limit = limit;
    this.#window = window;
    this.#clock = clock;
    this.#times = new Float64Array(limit).fill(-Infinity);
  }

  admit(): boolean {
    const now = this.#clock();
    if (now < this.#latest) throw clockWentBack(this.#latest, now);
    this.#latest = now;
    if (now - this.#times[this.#oldest]! < this.#window) return false;
    this.#times[this.#oldest] = now;
    this.#oldest++;
    if (this.#oldest === this.#limit) this.#oldest = 0;
    return true;
  }

  isIdle(): boolean {
    return this.#clock() - this.#latest >= this.#window;
  }

  get state(): { logged: number } {
    const since = this.#clock() - this.#window;
    return { logged: this.#times.reduce((count, time) => (time > since ? count + 1 : count), 0) };
  }

  get bytes(): number {
    return this.#times.byteLength + 2 * 8;
  }

  mostWithin(span: number): number {
    return this.#limit * Math.ceil(span / this.#window);
  }
}
