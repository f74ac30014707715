/**
 * The contract of this lab: who owns a key, while servers come and go.
 *
 * Every algorithm here answers the same question, so they can be put in each other's place, drawn by the
 * same picture and judged by the same checks. Names go in, names come out.
 */
import { aText, defineContract, nothing, numberFrom, placesOnCircle } from 'system-design-labs/engine';
import type { Hash } from './hash.ts';

/** Decides which server owns a key. */
export interface KeyPlacement {
  /**
   * A server joins.
   * @throws RangeError when it is there already
   */
  addServer(server: string): void;

  /**
   * A server leaves for good.
   * @throws RangeError when it is not there
   */
  removeServer(server: string): void;

  /**
   * The server that a key belongs to now. The same servers and the same key give the same answer, except
   * where an algorithm says that it remembers what it placed.
   * @throws RangeError when there is no server at all
   */
  ownerOf(key: string): string;

  /**
   * Where the points of a server lie on the circle, each in [0, 1); they are drawn there. Left out by
   * algorithms that have no circle.
   */
  pointsOf?(server: string): Iterable<number>;

  /** The most keys that any server may hold now. Left out by algorithms that set no bound. */
  readonly capacity?: number;
}

export const contract = defineContract<KeyPlacement>({
  interface: 'KeyPlacement',
  members: {
    addServer: { returns: nothing },
    removeServer: { returns: nothing },
    ownerOf: { returns: aText },
    pointsOf: { returns: placesOnCircle, optional: true },
    capacity: { holds: numberFrom(0), optional: true },
  },
  offers: {
    luck: 'let the hash that the constructor is given throw keys and servers',
    clock: 'a placement knows no time: decide by the key and the servers',
    timers: 'a placement has no timers: do it when you are called next',
  },
});

/** What an algorithm is made with; each takes what it needs. */
export interface PlacementOptions {
  hash: Hash;
  /** Points a server has on the ring, 1 or more. */
  virtualNodes: number;
  /** How far above the mean a server may be filled, 0 or more: 0.25 allows a quarter more. */
  epsilon: number;
  /** Entries of a look-up table: a prime, larger than the number of servers. */
  tableSize: number;
}

/** A class that places keys. */
export type KeyPlacementClass = new (options: PlacementOptions) => KeyPlacement;
