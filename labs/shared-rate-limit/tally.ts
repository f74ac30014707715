/** Counts what became of the requests, as an observer of the whole system. */

/** The part of a departed job that is counted. */
interface Departed {
  workload: string;
  outcome: 'served' | 'failed';
  arrivedAt: number;
  departedAt: number;
}

export class Tally {
  admitted = 0;
  refused = 0;
  #delays = 0;
  /** Requests let through, by the name of their workload. */
  readonly perWorkload: Record<string, number> = {};

  departed({ workload, outcome, arrivedAt, departedAt }: Departed): void {
    this.#delays += departedAt - arrivedAt;
    this.perWorkload[workload] ??= 0;
    if (outcome === 'failed') {
      this.refused++;
      return;
    }
    this.admitted++;
    this.perWorkload[workload]++;
  }

  /** Milliseconds from arrival to decision. */
  get meanDelay(): number {
    const decided = this.admitted + this.refused;
    return decided === 0 ? 0 : this.#delays / decided / 1e6;
  }
}
