/**
 * Broken on purpose. A ring that keeps its points in one sorted list, as one writes it first.
 */
import type { Hash } from '../hash.ts';
import type { KeyPlacement } from '../placement.ts';

interface Point {
  position: number;
  server: string;
}

export class OnePointLeft implements KeyPlacement {
  readonly #hash: Hash;
  readonly #virtualNodes: number;
  /** Ascending by position, then by name. */
  readonly #points: Point[] = [];

  constructor({ hash, virtualNodes }: { hash: Hash; virtualNodes: number }) {
    this.#hash = hash;
    this.#virtualNodes = virtualNodes;
  }

  addServer(server: string): void {
    for (let i = 0; i < this.#virtualNodes; i++) {
      this.#points.push({ position: this.#hash.position(`${server}#${i}`), server });
    }
    this.#points.sort((one, other) => one.position - other.position || (one.server < other.server ? -1 : 1));
  }

  removeServer(server: string): void {
    const index = this.#points.findIndex((point) => point.server === server);
    if (index < 0) throw new RangeError(`${server} is not on the ring`);
    this.#points.splice(index, 1);
  }

  ownerOf(key: string): string {
    if (this.#points.length === 0) throw new RangeError('there is no server: add one first');
    const position = this.#hash.position(key);
    let low = 0;
    let high = this.#points.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#points[middle]!.position < position) low = middle + 1;
      else high = middle;
    }
    return this.#points[low % this.#points.length]!.server;
  }

  pointsOf(server: string): Iterable<number> {
    return this.#points.filter((point) => point.server === server).map(({ position }) => position);
  }
}
