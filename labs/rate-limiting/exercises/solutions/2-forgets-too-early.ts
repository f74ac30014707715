/** Solution of "forgets too early": a time is dropped when it is a whole window old. */
import type { Clock } from '../../clock.ts';

export class ForgetsInTime {
  readonly #limit: number;
  readonly #window: number;
  readonly #clock: Clock;
  #times: number[] = [];

  constructor({ limit, window }: { limit: number; window: number }, clock: Clock) {
    this.#limit = limit;
    this.#window = window;
    this.#clock = clock;
  }

  admit(): boolean {
    const now = this.#clock();
    this.#times = this.#times.filter((time) => time + this.#window > now);
    if (this.#times.length >= this.#limit) return false;
    this.#times.push(now);
    return true;
  }

  isIdle(): boolean {
    return this.#clock() - (this.#times.at(-1) ?? -Infinity) >= this.#window;
  }

  get state(): { logged: number } {
    return { logged: this.#times.length };
  }

  get bytes(): number {
    return 8 * this.#times.length;
  }

  mostWithin(span: number): number {
    return this.#limit * Math.ceil(span / this.#window);
  }
}
