/**
 * Leaky bucket as a meter: every request pours one unit into a bucket that leaks at a steady rate; a request that would
 * make it run over is refused, and pours nothing.
 *
 * It is the token bucket upside down. What is missing in the one is what stands in the other: level here, capacity
 * minus tokens there. They decide alike, always, and the choice between them is a matter of taste: a meter
 * starts at zero, which is pleasant for counters that may expire.
 *
 * The name is a trap. "Leaky bucket" also means the queue (`leaky-bucket.ts`), which delays requests instead of refusing
 * them and lets no burst through. When someone says leaky bucket, ask which.
 *
 * A unit is counted as 1,000 parts, so that `rate` units a second are exactly `rate` parts a millisecond.
 *
 * Cost: O(1) a request, two numbers a client.
 * Source: J. Turner, "New Directions in Communications", IEEE Communications 24(10), 1986; ITU-T I.371, annex A, has it
 * as the "continuous-state leaky bucket".
 */
import { clockWentBack, type Clock } from './clock.ts';
import { requireCount, type RateLimiter } from './limiter.ts';

/** Parts of a unit: as many as a second has milliseconds. */
const unit = 1000;

export class LeakyMeter implements RateLimiter {
  readonly #rate: number;
  readonly #capacity: number;
  readonly #clock: Clock;
  /** Parts of units in the bucket at the time `#updated`. */
  #level = 0;
  #updated: number;

  /**
   * @param options.rate units that leak in a second
   * @param options.burst units that the bucket holds; it starts empty
   */
  constructor({ rate, burst }: { rate: number; burst: number }, clock: Clock) {
    requireCount('rate', rate);
    requireCount('burst', burst);
    this.#rate = rate;
    this.#capacity = burst * unit;
    this.#clock = clock;
    this.#updated = clock();
  }

  admit(): boolean {
    const now = this.#clock();
    const elapsed = now - this.#updated;
    if (elapsed < 0) throw clockWentBack(this.#updated, now);
    const level = this.#level - elapsed * this.#rate;
    if (level + unit > this.#capacity) return false; // nothing is written down: what has leaked is reckoned again next time
    this.#level = Math.max(0, level) + unit;
    this.#updated = now;
    return true;
  }

  isIdle(): boolean {
    return this.#levelNow() === 0;
  }

  get state(): { level: number } {
    return { level: this.#levelNow() / unit };
  }

  #levelNow(): number {
    return Math.max(0, this.#level - (this.#clock() - this.#updated) * this.#rate);
  }

  get bytes(): number {
    return 2 * 8;
  }

  mostWithin(span: number): number {
    return Math.floor((this.#capacity + this.#rate * span) / unit);
  }
}
