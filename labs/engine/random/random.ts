/**
 * Seeded luck. Every draw is a function of (seed, purpose, owner, the owner's counter): the k-th
 * request has the same service demand under every algorithm, and taking one draw away shifts no other.
 */
import { sampleAt, type Distribution } from './distribution.ts';
import { philox } from './philox.ts';

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

/** The number by which a purpose or an owner enters the counter: FNV-1a of its UTF-16 units. */
export function streamId(name: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < name.length; i++) {
    const unit = name.charCodeAt(i);
    hash = Math.imul(hash ^ (unit & 0xff), 0x01000193);
    hash = Math.imul(hash ^ (unit >>> 8), 0x01000193);
  }
  return hash >>> 0;
}

const words = new Uint32Array(4);

/**
 * The n-th uniform draw in [0, 1) of a stream: the stateless form, for worlds that keep their counters as data.
 * @param purpose,owner as `streamId` gives them
 */
export function uniformAt(seed: number, purpose: number, owner: number, counter: number): number {
  philox(counter, Math.floor(counter / 2 ** 32), purpose, owner, seed, Math.floor(seed / 2 ** 32), words);
  return (words[0]! * 0x200000 + (words[1]! >>> 11)) / 2 ** 53;
}

/**
 * Two independent uniform draws in [0, 1) for one counter: what a normal variate takes. The first is `uniformAt`.
 * @param out receives both
 */
export function uniformsAt(seed: number, purpose: number, owner: number, counter: number, out: Float64Array): void {
  philox(counter, Math.floor(counter / 2 ** 32), purpose, owner, seed, Math.floor(seed / 2 ** 32), words);
  out[0] = (words[0]! * 0x200000 + (words[1]! >>> 11)) / 2 ** 53;
  out[1] = (words[2]! * 0x200000 + (words[3]! >>> 11)) / 2 ** 53;
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
