/** A solution of exercise 2: a separator, so that no two servers hash the same text. */
import type { Hash } from '../../hash.ts';

export class PointsThatStay {
  readonly #hash: Hash;
  readonly #virtualNodes: number;
  /** The server at each position. */
  readonly #servers = new Map<number, string>();
  /** The same positions, ascending; made when it is first asked. */
  #sorted: Float64Array | undefined;

  constructor({ hash, virtualNodes }: { hash: Hash; virtualNodes: number }) {
    this.#hash = hash;
    this.#virtualNodes = virtualNodes;
  }

  addServer(server: string): void {
    for (const position of this.pointsOf(server)) this.#servers.set(position, server);
    this.#sorted = undefined;
  }

  removeServer(server: string): void {
    for (const position of this.pointsOf(server)) this.#servers.delete(position);
    this.#sorted = undefined;
  }

  ownerOf(key: string): string {
    const sorted = (this.#sorted ??= Float64Array.from(this.#servers.keys()).sort());
    const position = this.#hash.position(key);
    let low = 0;
    let high = sorted.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (sorted[middle]! < position) low = middle + 1;
      else high = middle;
    }
    return this.#servers.get(sorted[low % sorted.length]!)!;
  }

  // With a hash of 32 bits two texts may still meet by chance; `circle.ts` keeps both points and goes by name.
  *pointsOf(server: string): Iterable<number> {
    for (let i = 0; i < this.#virtualNodes; i++) yield this.#hash.position(`${server}#${i}`);
  }
}
