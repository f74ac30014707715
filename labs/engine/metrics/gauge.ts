/**
 * A figure that holds for a while: queue length, requests in flight, servers up. Its mean weighs each
 * value by how long it held, so that a thousand short visits and one long one count alike.
 */
export class Gauge {
  #value: number;
  /** When the value was last looked at, and since when the mean is taken. */
  #at: number;
  #since: number;
  #integral = 0;
  #highest: number;

  /**
   * @param start when it begins, in the run's unit of time
   * @param value what it begins with
   */
  constructor(start = 0, value = 0) {
    this.#at = start;
    this.#since = start;
    this.#value = value;
    this.#highest = value;
  }

  get value(): number {
    return this.#value;
  }

  /** The highest value since the start or the last `restart`. */
  get highest(): number {
    return this.#highest;
  }

  /** It has another value from now on. @throws RangeError when time runs backwards */
  set(time: number, value: number): void {
    if (time < this.#at) throw new RangeError(`time went back from ${this.#at} to ${time}`);
    this.#integral += this.#value * (time - this.#at);
    this.#at = time;
    this.#value = value;
    if (value > this.#highest) this.#highest = value;
  }

  /** It rises (or falls) by so much. */
  add(time: number, change: number): void {
    this.set(time, this.#value + change);
  }

  /** The area under it from the start to `time`: value × time. */
  integral(time: number): number {
    return this.#integral + this.#value * (time - this.#at);
  }

  /** Its mean over time, from the start to `time`; NaN over no time at all. */
  mean(time: number): number {
    return this.integral(time) / (time - this.#since);
  }

  /** Forgets the past, the warm-up of a run; the value stays. */
  restart(time: number): void {
    this.set(time, this.#value);
    this.#integral = 0;
    this.#since = time;
    this.#highest = this.#value;
  }
}
