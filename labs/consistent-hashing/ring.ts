/**
 * The hash ring, consistent hashing as it was invented: servers and keys are thrown onto the same circle by the
 * same hash, and a key belongs to the first server clockwise of it.
 *
 * Why it works: a server that leaves gives up only the arc that ends at its point, and the next server
 * clockwise takes it over. A server that joins cuts a piece off one arc. No other key has any reason to move.
 *
 * Why virtual nodes: one point a server makes arcs of very different length (the longest of n is about ln n
 * times the mean), and all that a leaving server had lands on one neighbour. With v points a server, its share
 * is the sum of v arcs, the standard deviation falls with √v, and what it leaves behind is spread over many.
 *
 * Use it when servers come and go in any order and have names (Dynamo, Cassandra, memcached clients). Jump hash
 * is smaller and more even where servers are only added and dropped at the end; rendezvous hashing needs no
 * ring for a few dozen servers.
 *
 * Cost: O(1) a look-up on average (`circle.ts`), O(v) memory a server, O(n·v) to build the circle again after
 * a change.
 * Source: D. Karger, E. Lehman, T. Leighton, R. Panigrahy, M. Levine, D. Lewin, "Consistent Hashing and Random
 * Trees", STOC 1997.
 */
import { Circle, virtualNodePositions } from './circle.ts';
import type { Hash } from './hash.ts';
import type { KeyPlacement } from './placement.ts';

export class Ring implements KeyPlacement {
  readonly #hash: Hash;
  readonly #virtualNodes: number;
  readonly #points = new Map<string, Float64Array>();
  /** Built when it is first asked, thrown away when a server joins or leaves. */
  #circle: Circle | undefined;

  /** @param options.virtualNodes points a server has, 1 or more */
  constructor({ hash, virtualNodes }: { hash: Hash; virtualNodes: number }) {
    if (!Number.isInteger(virtualNodes) || virtualNodes < 1) {
      throw new RangeError(`virtualNodes must be a positive integer, not ${virtualNodes}`);
    }
    this.#hash = hash;
    this.#virtualNodes = virtualNodes;
  }

  addServer(server: string): void {
    if (this.#points.has(server)) throw new RangeError(`${server} is on the ring already`);
    this.#points.set(server, virtualNodePositions(server, this.#virtualNodes, this.#hash));
    this.#circle = undefined;
  }

  removeServer(server: string): void {
    if (!this.#points.delete(server)) throw new RangeError(`${server} is not on the ring`);
    this.#circle = undefined;
  }

  ownerOf(key: string): string {
    const circle = (this.#circle ??= new Circle(this.#points));
    return circle.serverAt(circle.firstPoint(this.#hash.position(key)));
  }

  pointsOf(server: string): Iterable<number> {
    return this.#points.get(server) ?? [];
  }
}
