import type { Counter } from './counter.ts';

/** Counts wrongly: the lab's check finds it. */
export class Doubling implements Counter {
  #count = 0;

  add(): number {
    this.#count += 2;
    return this.#count;
  }
}
