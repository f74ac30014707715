/**
 * Broken on purpose. Rendezvous hashing in thirty lines: every server draws, the highest draw wins.
 */
import { finalize, type Hash } from '../hash.ts';
import type { KeyPlacement } from '../placement.ts';

export class SeatNumber implements KeyPlacement {
  readonly #hash: Hash;
  readonly #servers: string[] = [];
  readonly #halves = new Uint32Array(2);

  constructor({ hash }: { hash: Hash }) {
    this.#hash = hash;
  }

  addServer(server: string): void {
    if (this.#servers.includes(server)) throw new RangeError(`${server} takes part already`);
    this.#servers.push(server);
  }

  removeServer(server: string): void {
    const index = this.#servers.indexOf(server);
    if (index < 0) throw new RangeError(`${server} does not take part`);
    this.#servers.splice(index, 1);
  }

  ownerOf(key: string): string {
    if (this.#servers.length === 0) throw new RangeError('there is no server: add one first');
    this.#hash.halves(key, this.#halves);
    let winner = 0;
    let highest = -1;
    for (let i = 0; i < this.#servers.length; i++) {
      const draw = finalize(this.#halves[1]! ^ finalize(i + 1));
      if (draw > highest) {
        highest = draw;
        winner = i;
      }
    }
    return this.#servers[winner]!;
  }
}
