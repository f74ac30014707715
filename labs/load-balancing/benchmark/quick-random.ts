/**
 * A generator that costs next to nothing, so that what is timed is the choice and not the luck. Runs use the
 * engine's own, whose draws can be repeated one by one; that is worth more there than speed.
 *
 * Source: W. H. Press et al., "Numerical Recipes in C", 2nd ed., § 7.1: "an even quicker generator".
 */
import { randomSource, type Random } from 'system-design-labs/engine';

export class QuickRandom implements Random {
  #state = 1;
  readonly #rarelyUsed = randomSource(1).stream('benchmark');

  uniform(): number {
    this.#state = (Math.imul(this.#state, 1664525) + 1013904223) | 0;
    return (this.#state >>> 0) * 2 ** -32;
  }

  integer(bound: number): number {
    return (this.uniform() * bound) | 0;
  }

  shuffled: Random['shuffled'] = (items) => this.#rarelyUsed.shuffled(items);

  sample: Random['sample'] = (distribution) => this.#rarelyUsed.sample(distribution);
}
