/**
 * Exercise, advanced: jump over gaps.
 *
 * Jump hash is even, quick and needs no memory, but only its last bucket can go. Teach it to lose any server:
 * when one leaves, its keys alone may move, and when the next one joins, keys may move to that one alone.
 *
 * Run it *at scale* with seed 7: the check *No key moves between two servers that stay* is broken, since all servers
 * behind the first that leaves get new numbers. Change `addServer`, `removeServer` and `ownerOf` as you like. You
 * are done when the check holds, *Every key has one living owner* does too, and the standard deviation of the load
 * is no larger than that of jump hash.
 *
 * Hints, one after the other: ../exercises.ts. A solution: solutions/3-jump-over-gaps.ts, a close relative of
 * AnchorHash (Mendelson et al. 2020) and MementoHash (Coluzzi et al. 2023), which bound the number of attempts.
 */
import type { Hash } from '../hash.ts';
import { jumpHash } from '../jump.ts';
import type { KeyPlacement } from '../placement.ts';

export class JumpOverGaps implements KeyPlacement {
  readonly #hash: Hash;
  /** By bucket. */
  readonly #servers: string[] = [];
  readonly #halves = new Uint32Array(2);

  constructor({ hash }: { hash: Hash }) {
    this.#hash = hash;
  }

  addServer(server: string): void {
    this.#servers.push(server);
  }

  removeServer(server: string): void {
    this.#servers.splice(this.#servers.indexOf(server), 1);
  }

  ownerOf(key: string): string {
    this.#hash.halves(key, this.#halves);
    return this.#servers[jumpHash(this.#halves[0]!, this.#halves[1]!, this.#servers.length)]!;
  }
}
