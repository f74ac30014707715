/**
 * A solution of exercise 3. Each key has an endless list of buckets, by attempt, and belongs to the first that is
 * not empty. A server that leaves empties one bucket: keys that had stopped there go on, nobody else notices. One
 * that joins fills a gap: the keys that had passed it come back, nobody else notices. Were the number of buckets to
 * grow while there are gaps, later attempts would change as well, and keys would move between servers that stay.
 */
import type { Hash } from '../../hash.ts';
import { jumpHash } from '../../jump.ts';

export class JumpedGaps {
  readonly #hash: Hash;
  /** By bucket; undefined in a gap. */
  readonly #servers: (string | undefined)[] = [];
  readonly #gaps: number[] = [];
  readonly #halves = new Uint32Array(2);

  constructor({ hash }: { hash: Hash }) {
    this.#hash = hash;
  }

  addServer(server: string): void {
    this.#servers[this.#gaps.pop() ?? this.#servers.length] = server;
  }

  removeServer(server: string): void {
    const bucket = this.#servers.indexOf(server);
    if (bucket < 0) throw new RangeError(`${server} has no bucket`);
    this.#servers[bucket] = undefined;
    this.#gaps.push(bucket);
  }

  ownerOf(key: string): string {
    if (this.#gaps.length === this.#servers.length) throw new RangeError('there is no server: add one first');
    for (let attempt = 0; ; attempt++) {
      this.#hash.halves(attempt === 0 ? key : `${key}#${attempt}`, this.#halves);
      const owner = this.#servers[jumpHash(this.#halves[0]!, this.#halves[1]!, this.#servers.length)];
      if (owner !== undefined) return owner;
    }
  }
}
