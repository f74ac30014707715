/** Solution of "one more than allowed": the window is full as soon as the count has reached the limit. */
import type { Clock } from '../../clock.ts';

export class ExactlyAsMany {
  readonly #limit: number;
  readonly #window: number;
  readonly #clock: Clock;
  #number = -1;
  #count = 0;

  constructor({ limit, window }: { limit: number; window: number }, clock: Clock) {
    this.#limit = limit;
    this.#window = window;
    this.#clock = clock;
  }

  admit(): boolean {
    const number = Math.floor(this.#clock() / this.#window);
    if (number !== this.#number) {
      this.#number = number;
      this.#count = 0;
    }
    if (this.#count >= this.#limit) return false;
    this.#count++;
    return true;
  }

  isIdle(): boolean {
    return Math.floor(this.#clock() / this.#window) !== this.#number;
  }

  get state(): { count: number } {
    return { count: this.isIdle() ? 0 : this.#count };
  }

  get bytes(): number {
    return 2 * 8;
  }

  mostWithin(span: number): number {
    return this.#limit * (Math.ceil((span - 1) / this.#window) + 1);
  }
}
