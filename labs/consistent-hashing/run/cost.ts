/**
 * Roughly what the steps of a run cost beside each other, so that the engine can say how far a run is and how
 * long it will take. In nanoseconds of one machine; only the proportions matter.
 */
import type { Values } from '../parameters.ts';

export interface StepCosts {
  join: number;
  /** Looking one key up and writing down what came out. */
  lookUp: number;
  /** What the first look-up after servers joined or left costs besides. */
  change: number;
}

/** @param tableSize entries of a look-up table, for the algorithm that has one */
export function stepCosts(
  algorithm: string,
  { servers, virtualNodes, keys, hash }: Values,
  tableSize: number,
): StepCosts {
  const oneHash = hash === 'md5' ? 350 : 30;
  const plain: StepCosts = { join: 300 + oneHash, lookUp: 500 + 2 * oneHash, change: 0 };
  const points = servers * virtualNodes;
  switch (algorithm) {
    case 'rendezvous':
      return { ...plain, lookUp: plain.lookUp + 1.7 * servers };
    case 'maglev':
      return { ...plain, change: 200 * tableSize };
    case 'ring':
      return { ...plain, join: virtualNodes * (oneHash + 200), change: 100 * points };
    case 'bounded-loads':
      return {
        join: virtualNodes * (oneHash + 200),
        lookUp: plain.lookUp + 500,
        change: 100 * points + keys * oneHash,
      };
    default:
      return plain;
  }
}
