/**
 * Rendezvous hashing, or highest random weight: every server draws a number for the key, the highest wins.
 *
 * The draw is a hash of server and key together, so everyone who knows the names of the servers comes to the
 * same winner without a word being exchanged. A server that leaves takes its draws with it: the keys that it
 * had won go to their second-best server, spread over all, and no other key notices. A server that joins wins
 * its fair share from each of the others.
 *
 * Use it for up to a hundred servers or so, where an even load and no state at all are worth a loop over all
 * servers; for choosing replicas (take the k highest); and with weights. For thousands of servers take the ring,
 * jump hash or Maglev.
 *
 * Cost: O(n) a look-up, 1–2 ns a server: the key is hashed once, each server's name was hashed when it joined,
 * and two multiplications mix the two.
 * Source: D. Thaler, C. Ravishankar, "Using Name-Based Mappings to Increase Hit Rates", IEEE/ACM ToN 6(1), 1998,
 * who mix the two hashes as well, with a linear congruential generator.
 */
import type { Hash } from './hash.ts';
import type { KeyPlacement } from './placement.ts';

export class Rendezvous implements KeyPlacement {
  readonly #hash: Hash;
  /** The hash of each server's name. */
  readonly #seeds = new Map<string, number>();
  /** The same, laid out for the loop; made when it is first asked, thrown away when a server joins or leaves. */
  #field: { servers: readonly string[]; seeds: Int32Array } | undefined;
  readonly #halves = new Uint32Array(2);

  constructor({ hash }: { hash: Hash }) {
    this.#hash = hash;
  }

  addServer(server: string): void {
    if (this.#seeds.has(server)) throw new RangeError(`${server} takes part already`);
    this.#seeds.set(server, this.#hash32(server));
    this.#field = undefined;
  }

  removeServer(server: string): void {
    if (!this.#seeds.delete(server)) throw new RangeError(`${server} does not take part`);
    this.#field = undefined;
  }

  ownerOf(key: string): string {
    const { servers, seeds } = (this.#field ??= this.#lineUp());
    const keyHash = this.#hash32(key);
    let winner = 0;
    let highest = mix(keyHash ^ seeds[0]!);
    for (let i = 1; i < seeds.length; i++) {
      const draw = mix(keyHash ^ seeds[i]!);
      if (draw > highest) {
        highest = draw;
        winner = i;
      }
    }
    return servers[winner]!;
  }

  /** By name: equal draws then go to the same server everywhere, whoever joined first. */
  #lineUp(): { servers: readonly string[]; seeds: Int32Array } {
    if (this.#seeds.size === 0) throw new RangeError('there is no server: add one first');
    const servers = [...this.#seeds.keys()].sort();
    return { servers, seeds: Int32Array.from(servers, (server) => this.#seeds.get(server)!) };
  }

  #hash32(text: string): number {
    this.#hash.halves(text, this.#halves);
    return this.#halves[1]! | 0;
  }
}

/** Scatters 32 bits; no two values share a result. One multiplication alone would leave loads visibly uneven. */
function mix(value: number): number {
  const once = Math.imul(value, 0x85ebca6b);
  return Math.imul(once ^ (once >>> 15), 0xc2b2ae35);
}
