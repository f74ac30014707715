/**
 * Modulo: the key's hash value, divided by the number of servers; the rest is the owner's number.
 *
 * Everyone's first idea, and the right one while the number of servers never changes: perfectly even, no
 * memory, one division. But the number of servers stands in the formula. With 1,000 servers a key sits at
 * hash mod 1000, with 950 at hash mod 950, and those two have nothing to do with each other: about 95 % of all
 * keys move. A cache loses nearly everything it holds, a database copies nearly everything it stores.
 *
 * The numbers have to be 0 … n − 1 without a gap, so when a server leaves, the one with the highest number
 * takes over its number. That is the gentlest way there is: any other renumbers more servers.
 *
 * Use it for a fixed set of partitions (and then place the partitions on servers by a table). Not for
 * servers that come and go.
 *
 * Cost: O(1) a look-up, O(n) to remove a server.
 * Source: folklore; the problem is told in Karger et al., "Consistent Hashing and Random Trees", STOC 1997, § 1.
 */
import type { Hash } from './hash.ts';
import type { KeyPlacement } from './placement.ts';

export class Modulo implements KeyPlacement {
  readonly #hash: Hash;
  /** By number. */
  readonly #servers: string[] = [];

  constructor({ hash }: { hash: Hash }) {
    this.#hash = hash;
  }

  addServer(server: string): void {
    if (this.#servers.includes(server)) throw new RangeError(`${server} has a number already`);
    this.#servers.push(server);
  }

  removeServer(server: string): void {
    const number = this.#servers.indexOf(server);
    if (number < 0) throw new RangeError(`${server} has no number`);
    const highest = this.#servers.pop()!;
    if (highest !== server) this.#servers[number] = highest;
  }

  ownerOf(key: string): string {
    if (this.#servers.length === 0) throw new RangeError('there is no server: add one first');
    return this.#servers[this.#hash.remainder(key, this.#servers.length)]!;
  }
}
