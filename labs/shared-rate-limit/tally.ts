/** Counts what became of the requests, as an observer of the whole system. */

/** The part of a departed job that is counted. */
interface Departed {
  workload: string;
  outcome: 'served' | 'failed';
  arrivedAt: number;
  departedAt: number;
  /** Index of the event by which it left. */
  event: number;
}

export class Tally {
  readonly #limit: number;
  admitted = 0;
  /** The event of the first request that got through beyond the limit. */
  tooMany: number | undefined;
  refused = 0;
  #delays = 0;
  /** Requests let through, by the name of their workload. */
  readonly perWorkload: Record<string, number> = {};
  /** Requests refused, likewise. */
  readonly refusedPerWorkload: Record<string, number> = {};

  /** @param limit requests that may get through */
  constructor(limit: number) {
    this.#limit = limit;
  }

  departed({ workload, outcome, arrivedAt, departedAt, event }: Departed): void {
    this.#delays += departedAt - arrivedAt;
    this.perWorkload[workload] ??= 0;
    if (outcome === 'failed') {
      this.refused++;
      this.refusedPerWorkload[workload] = (this.refusedPerWorkload[workload] ?? 0) + 1;
      return;
    }
    this.admitted++;
    if (this.admitted > this.#limit) this.tooMany ??= event;
    this.perWorkload[workload]++;
  }

  /** Milliseconds from arrival to decision. */
  get meanDelay(): number {
    const decided = this.admitted + this.refused;
    return decided === 0 ? 0 : this.#delays / decided / 1e6;
  }
}
