/** The knobs of the lab. Their defaults are the scenario *read, then write*. */
import { choice, integer, number, type ValuesOf } from 'system-design-labs/engine';

export const parameters = {
  gateways: integer({ default: 4, min: 1, max: 50, help: 'How many gateways share the limit.' }),
  limit: integer({
    default: 100,
    min: 1,
    max: 100_000,
    unit: 'requests',
    help: 'The quota: how many requests all gateways together may let through.',
  }),
  requests: integer({ default: 400, min: 1, max: 200_000, help: 'How many requests come, to all gateways together.' }),
  rate: number({
    default: 100,
    min: 0.1,
    max: 100_000,
    unit: 'per second',
    help: 'How fast they come, at random, to all gateways together.',
  }),
  skew: number({
    default: 0,
    min: 0,
    max: 1,
    help: 'How unevenly: 0 gives each gateway the same share, 1 gives all requests to the first.',
  }),
  latency: number({
    default: 10,
    min: 0,
    max: 10_000,
    unit: 'ms',
    help: 'Time a message takes between a gateway and the store, on average.',
  }),
  spread: choice({
    default: 'exponential',
    options: ['constant', 'exponential'],
    help: 'Whether every message takes exactly that time, or most less and some much more.',
  }),
  syncEvery: integer({
    default: 100,
    min: 1,
    max: 60_000,
    unit: 'ms',
    title: 'Sync every',
    help: 'Time between two syncs of a gateway that counts by itself.',
  }),
  timeout: integer({ default: 1000, min: 1, max: 60_000, unit: 'ms', help: 'How long a gateway waits for the store.' }),
} as const;

export type Values = ValuesOf<typeof parameters>;
