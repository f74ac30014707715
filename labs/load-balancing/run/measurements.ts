/**
 * What is measured while requests come and go. Times are in mean service times, whose length no figure then
 * depends on.
 *
 * The first requests of a long run meet empty queues, which says nothing about how it is later: they are
 * left out of everything but the counts (warm-up). A short run is looked at as a whole.
 */
import {
  BatchMeans,
  LatencyHistogram,
  LittlesLaw,
  OutcomeCounter,
  type DepartedJob,
  type LittlesLawReport,
  type Nanoseconds,
  type SimulationObserver,
} from 'system-design-labs/engine';

/** Runs shorter than this have no warm-up. */
const shortRun = 1000;
/** Share of a longer run that is its warm-up. */
export const warmUpShare = 0.1;

export class Measurements implements SimulationObserver {
  /** Requests that belong to the warm-up. */
  readonly warmUp: number;
  readonly #requests: number;
  readonly #meanService: Nanoseconds;

  readonly outcomes = new OutcomeCounter();
  readonly timesInSystem = new LatencyHistogram();
  readonly timeInSystem = new BatchMeans();
  readonly wait = new BatchMeans();
  /** Share of measured requests that failed. */
  readonly failure = new BatchMeans();
  /** For each of `thresholds`, the share of requests that took longer. */
  readonly beyond: readonly BatchMeans[];
  /** Requests that each server has finished, by name. */
  readonly served = new Map<string, number>();

  readonly #thresholds: readonly number[];
  readonly #law = new LittlesLaw();
  /** When each request that is in the system came, by number. */
  readonly #present = new Map<number, Nanoseconds>();
  #arrived = 0;
  /** Departures of requests that were not there: one that left twice. */
  #strangers = 0;
  #warmAt = 0;
  /** Of the last request of the run; Infinity until it has come. */
  #lastArrival = Infinity;
  #lastDeparture = 0;
  /** When a request came or left last. */
  #latest = 0;
  #busy = 0;

  /**
   * @param meanService of a server of usual speed
   * @param thresholds times in system, in mean service times, whose tails are watched
   */
  constructor(requests: number, meanService: Nanoseconds, thresholds: readonly number[]) {
    this.#requests = requests;
    this.#meanService = meanService;
    this.#thresholds = thresholds;
    this.warmUp = requests < shortRun ? 0 : Math.floor(requests * warmUpShare);
    this.beyond = thresholds.map(() => new BatchMeans());
  }

  arrived(time: Nanoseconds, _workload: string, number: number): void {
    if (number === this.warmUp && number > 0) {
      this.#warmAt = time;
      this.#busy = 0;
      this.#law.restart(time, this.#present.values());
    }
    if (number === this.#requests - 1) this.#lastArrival = time;
    this.#latest = time;
    this.#arrived++;
    this.#present.set(number, time);
    this.#law.enter(time);
  }

  departed(job: DepartedJob): void {
    const { number, arrivedAt, beganAt, departedAt, outcome } = job;
    const took = departedAt - arrivedAt;
    this.#lastDeparture = departedAt;
    this.#latest = departedAt;
    if (!this.#present.delete(number)) this.#strangers++;
    this.#law.leave(departedAt, took);
    const succeeded = outcome === 'served';
    if (succeeded) {
      this.outcomes.succeed();
      this.served.set(job.station, (this.served.get(job.station) ?? 0) + 1);
      // Work outside the window in which requests arrive steadily does not count.
      const worked = Math.min(departedAt, this.#lastArrival) - Math.max(beganAt, this.#warmAt);
      if (worked > 0) this.#busy += worked;
    } else {
      this.outcomes.fail(job.why);
    }
    if (number < this.warmUp) return;
    this.failure.record(succeeded ? 0 : 1);
    if (!succeeded) return;
    const inServices = took / this.#meanService;
    this.timesInSystem.record(took);
    this.timeInSystem.record(inServices);
    this.wait.record((beganAt - arrivedAt) / this.#meanService);
    for (let i = 0; i < this.#thresholds.length; i++) {
      this.beyond[i]!.record(inServices > this.#thresholds[i]! ? 1 : 0);
    }
  }

  /** A percentile of the time in system, in mean service times. */
  percentile(percentile: number): number {
    return this.timesInSystem.percentile(percentile) / this.#meanService;
  }

  /** From the beginning to the last departure. */
  get elapsed(): Nanoseconds {
    return this.#lastDeparture;
  }

  /** Requests that have come and never left: they wait for a server that stands still for ever. */
  get unanswered(): number {
    return this.#present.size;
  }

  /** Share of the time that servers worked, while requests arrived. @param slots requests that all servers can work on at once */
  utilization(slots: number): number {
    return this.#busy / ((Math.min(this.#lastArrival, this.#latest) - this.#warmAt) * slots);
  }

  littlesLaw(): LittlesLawReport {
    return this.#law.report(this.#latest, this.#present.values());
  }

  /** Whether each request that came has left once, or is still there; in words where not. */
  accountingError(): string | undefined {
    const { succeeded, failed } = this.outcomes;
    const accounted = succeeded + failed + this.#present.size;
    if (accounted === this.#arrived && this.#strangers === 0) return undefined;
    return `${this.#arrived} requests arrived, ${succeeded} succeeded, ${failed} failed and ${this.#present.size} are under way`;
  }
}
