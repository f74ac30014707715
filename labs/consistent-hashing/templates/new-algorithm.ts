/**
 * New algorithm: say in one sentence how it finds a key's server.
 *
 * Why it works: which keys move when a server comes or goes, and why no others.
 *
 * Use it when … Not when …
 *
 * Cost: O(1) a look-up, O(servers) memory.
 * Source: who described it first, and where.
 *
 * As it stands it works like this: the servers form a list, and a key's hash value says which of them it is. Run it
 * on *One leaves*: the check *No key moves between two servers that stay* is broken, because a list that shrinks by
 * one renumbers nearly all keys. A known answer to begin with: when one of n servers leaves, only its own keys may move,
 * about one in n of all. Mend `ownerOf`, then make the rest your own.
 */
import type { Hash } from '../hash.ts';
import type { KeyPlacement, PlacementOptions } from '../placement.ts';

export class NewAlgorithm implements KeyPlacement {
  readonly #hash: Hash;
  readonly #servers: string[] = [];

  constructor({ hash }: PlacementOptions) {
    this.#hash = hash;
  }

  addServer(server: string): void {
    if (this.#servers.includes(server)) throw new RangeError(`${server} is there already`);
    this.#servers.push(server);
  }

  removeServer(server: string): void {
    const index = this.#servers.indexOf(server);
    if (index < 0) throw new RangeError(`${server} is not there`);
    this.#servers.splice(index, 1);
  }

  ownerOf(key: string): string {
    if (this.#servers.length === 0) throw new RangeError('there is no server: add one first');
    return this.#servers[this.#hash.remainder(key, this.#servers.length)]!;
  }
}
