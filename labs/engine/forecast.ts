/** Foresees how long a run will take, so that one that cannot finish in time says so before the time is spent. */
import { endsAs } from './engine-error.ts';

/** The run would take longer than its deadline; said before the time is spent. */
export class ForecastError extends Error {
  override readonly name = 'ForecastError';
  readonly [endsAs] = 'forecast';
  /** Estimated milliseconds for the whole run. */
  readonly estimate: number;

  constructor(estimate: number, deadline: number) {
    const [all, allowed] = [seconds(estimate), seconds(deadline)];
    const about = all === allowed ? '' : `about ${all}, `;
    super(`this run would take ${about}longer than its deadline of ${allowed}: ask for less, or raise the deadline`);
    this.estimate = estimate;
  }
}

function seconds(milliseconds: number): string {
  return `${Number((milliseconds / 1000).toPrecision(2))} s`;
}

/** A clock in milliseconds; where it begins does not matter. */
export type Clock = () => number;

/** Nothing is foreseen before this much time has passed. */
const firstLook = 250; // ms
/** How much longer than the last time it must have run before an estimate is made again. */
const stretch = 1.5;
/** So often must the share have grown since the last estimate: of a share that grows in few steps nothing can be foreseen. */
const fewestSteps = 8;
/** How wrong an early estimate may be: after a time t, by a factor of 1 + doubtful / t. */
const doubtful = 1000; // ms
/** So many estimates in a row must miss the deadline: one slow stretch is no verdict. */
const enoughMisses = 2;

/**
 * A run begins slowly, while its code is still being compiled, and may be slow for a while; the rate from the start
 * would make ten seconds out of two. So the rate is that of the time since the last estimate, each of which
 * covers half as much again as all before it; several in a row must miss the deadline, the early ones by far.
 */
export class Forecast {
  readonly #deadline: number;
  readonly #now: Clock;
  readonly #started: number;
  #last = { elapsed: 0, share: 0 };
  #share = 0;
  /** How often the share has grown since the last estimate. */
  #steps = 0;
  #misses = 0;

  /**
   * @param deadline in milliseconds; undefined: nothing is ever foreseen
   * @param now what counts against the deadline
   */
  constructor(deadline: number | undefined, now: Clock = () => performance.now()) {
    this.#deadline = deadline ?? Infinity;
    this.#now = now;
    this.#started = now();
  }

  /**
   * Looks how far the run is; cheap enough to be called every millisecond.
   * @param share of the work that is done, 0 … 1
   * @throws ForecastError when the rest would take too long, and when the deadline is past
   */
  look(share: number): void {
    if (share > this.#share) {
      this.#share = share;
      this.#steps++;
    }
    const elapsed = this.#now() - this.#started;
    if (elapsed > this.#deadline && share < 1) {
      throw new ForecastError(share > 0 ? elapsed / share : elapsed, this.#deadline);
    }
    const { elapsed: before, share: doneBefore } = this.#last;
    if (elapsed < Math.max(firstLook, stretch * before) || this.#steps < fewestSteps) return;
    this.#last = { elapsed, share };
    this.#steps = 0;
    if (before === 0) return;
    const estimate = elapsed + ((1 - share) * (elapsed - before)) / (share - doneBefore);
    const isMissed = estimate > this.#deadline * (1 + doubtful / elapsed);
    this.#misses = isMissed ? this.#misses + 1 : 0;
    if (this.#misses === enoughMisses) throw new ForecastError(estimate, this.#deadline);
  }
}
