import type { Counter } from './counter.ts';
import { step } from './step.ts';

/** Counts one at a time. */
export class Plain implements Counter {
  #count = 0;

  add(): number {
    this.#count += step;
    return this.#count;
  }
}
