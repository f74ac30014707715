/** A solution of exercise 1: behind the last point comes the first. */
import type { Hash } from '../../hash.ts';

interface Point {
  position: number;
  server: string;
}

export class ClosedCircle {
  readonly #hash: Hash;
  readonly #virtualNodes: number;
  /** Ascending by position. */
  #points: Point[] = [];

  constructor({ hash, virtualNodes }: { hash: Hash; virtualNodes: number }) {
    this.#hash = hash;
    this.#virtualNodes = virtualNodes;
  }

  addServer(server: string): void {
    for (let i = 0; i < this.#virtualNodes; i++) {
      this.#points.push({ position: this.#hash.position(`${server}#${i}`), server });
    }
    this.#points.sort((one, other) => one.position - other.position);
  }

  removeServer(server: string): void {
    this.#points = this.#points.filter((point) => point.server !== server);
  }

  ownerOf(key: string): string {
    const position = this.#hash.position(key);
    const owner = this.#points.find((point) => point.position >= position) ?? this.#points[0]!;
    return owner.server;
  }

  pointsOf(server: string): Iterable<number> {
    return this.#points.filter((point) => point.server === server).map(({ position }) => position);
  }
}
