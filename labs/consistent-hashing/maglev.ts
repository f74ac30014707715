/**
 * Maglev hashing: a table of owners, filled once, so that a look-up is one hash and one read.
 *
 * Every server has an order of its own in which it would like the entries of the table (a permutation: start
 * at `offset`, go on by `skip`, around and around). Then they take turns, each taking the first entry on its
 * list that is still free, until none is. Taking turns makes the shares equal to within one entry; having
 * lists of their own makes most entries end up the same when one server fewer takes part.
 *
 * Most, not all: an entry that becomes free changes whose turn meets what, and a few keys move between servers
 * that stay. Google's load balancers accept that, since they remember open connections besides; a data store
 * that has to copy what moves will rather take the ring or rendezvous hashing.
 *
 * The size of the table stays the same as long as the servers change. It is a prime, so that every `skip`
 * visits all entries, and at least a hundred times the number of servers, so that one entry more or less is
 * at most 1 % of a share.
 *
 * Cost: O(1) a look-up; O(m log m) on average to fill a table of m entries after a change; 8 bytes an entry.
 * Source: D. Eisenbud et al., "Maglev: A Fast and Reliable Software Network Load Balancer", NSDI 2016, § 3.4.
 */
import type { Hash } from './hash.ts';
import type { KeyPlacement } from './placement.ts';

/** The order in which a server wants the entries of the table: offset, offset + skip, offset + 2·skip … */
export interface Preference {
  /** 0 … size − 1 */
  offset: number;
  /** 1 … size − 1 */
  skip: number;
}

/**
 * Fills a table: the servers take turns, each taking the entry it wants most of those that are free.
 * @param size a prime, not smaller than the number of preferences
 * @returns for each entry the index of the preference that got it
 */
export function populate(preferences: readonly Preference[], size: number): Int32Array {
  const table = new Int32Array(size).fill(-1);
  const wanted = preferences.map(({ offset }) => offset);
  for (let filled = 0; ;) {
    for (let server = 0; server < preferences.length; server++) {
      const { skip } = preferences[server]!;
      let entry = wanted[server]!;
      while (table[entry] !== -1) {
        entry += skip;
        if (entry >= size) entry -= size;
      }
      table[entry] = server;
      wanted[server] = entry;
      if (++filled === size) return table;
    }
  }
}

export class Maglev implements KeyPlacement {
  readonly #hash: Hash;
  readonly #tableSize: number;
  readonly #preferences = new Map<string, Preference>();
  /** The owner of each entry; filled when it is first asked, thrown away when a server joins or leaves. */
  #table: readonly string[] | undefined;

  /** @param options.tableSize entries of the table: a prime of at most 2²¹ */
  constructor({ hash, tableSize }: { hash: Hash; tableSize: number }) {
    if (!isPrime(tableSize) || tableSize > 2 ** 21) {
      throw new RangeError(`tableSize must be a prime of at most 2097152, not ${tableSize}`);
    }
    this.#hash = hash;
    this.#tableSize = tableSize;
  }

  addServer(server: string): void {
    if (this.#preferences.has(server)) throw new RangeError(`${server} is in the table already`);
    if (this.#preferences.size === this.#tableSize) {
      throw new RangeError(`a table of ${this.#tableSize} entries holds no more servers: take a larger one`);
    }
    this.#preferences.set(server, {
      offset: this.#hash.remainder(`${server}#offset`, this.#tableSize),
      skip: this.#tableSize === 2 ? 1 : 1 + this.#hash.remainder(`${server}#skip`, this.#tableSize - 1),
    });
    this.#table = undefined;
  }

  removeServer(server: string): void {
    if (!this.#preferences.delete(server)) throw new RangeError(`${server} is not in the table`);
    this.#table = undefined;
  }

  ownerOf(key: string): string {
    const table = (this.#table ??= this.#fill());
    // The paper takes the hash modulo the size; a fraction of the size, rounded down, is as even and needs no division.
    return table[(this.#hash.position(key) * table.length) >>> 0]!;
  }

  #fill(): string[] {
    if (this.#preferences.size === 0) throw new RangeError('there is no server: add one first');
    // Turns go by name: two balancers that heard of the servers in different orders must agree.
    const servers = [...this.#preferences.keys()].sort();
    const table = populate(
      servers.map((server) => this.#preferences.get(server)!),
      this.#tableSize,
    );
    return Array.from(table, (server) => servers[server]!);
  }
}

function isPrime(value: number): boolean {
  if (!Number.isInteger(value) || value < 2) return false;
  for (let divisor = 2; divisor * divisor <= value; divisor++) {
    if (value % divisor === 0) return false;
  }
  return true;
}
