/**
 * Counts how operations ended. A throughput never stands alone: a server that fails fast has a splendid
 * one, so the share that succeeded always comes with it.
 */
export interface Throughput {
  /** Successful operations per unit of time. */
  rate: number;
  succeeded: number;
  failed: number;
  /** Of those that ended, the share that succeeded; NaN where none ended. */
  successShare: number;
}

export class OutcomeCounter {
  #succeeded = 0;
  readonly #failures = new Map<string, number>();

  succeed(): void {
    this.#succeeded++;
  }

  /** @param reason in a word or two: 'queue full', 'server down' */
  fail(reason: string): void {
    this.#failures.set(reason, (this.#failures.get(reason) ?? 0) + 1);
  }

  get succeeded(): number {
    return this.#succeeded;
  }

  get failed(): number {
    let failed = 0;
    for (const count of this.#failures.values()) failed += count;
    return failed;
  }

  /** How many failed for each reason, in the order in which reasons came up. */
  get failures(): ReadonlyMap<string, number> {
    return this.#failures;
  }

  /** What this amounts to over a stretch of time, in operations per unit of that time. */
  throughput(duration: number): Throughput {
    const { succeeded, failed } = this;
    return { rate: succeeded / duration, succeeded, failed, successShare: succeeded / (succeeded + failed) };
  }
}
