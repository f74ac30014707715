/**
 * Broken on purpose. Consistent hashing with bounded loads: a key whose server is full walks on to the next.
 */
import { Circle, virtualNodePositions } from '../circle.ts';
import type { Hash } from '../hash.ts';
import type { KeyPlacement } from '../placement.ts';

export class OneTooMany implements KeyPlacement {
  readonly #hash: Hash;
  readonly #virtualNodes: number;
  readonly #epsilon: number;
  readonly #points = new Map<string, Float64Array>();
  readonly #owners = new Map<string, string>();
  readonly #loads = new Map<string, number>();
  #circle: Circle | undefined;

  constructor({ hash, virtualNodes, epsilon }: { hash: Hash; virtualNodes: number; epsilon: number }) {
    this.#hash = hash;
    this.#virtualNodes = virtualNodes;
    this.#epsilon = epsilon;
  }

  get capacity(): number {
    return Math.ceil(((1 + this.#epsilon) * this.#owners.size) / this.#points.size - 1e-9);
  }

  addServer(server: string): void {
    this.#points.set(server, virtualNodePositions(server, this.#virtualNodes, this.#hash));
    this.#loads.set(server, 0);
    this.#dealAnew();
  }

  removeServer(server: string): void {
    if (!this.#points.delete(server)) throw new RangeError(`${server} is not on the ring`);
    this.#loads.delete(server);
    this.#dealAnew();
  }

  ownerOf(key: string): string {
    const known = this.#owners.get(key);
    if (known !== undefined) return known;
    this.#owners.set(key, '');
    return this.#place(key);
  }

  pointsOf(server: string): Iterable<number> {
    return this.#points.get(server) ?? [];
  }

  /** Takes every key off its server and places it once more, in the order of arrival. */
  #dealAnew(): void {
    this.#circle = undefined;
    for (const server of this.#loads.keys()) this.#loads.set(server, 0);
    for (const key of this.#owners.keys()) this.#place(key);
  }

  #place(key: string): string {
    const circle = (this.#circle ??= new Circle(this.#points));
    let point = circle.firstPoint(this.#hash.position(key));
    while (this.#loads.get(circle.serverAt(point))! > this.capacity) point = circle.nextPoint(point);
    const server = circle.serverAt(point);
    this.#loads.set(server, this.#loads.get(server)! + 1);
    this.#owners.set(key, server);
    return server;
  }
}
