/**
 * Fixed window: counts the requests of the current minute (or second, or hour), and starts again at zero when the next
 * one begins.
 *
 * The simplest limiter there is: one counter, one comparison, and easy to share, since "increment and expire" is
 * what every cache server can do. Its flaw stands in its name. The window does not move: a client that
 * sends its whole limit in the last moment of one window and again in the first of the next gets twice the
 * limit through in next to no time, and that is not bad luck but something one can aim at.
 *
 * Use it for quotas that belong to the calendar (10,000 calls a day), where the edge does not hurt. To protect a
 * server take the sliding counter: it costs one number more.
 *
 * Cost: O(1) a request, two numbers a client.
 * Source: folklore. `INCR` with `EXPIRE` in the documentation of Redis is the form that most people have met.
 */
import { clockWentBack, type Clock } from './clock.ts';
import { requireCount, type RateLimiter } from './limiter.ts';

export class FixedWindow implements RateLimiter {
  readonly #limit: number;
  readonly #length: number;
  readonly #clock: Clock;
  /** When the current window ends. Windows begin at whole multiples of their length. */
  #end = -Infinity;
  #count = 0;

  /**
   * @param options.limit requests that a window admits
   * @param options.window its length in milliseconds
   */
  constructor({ limit, window }: { limit: number; window: number }, clock: Clock) {
    requireCount('limit', limit);
    requireCount('window', window);
    this.#limit = limit;
    this.#length = window;
    this.#clock = clock;
  }

  admit(): boolean {
    const now = this.#clock();
    const left = this.#end - now;
    if (left <= 0 || left > this.#length) this.#turnOver(now);
    if (this.#count >= this.#limit) return false;
    this.#count++;
    return true;
  }

  #turnOver(now: number): void {
    const begin = now - (now % this.#length);
    if (begin < this.#end) throw clockWentBack(this.#end - this.#length, now);
    this.#count = 0;
    this.#end = begin + this.#length;
  }

  isIdle(): boolean {
    return this.#clock() >= this.#end;
  }

  get state(): { count: number } {
    return { count: this.isIdle() ? 0 : this.#count };
  }

  get bytes(): number {
    return 2 * 8;
  }

  /** A span that is as long as a window can touch two of them: twice the limit. */
  mostWithin(span: number): number {
    return this.#limit * (Math.ceil((span - 1) / this.#length) + 1);
  }
}
