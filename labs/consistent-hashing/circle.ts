/**
 * A circle with the points of servers on it, sorted, so that "the first point clockwise of here" is found in
 * about one step.
 *
 * The textbook answer is a binary search: log₂ of the points, 14 steps for 100 servers × 160 points, each a
 * likely miss in the cache. Hash values are spread evenly, though, so one can guess: cut the circle into as
 * many equal buckets as there are points, remember where each bucket starts, go there, and walk on. The same
 * buckets sort the points when the circle is built, in O(points).
 *
 * Cost: one step on average to find a point; 16 bytes a point. A hash that clumps makes long buckets and slow walks.
 * Source: bucket (or interpolation) search; D. E. Knuth, TAOCP vol. 3, § 5.2.5 and 6.2.1.
 */
import type { Hash } from './hash.ts';

export class Circle {
  readonly #servers: readonly string[];
  /** Positions of all points, ascending, and one behind them that no walk passes. */
  readonly #positions: Float64Array;
  /** The server of each point, as an index into `#servers`. */
  readonly #serverOf: Uint32Array;
  /** The first point of each bucket. */
  readonly #starts: Uint32Array;

  /**
   * @param points of each server, each in [0, 1). Where two servers have the same position, the one whose name
   *   sorts first comes first: who joined earlier does not matter.
   * @throws RangeError when there is not a single point
   */
  constructor(points: ReadonlyMap<string, Float64Array>) {
    let count = 0;
    for (const positions of points.values()) count += positions.length;
    if (count === 0) throw new RangeError('there is no server: add one first');

    const starts = new Uint32Array(count + 1);
    for (const positions of points.values()) {
      for (const position of positions) starts[Math.floor(position * count) + 1]!++;
    }
    for (let bucket = 0; bucket < count; bucket++) starts[bucket + 1]! += starts[bucket]!;

    const ends = starts.slice();
    const sorted = new Float64Array(count + 1);
    const serverOf = new Uint32Array(count);
    const servers = [...points.keys()].sort();
    for (let server = 0; server < servers.length; server++) {
      for (const position of points.get(servers[server]!)!) {
        const bucket = Math.floor(position * count);
        let at = ends[bucket]!++;
        for (; at > starts[bucket]! && sorted[at - 1]! > position; at--) {
          sorted[at] = sorted[at - 1]!;
          serverOf[at] = serverOf[at - 1]!;
        }
        sorted[at] = position;
        serverOf[at] = server;
      }
    }
    sorted[count] = Infinity;

    this.#servers = servers;
    this.#positions = sorted;
    this.#serverOf = serverOf;
    this.#starts = starts;
  }

  /** The first point at or clockwise of a position in [0, 1). */
  firstPoint(position: number): number {
    const positions = this.#positions;
    const count = positions.length - 1;
    let point = this.#starts[Math.floor(position * count)]!;
    while (positions[point]! < position) point++;
    return point === count ? 0 : point; // behind the last point the circle closes
  }

  /** The next point clockwise. */
  nextPoint(point: number): number {
    return (point + 1) % (this.#positions.length - 1);
  }

  /** Whose point it is. */
  serverAt(point: number): string {
    return this.#servers[this.#serverOf[point]!]!;
  }
}

/**
 * The positions of a server's virtual nodes: `<server>#0`, `<server>#1`, … The separator matters: without it
 * point 11 of shard-1 and point 1 of shard-11 would be the same.
 */
export function virtualNodePositions(server: string, virtualNodes: number, hash: Hash): Float64Array {
  const positions = new Float64Array(virtualNodes);
  for (let i = 0; i < virtualNodes; i++) positions[i] = hash.position(`${server}#${i}`);
  return positions;
}
