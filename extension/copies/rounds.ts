/** Does something again when there is news: once for many, one after the other. */

/** News often come in numbers (a checkout, a build): a round waits until none has come for so long … */
const calm = 100; // ms
/** … but not longer than this. */
const patience = 500; // ms

export class Rounds {
  readonly #round: () => Promise<void>;
  readonly #failed: (error: Error) => void;
  #last: Promise<void> = Promise.resolve();
  #timer: NodeJS.Timeout | undefined;
  /** When the first of the news came that are waiting. */
  #since: number | undefined;

  constructor(round: () => Promise<void>, failed: (error: Error) => void) {
    this.#round = round;
    this.#failed = failed;
  }

  /** There is news: a round follows shortly. */
  soon(): void {
    this.#since ??= performance.now();
    clearTimeout(this.#timer);
    const left = patience - (performance.now() - this.#since);
    this.#timer = setTimeout(() => void this.now(), Math.max(0, Math.min(calm, left)));
  }

  /** Does a round when the one that is under way is over. */
  now(): Promise<void> {
    clearTimeout(this.#timer);
    this.#since = undefined;
    this.#last = this.#last.then(this.#round).catch(this.#failed);
    return this.#last;
  }

  dispose(): void {
    clearTimeout(this.#timer);
  }
}
