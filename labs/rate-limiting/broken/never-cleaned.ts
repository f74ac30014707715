/**
 * Broken on purpose. Fixed window: a counter for each window, by its number.
 */
import { clockWentBack, type Clock } from '../clock.ts';
import type { RateLimiter } from '../limiter.ts';

export class NeverCleaned implements RateLimiter {
  readonly #limit: number;
  readonly #window: number;
  readonly #clock: Clock;
  readonly #counts = new Map<number, number>();
  #latest = -Infinity;

  constructor({ limit, window }: { limit: number; window: number }, clock: Clock) {
    this.#limit = limit;
    this.#window = window;
    this.#clock = clock;
  }

  admit(): boolean {
    const now = this.#clock();
    if (now < this.#latest) throw clockWentBack(this.#latest, now);
    this.#latest = now;
    const window = Math.floor(now / this.#window);
    const count = this.#counts.get(window) ?? 0;
    if (count >= this.#limit) return false;
    this.#counts.set(window, count + 1);
    return true;
  }

  isIdle(): boolean {
    return !this.#counts.has(Math.floor(this.#clock() / this.#window));
  }

  get state(): { count: number } {
    return { count: this.#counts.get(Math.floor(this.#clock() / this.#window)) ?? 0 };
  }

  get bytes(): number {
    return 2 * 8 * this.#counts.size;
  }

  mostWithin(span: number): number {
    return this.#limit * (Math.ceil((span - 1) / this.#window) + 1);
  }
}
