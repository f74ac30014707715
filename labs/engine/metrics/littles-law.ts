/**
 * Little's law, measured from both sides: the mean number present (L) equals the arrival rate (λ) times the mean
 * time in system (W).
 *
 * L is integrated from a count that goes up and down as requests enter and leave; W is summed from what
 * each request itself reports when it leaves. Over a finite window the two differ by the requests that
 * straddle its edges, and with these taken into account the law is an identity: no statistics, no
 * tolerance but rounding. A run that breaks it has lost a request, counted one twice or misread its clock.
 *
 *     ∫ N dt = Σ W of those who left − ages of those present at the start + ages of those present at the end
 *
 * Source: J. D. C. Little, "A proof for the queuing formula L = λW", Operations Research 9(3), 1961; the
 * edge terms as in J. D. C. Little, "Little's law as viewed on its 50th anniversary", Operations Research 59(3), 2011.
 */
import { Gauge } from './gauge.ts';

/** Both sides of the law over one window. */
export interface LittlesLawReport {
  /** Mean number present, integrated. */
  numberPresent: number;
  /** Requests that left per unit of time. */
  rate: number;
  /** Mean time in system of those who left. */
  timeInSystem: number;
  /** ∫ N dt: what the count says. */
  integral: number;
  /** Sum of times in system with the edge terms: what the requests say. */
  accounted: number;
  /** How far the two are apart, as a share of the larger; 0 but for rounding. */
  discrepancy: number;
  /** Whether it is 0 but for rounding. */
  holds: boolean;
}

/** Rounding in sums of 10⁷ terms stays far below this. */
const tolerance = 1e-9;

export class LittlesLaw {
  readonly #present: Gauge;
  #start: number;
  #agesAtStart = 0;
  #timeInSystem = 0;
  #left = 0;

  /** @param start when the window begins; nobody is present yet */
  constructor(start = 0) {
    this.#present = new Gauge(start);
    this.#start = start;
  }

  /** How many are present now, by the count. */
  get present(): number {
    return this.#present.value;
  }

  enter(time: number): void {
    this.#present.add(time, 1);
  }

  /** @param timeInSystem what the leaving request itself measured */
  leave(time: number, timeInSystem: number): void {
    this.#present.add(time, -1);
    this.#timeInSystem += timeInSystem;
    this.#left++;
  }

  /**
   * Begins a new window and forgets the old one (a warm-up).
   * @param enteredAt when each of those present now came, from their own record rather than the count
   */
  restart(time: number, enteredAt: Iterable<number>): void {
    this.#present.restart(time);
    this.#start = time;
    this.#agesAtStart = ages(time, enteredAt);
    this.#timeInSystem = 0;
    this.#left = 0;
  }

  /** @param enteredAt when each of those still present came */
  report(time: number, enteredAt: Iterable<number>): LittlesLawReport {
    const integral = this.#present.integral(time);
    const accounted = this.#timeInSystem - this.#agesAtStart + ages(time, enteredAt);
    const larger = Math.max(Math.abs(integral), Math.abs(accounted));
    const discrepancy = larger === 0 ? 0 : Math.abs(integral - accounted) / larger;
    return {
      numberPresent: this.#present.mean(time),
      rate: this.#left / (time - this.#start),
      timeInSystem: this.#timeInSystem / this.#left,
      integral,
      accounted,
      discrepancy,
      holds: discrepancy <= tolerance,
    };
  }
}

function ages(time: number, enteredAt: Iterable<number>): number {
  let sum = 0;
  for (const entered of enteredAt) sum += time - entered;
  return sum;
}
