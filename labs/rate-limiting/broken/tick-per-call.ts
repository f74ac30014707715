/**
 * Broken on purpose. Token bucket, refilled ten times a second with a tenth of a second's tokens.
 */
import type { Clock } from '../clock.ts';
import type { RateLimiter } from '../limiter.ts';

const ticksPerSecond = 10;

export class TickPerCall implements RateLimiter {
  readonly #rate: number;
  readonly #capacity: number;
  readonly #clock: Clock;
  /** Tenths of tokens. */
  #level: number;
  #lastTick: number;

  constructor({ rate, burst }: { rate: number; burst: number }, clock: Clock) {
    this.#rate = rate;
    this.#capacity = burst * ticksPerSecond;
    this.#clock = clock;
    this.#level = this.#capacity;
    this.#lastTick = clock();
  }

  admit(): boolean {
    this.#tick();
    if (this.#level < ticksPerSecond) return false;
    this.#level -= ticksPerSecond;
    return true;
  }

  #tick(): void {
    this.#level = Math.min(this.#capacity, this.#level + this.#rate);
    this.#lastTick = this.#clock();
  }

  isIdle(): boolean {
    return this.#level === this.#capacity || this.#clock() - this.#lastTick > 60_000;
  }

  get state(): { tokens: number } {
    return { tokens: this.#level / ticksPerSecond };
  }

  get bytes(): number {
    return 2 * 8;
  }

  mostWithin(span: number): number {
    return Math.floor(this.#capacity / ticksPerSecond + (this.#rate * span) / 1000);
  }
}
