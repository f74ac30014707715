/**
 * GCRA, the generic cell rate algorithm: keeps a single time, the *theoretical arrival time* of the next request if all
 * of them came at exactly the allowed rate. A request may come earlier than that, but not by more than a tolerance.
 *
 * Each admitted request moves the theoretical time on by T, the time between two requests at the allowed rate. Who
 * comes late starts from now. Who comes early runs ahead of the plan, and is refused when the plan is further
 * ahead than the tolerance τ. With τ = (burst − 1) · T it decides exactly as a token bucket of `burst` tokens.
 *
 * The charm is the state: one number a client, and one that expires by itself when it lies in the past. So it
 * fits a single compare-and-set on a shared store, which is why redis-cell and many gateways use it.
 *
 * Times are counted in `rate` parts a millisecond, so that T is exactly 1,000 parts whatever the rate.
 *
 * Cost: O(1) a request, one number a client.
 * Source: ITU-T Recommendation I.371, annex A ("virtual scheduling algorithm"), where it polices cells on ATM networks.
 */
import { clockWentBack, type Clock } from './clock.ts';
import { requireCount, type RateLimiter } from './limiter.ts';

/** T: parts of time between two requests at the allowed rate. */
const interval = 1000;

export class Gcra implements RateLimiter {
  readonly #rate: number;
  /** τ: parts of time that a request may come early. */
  readonly #tolerance: number;
  readonly #clock: Clock;
  /**
   * When a request last came late or on time. Times are counted from here: in parts since 1970 they would leave the
   * range in which numbers are exact. A shared store keeps whole times instead, or wider numbers.
   */
  #epoch: number;
  /** The theoretical arrival time. */
  #expected = 0;
  /** Only to notice a clock that is set back: a shared store does without. */
  #latest = 0;

  /**
   * @param options.rate requests a second in the long run
   * @param options.burst requests that may come at once after a silence
   */
  constructor({ rate, burst }: { rate: number; burst: number }, clock: Clock) {
    requireCount('rate', rate);
    requireCount('burst', burst);
    this.#rate = rate;
    this.#tolerance = (burst - 1) * interval;
    this.#clock = clock;
    this.#epoch = clock();
  }

  admit(): boolean {
    const early = this.#expected - this.#now();
    if (early > this.#tolerance) return false;
    if (early <= 0) this.#beginAnew();
    this.#expected += interval;
    return true;
  }

  /** Who comes late starts from now: what was before does not matter any more. */
  #beginAnew(): void {
    this.#epoch += this.#latest;
    this.#latest = 0;
    this.#expected = 0;
  }

  isIdle(): boolean {
    return this.#expected <= this.#now();
  }

  /** How far the plan is ahead of the clock, in requests. */
  get state(): { ahead: number } {
    return { ahead: Math.max(0, this.#expected - this.#now()) / interval };
  }

  /** In parts since the epoch. */
  #now(): number {
    const elapsed = this.#clock() - this.#epoch;
    if (elapsed < this.#latest) throw clockWentBack(this.#epoch + this.#latest, this.#epoch + elapsed);
    this.#latest = elapsed;
    return elapsed * this.#rate;
  }

  /** `#epoch` and `#expected` together say one time, and a store keeps it as one number. */
  get bytes(): number {
    return 8;
  }

  mostWithin(span: number): number {
    return Math.floor((this.#tolerance + interval + this.#rate * span) / interval);
  }
}
