/**
 * Token bucket: tokens drip into a bucket at a steady rate until it is full; a request takes one, and is refused when
 * there is none.
 *
 * Two numbers say what is allowed: the rate in the long run, and the burst that may come at once after a
 * silence. People and programs come in bursts, and this is the limiter that lets them, without letting the
 * long run out of its hand. Nobody needs to drip, either: when a request comes, the tokens that would have
 * dripped since the last one are added in one step.
 *
 * A token is counted as 1,000 parts, since then a rate of `rate` tokens a second is exactly `rate` parts a
 * millisecond. Nothing is ever rounded.
 *
 * Use it for APIs (Stripe, AWS, and the kernel's traffic control do). Where bursts must not reach what is behind,
 * take the leaky bucket as a queue.
 *
 * Cost: O(1) a request, two numbers a client.
 * Source: J. Turner, "New Directions in Communications", IEEE Communications 24(10), 1986, for the idea; RFC 2697 for
 * its usual form.
 */
import { clockWentBack, type Clock } from './clock.ts';
import { requireCount, type RateLimiter } from './limiter.ts';

/** Parts of a token: as many as a second has milliseconds. */
const token = 1000;

export class TokenBucket implements RateLimiter {
  readonly #rate: number;
  readonly #capacity: number;
  readonly #clock: Clock;
  /** Parts of tokens in the bucket at the time `#updated`. */
  #level: number;
  #updated: number;

  /**
   * @param options.rate tokens a second
   * @param options.burst tokens that the bucket holds; it starts full
   */
  constructor({ rate, burst }: { rate: number; burst: number }, clock: Clock) {
    requireCount('rate', rate);
    requireCount('burst', burst);
    this.#rate = rate;
    this.#capacity = burst * token;
    this.#clock = clock;
    this.#level = this.#capacity;
    this.#updated = clock();
  }

  admit(): boolean {
    const now = this.#clock();
    const elapsed = now - this.#updated;
    if (elapsed < 0) throw clockWentBack(this.#updated, now);
    const level = this.#level + elapsed * this.#rate;
    if (level < token) return false; // nothing is written down: what has dripped is reckoned again next time
    this.#level = Math.min(this.#capacity, level) - token;
    this.#updated = now;
    return true;
  }

  isIdle(): boolean {
    return this.#levelNow() === this.#capacity;
  }

  get state(): { tokens: number } {
    return { tokens: this.#levelNow() / token };
  }

  #levelNow(): number {
    return Math.min(this.#capacity, this.#level + (this.#clock() - this.#updated) * this.#rate);
  }

  get bytes(): number {
    return 2 * 8;
  }

  mostWithin(span: number): number {
    return Math.floor((this.#capacity + this.#rate * span) / token);
  }
}
