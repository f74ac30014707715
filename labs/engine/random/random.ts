/**
 * Seeded luck. Every draw is a function of (seed, purpose, owner, the owner's counter): the k-th
 * request has the same service demand under every algorithm, and taking one draw away shifts no other.
 */
import { sampleAt, type Distribution } from './distribution.ts';
import { streamId, uniformAt } from './uniform.ts';

/** A sequence of draws for one purpose of one owner. */
export interface Random {
  /** Uniform in [0, 1), with 53 bits. */
  uniform(): number;
  /** Uniform whole number in [0, bound). @param bound 1 … 2⁵³ */
  integer(bound: number): number;
  /** A new array with the items in random order (Fisher & Yates). */
  shuffled<Item>(items: readonly Item[]): Item[];
  /** A draw of a distribution, not rounded. */
  sample(distribution: Distribution): number;
}

/** A new array with the items in random order (Fisher & Yates). */
export function shuffle<Item>(random: Pick<Random, 'integer'>, items: readonly Item[]): Item[] {
  const shuffled = items.slice();
  for (let last = shuffled.length - 1; last > 0; last--) {
    const other = random.integer(last + 1);
    [shuffled[last], shuffled[other]] = [shuffled[other]!, shuffled[last]!];
  }
  return shuffled;
}

/** Where a run's luck comes from. */
export interface RandomSource {
  readonly seed: number;
  /**
   * The draws for a purpose, from the first on each time it is asked for.
   * @param purpose what is drawn: 'service', 'removal'
   * @param owner whose draws they are, where several have their own
   */
  stream(purpose: string, owner?: string): Random;
}

/** @throws RangeError when the seed is not a whole number from 0 to 2⁵³ − 1 */
export function randomSource(seed: number): RandomSource {
  if (!Number.isSafeInteger(seed) || seed < 0) {
    throw new RangeError(`seed must be a whole number from 0 to ${Number.MAX_SAFE_INTEGER}, not ${seed}`);
  }
  return {
    seed,
    stream: (purpose, owner = '') => new RandomStream(seed, streamId(purpose), streamId(owner)),
  };
}

class RandomStream implements Random {
  readonly #seed: number;
  readonly #purpose: number;
  readonly #owner: number;
  #counter = 0;

  constructor(seed: number, purpose: number, owner: number) {
    this.#seed = seed;
    this.#purpose = purpose;
    this.#owner = owner;
  }

  uniform(): number {
    return uniformAt(this.#seed, this.#purpose, this.#owner, this.#counter++);
  }

  integer(bound: number): number {
    return Math.floor(this.uniform() * bound);
  }

  shuffled<Item>(items: readonly Item[]): Item[] {
    return shuffle(this, items);
  }

  sample(distribution: Distribution): number {
    return sampleAt(distribution, this.#seed, this.#purpose, this.#owner, this.#counter++);
  }
}
