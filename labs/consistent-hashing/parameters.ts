/** The knobs of the lab. Their defaults are the scenario *at scale*: 50 of 1,000 servers go, 50 come. */
import { choice, integer, number, type ValuesOf } from 'system-design-labs/engine';

export const parameters = {
  servers: integer({ default: 1000, min: 1, max: 10_000, help: 'How many servers there are at the start.' }),
  virtualNodes: integer({
    default: 3,
    min: 1,
    max: 1000,
    title: 'Virtual nodes',
    help: 'Points a server has on the ring; more of them even out the load. Only ring and bounded loads have points.',
  }),
  keys: integer({ default: 10_000, min: 1, max: 1_000_000, help: 'How many keys are placed.' }),
  hash: choice({
    default: 'md5',
    options: ['md5', 'fnv1a', 'murmur3'],
    help: 'What throws servers and keys on the circle. FNV-1a is left raw, so that it can be seen to clump.',
  }),
  remove: integer({
    default: 50,
    min: 0,
    max: 9_999,
    help: 'How many servers leave once all keys are placed; one has to stay.',
  }),
  removeFrom: choice({
    default: 'random',
    options: ['random', 'first', 'last'],
    title: 'Remove from',
    help: 'Which servers leave: drawn by the seed, those with the lowest numbers, or those with the highest.',
  }),
  add: integer({ default: 50, min: 0, max: 10_000, help: 'How many servers join after the others have left.' }),
  epsilon: number({
    default: 0.25,
    min: 0,
    max: 10,
    title: 'ε',
    help: 'Bounded loads: how far above the mean a server may be filled; 0.25 is a quarter more.',
  }),
} as const;

export type Values = ValuesOf<typeof parameters>;
