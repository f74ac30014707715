/**
 * Exercise for beginners: close the circle.
 *
 * This ring keeps the points of all servers in one list, sorted by position. A key belongs to the first point
 * clockwise of it, which is the first in the list that is not before the key. Nearly.
 *
 * Run it on *One leaves* with seed 7. The check *Every key has one living owner* is broken, and its detail names
 * the first key that belongs to nobody: look where that key lies on the circle. Mend `ownerOf`. You are done when
 * the check holds, there and on *Why virtual nodes*, and the load there is as even as that of the hash ring.
 *
 * Hints, one after the other: ../exercises.ts. A solution: solutions/1-close-the-circle.ts.
 */
import type { Hash } from '../hash.ts';
import type { KeyPlacement } from '../placement.ts';

interface Point {
  position: number;
  server: string;
}

export class CloseTheCircle implements KeyPlacement {
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
    const owner = this.#points.find((point) => point.position >= position);
    return owner ? owner.server : 'nobody';
  }

  pointsOf(server: string): Iterable<number> {
    return this.#points.filter((point) => point.server === server).map(({ position }) => position);
  }
}
