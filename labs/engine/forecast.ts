/** Foresees how long a run will take, so that one that cannot finish in time says so before the time is spent. */

/** The run would take longer than its deadline; said before the time is spent. */
export class ForecastError extends Error {
  override readonly name = 'ForecastError';
  /** Estimated milliseconds for the whole run. */
  readonly estimate: number;

  constructor(estimate: number, deadline: number) {
    super(
      `this run would take about ${seconds(estimate)}, longer than its deadline of ${seconds(deadline)}: ` +
        'ask for less, or raise the deadline',
    );
    this.estimate = estimate;
  }
}

function seconds(milliseconds: number): string {
  return `${Number((milliseconds / 1000).toPrecision(2))} s`;
}

/** Nothing is foreseen before this much time has passed. */
const firstLook = 250; // ms
/** How wrong an early estimate may be: after a time t, by a factor of 1 + doubtful / t. */
const doubtful = 1000; // ms

/**
 * A run begins slowly, while its code is still being compiled; the rate from the start would make ten seconds
 * out of two. So the rate is that of the latter half of the time so far, looked at whenever that has doubled, and
 * an early estimate must miss the deadline by far to count.
 */
export class Forecast {
  readonly #deadline: number;
  readonly #now: () => number;
  readonly #started: number;
  #last = { elapsed: 0, share: 0 };

  /**
   * @param deadline in milliseconds; undefined: nothing is ever foreseen
   * @param now a clock in milliseconds
   */
  constructor(deadline: number | undefined, now: () => number = () => performance.now()) {
    this.#deadline = deadline ?? Infinity;
    this.#now = now;
    this.#started = now();
  }

  /**
   * Looks how far the run is; cheap enough to be called every millisecond.
   * @param share of the work that is done, 0 … 1
   * @throws ForecastError when the rest would take too long
   */
  look(share: number): void {
    const elapsed = this.#now() - this.#started;
    if (elapsed < firstLook || elapsed < 2 * this.#last.elapsed) return;
    const { elapsed: before, share: doneBefore } = this.#last;
    const isFirst = before === 0;
    this.#last = { elapsed, share };
    if (isFirst) return;
    const estimate = elapsed + ((1 - share) * (elapsed - before)) / Math.max(share - doneBefore, 1e-9);
    if (estimate > this.#deadline * (1 + doubtful / elapsed)) throw new ForecastError(estimate, this.#deadline);
  }
}
