/**
 * Consistent hashing with bounded loads: a ring on which no server may hold more than its share and a bit.
 *
 * A ring spreads keys unevenly, and one hot arc can drown a server. So each server gets a capacity,
 * ⌈(1 + ε) · keys / servers⌉, and a key that finds its server full walks on clockwise to the first with room.
 * A small ε means an even load and long walks, a large one a plain ring.
 *
 * The owner then depends on who came before, not on the key alone: the placement has to be remembered. A
 * key moves only when it must (its server left, or is above the capacity that a newcomer has lowered) or when
 * a newcomer with room stands nearer on its walk. The lowered capacity moves keys between servers that stay: the
 * price of the bound. (The paper moves some more, back to places that became free, so that the outcome does not
 * depend on history.)
 *
 * Use it for request routing and caches, where one overloaded server hurts more than a few extra moves (Vimeo's
 * and Google's load balancers). Not where anyone must be able to compute the owner from names alone.
 *
 * Cost: O(1) a look-up of a placed key; about 1/ε² servers passed to place one while ε ≤ 1; one entry of memory
 * a key; O(keys) after a change.
 * Source: V. Mirrokni, M. Thorup, M. Zadimoghaddam, "Consistent Hashing with Bounded Loads", arXiv:1608.01350, 2016.
 */
import { Circle, virtualNodePositions } from './circle.ts';
import type { Hash } from './hash.ts';
import type { KeyPlacement } from './placement.ts';

export class BoundedLoads implements KeyPlacement {
  readonly #hash: Hash;
  readonly #virtualNodes: number;
  readonly #epsilon: number;
  readonly #points = new Map<string, Float64Array>();
  /** Where each key was placed, in the order of arrival. */
  readonly #owners = new Map<string, string>();
  /** Keys that each server holds. */
  readonly #loads = new Map<string, number>();
  /** Servers that joined since the keys were last settled. */
  readonly #newcomers = new Set<string>();
  /** Built when it is first asked, thrown away when a server joins or leaves. */
  #circle: Circle | undefined;

  /**
   * @param options.virtualNodes points a server has, 1 or more
   * @param options.epsilon how far above the mean a server may be filled, 0 or more
   */
  constructor({ hash, virtualNodes, epsilon }: { hash: Hash; virtualNodes: number; epsilon: number }) {
    if (!Number.isInteger(virtualNodes) || virtualNodes < 1) {
      throw new RangeError(`virtualNodes must be a positive integer, not ${virtualNodes}`);
    }
    if (!(epsilon >= 0)) throw new RangeError(`epsilon must be 0 or more, not ${epsilon}`);
    this.#hash = hash;
    this.#virtualNodes = virtualNodes;
    this.#epsilon = epsilon;
  }

  /** The most keys a server may hold, for the keys and servers there are now. */
  get capacity(): number {
    return this.#capacityFor(this.#owners.size);
  }

  addServer(server: string): void {
    if (this.#points.has(server)) throw new RangeError(`${server} is on the ring already`);
    this.#points.set(server, virtualNodePositions(server, this.#virtualNodes, this.#hash));
    this.#loads.set(server, 0);
    this.#newcomers.add(server);
    this.#circle = undefined;
  }

  removeServer(server: string): void {
    if (!this.#points.delete(server)) throw new RangeError(`${server} is not on the ring`);
    this.#loads.delete(server);
    this.#newcomers.delete(server);
    this.#circle = undefined;
  }

  /** The server that a key was placed on; a key that is new is placed now. */
  ownerOf(key: string): string {
    if (!this.#circle) this.#settle();
    return this.#owners.get(key) ?? this.#place(key);
  }

  pointsOf(server: string): Iterable<number> {
    return this.#points.get(server) ?? [];
  }

  #place(key: string): string {
    const capacity = this.#capacityFor(this.#owners.size + 1);
    for (const server of this.#walk(key)) {
      if (this.#loads.get(server)! < capacity) return this.#assign(key, server);
    }
    throw new RangeError('every server is full'); // cannot be: together they have room for (1 + ε) times the keys
  }

  /** After servers joined or left: moves the keys that must move, and those that a newcomer stands nearer to. */
  #settle(): void {
    this.#circle = new Circle(this.#points);
    const { capacity } = this;
    for (const [key, owner] of this.#owners) {
      const load = this.#loads.get(owner);
      const mustMove = load === undefined || load > capacity;
      if (!mustMove && this.#newcomers.size === 0) continue;
      for (const server of this.#walk(key)) {
        if (server === owner && !mustMove) break; // nobody nearer
        const welcome = mustMove || this.#newcomers.has(server);
        if (welcome && this.#loads.get(server)! < capacity) {
          if (load !== undefined) this.#loads.set(owner, load - 1);
          this.#assign(key, server);
          break;
        }
      }
    }
    this.#newcomers.clear();
  }

  #assign(key: string, server: string): string {
    this.#owners.set(key, server);
    this.#loads.set(server, this.#loads.get(server)! + 1);
    return server;
  }

  /** The servers that a key meets on its way around the circle, some of them more than once. */
  *#walk(key: string): Iterable<string> {
    const circle = this.#circle!;
    const first = circle.firstPoint(this.#hash.position(key));
    let point = first;
    do {
      yield circle.serverAt(point);
      point = circle.nextPoint(point);
    } while (point !== first);
  }

  #capacityFor(keys: number): number {
    // A hair less before rounding up: 1.1 · 10 is 11.000000000000002 in binary, and that would make a capacity of 12.
    return Math.ceil(((1 + this.#epsilon) * keys) / this.#points.size - 1e-9);
  }
}
