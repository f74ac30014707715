/**
 * Leaky bucket as a queue: requests wait in a bucket and leave it one by one at a steady rate, like drops from a
 * hole; a request that finds the bucket full is refused.
 *
 * What comes in bursts goes out in even steps. The server behind it never sees two requests closer together than
 * 1/rate, and the client pays with waiting: up to burst/rate. That makes it a *shaper*, where the others are
 * *policers*, who refuse but never delay.
 *
 * No queue is kept, and no timer. All that matters is when the next request could leave: what comes earlier
 * waits until then, and how many wait follows from how far away that is.
 *
 * Use it in front of something that cannot take bursts: a partner's API, a disk, a link. Not where a late answer is worth
 * nothing: a request that waits for two seconds and then finds its client gone is worse than one that is refused at once.
 *
 * Times are counted in `rate` parts a millisecond, so that 1/rate is exactly 1,000 parts whatever the rate.
 *
 * Cost: O(1) a request, one number a client, and whatever holds the requests that wait.
 * Source: A. Tanenbaum, "Computer Networks", on traffic shaping; nginx's `limit_req` without `nodelay` is one.
 */
import { clockWentBack, type Clock } from './clock.ts';
import { requireCount, type RateLimiter } from './limiter.ts';

/** Parts of time between two departures. */
const interval = 1000;

export class LeakyBucket implements RateLimiter {
  readonly #rate: number;
  /** Parts of time that a request may have to wait: as many intervals as the bucket has places. */
  readonly #longestWait: number;
  readonly #clock: Clock;
  /**
   * When somebody last came while nobody waited. Times are counted from here: in parts since 1970 they would leave the
   * range in which numbers are exact.
   */
  #epoch: number;
  /** When the next request can leave. */
  #nextDeparture = 0;
  #wait = 0;
  /** Only to notice a clock that is set back. */
  #latest = 0;

  /**
   * @param options.rate requests that leave in a second
   * @param options.burst requests that can wait at the same time
   */
  constructor({ rate, burst }: { rate: number; burst: number }, clock: Clock) {
    requireCount('rate', rate);
    requireCount('burst', burst);
    this.#rate = rate;
    this.#longestWait = burst * interval;
    this.#clock = clock;
    this.#epoch = clock();
  }

  admit(): boolean {
    const wait = this.#nextDeparture - this.#now();
    if (wait > this.#longestWait) return false;
    if (wait <= 0) this.#beginAnew();
    this.#wait = Math.max(0, wait);
    this.#nextDeparture += interval;
    return true;
  }

  /** Nobody waits: what was before does not matter any more. */
  #beginAnew(): void {
    this.#epoch += this.#latest;
    this.#latest = 0;
    this.#nextDeparture = 0;
  }

  /** Milliseconds that the request admitted last has to wait. */
  get delay(): number {
    return this.#wait / this.#rate;
  }

  isIdle(): boolean {
    return this.#nextDeparture <= this.#now();
  }

  /** How many requests wait. */
  get state(): { waiting: number } {
    return { waiting: Math.max(0, Math.ceil((this.#nextDeparture - this.#now()) / interval) - 1) };
  }

  /** In parts since the epoch. */
  #now(): number {
    const elapsed = this.#clock() - this.#epoch;
    if (elapsed < this.#latest) throw clockWentBack(this.#epoch + this.#latest, this.#epoch + elapsed);
    this.#latest = elapsed;
    return elapsed * this.#rate;
  }

  get bytes(): number {
    return 2 * 8;
  }

  /** Of those that leave: one at each interval, whatever came in. */
  mostWithin(span: number): number {
    return Math.floor((this.#rate * span) / interval) + 1;
  }
}
