/**
 * Broken on purpose. Token bucket: tokens drip in at a steady rate, a request takes one.
 */
import type { Clock } from '../clock.ts';
import type { RateLimiter } from '../limiter.ts';

export class TimeInDoubles implements RateLimiter {
  readonly #rate: number;
  readonly #capacity: number;
  readonly #clock: Clock;
  #tokens: number;
  #updated: number;

  constructor({ rate, burst }: { rate: number; burst: number }, clock: Clock) {
    this.#rate = rate;
    this.#capacity = burst;
    this.#clock = clock;
    this.#tokens = burst;
    this.#updated = clock() / 1000;
  }

  admit(): boolean {
    const seconds = this.#clock() / 1000;
    this.#tokens = Math.min(this.#capacity, this.#tokens + (seconds - this.#updated) * this.#rate);
    this.#updated = seconds;
    if (this.#tokens < 1) return false;
    this.#tokens -= 1;
    return true;
  }

  isIdle(): boolean {
    return this.#tokens + (this.#clock() / 1000 - this.#updated) * this.#rate >= this.#capacity;
  }

  get state(): { tokens: number } {
    return { tokens: this.#tokens };
  }

  get bytes(): number {
    return 2 * 8;
  }

  mostWithin(span: number): number {
    return Math.floor(this.#capacity + (this.#rate * span) / 1000);
  }
}
