/** The worlds that the gateways are put in: contrast pairs, with the same requests and one difference. */
import type { Scenario } from 'system-design-labs/engine';
import { answers } from './answers.ts';
import { tours } from './tours.ts';

export const scenarios: readonly Scenario[] = [
  {
    id: 'lost-updates',
    title: 'Lost updates',
    question:
      'Two gateways read the same count. Find the first update that is lost: what would the count be without it?',
    parameters: { gateways: 2, limit: 10, requests: 30, rate: 200, spread: 'constant' },
    algorithm: 'read-then-write',
    beside: { algorithm: 'store-decides' },
    tour: tours['lost-updates'],
    answer: answers['lost-updates'],
  },
  {
    id: 'read-then-write',
    title: 'Read, then write',
    question: 'Four gateways, a quota of 100, and 10 ms to the store: how many of 400 requests get through?',
    algorithm: 'read-then-write',
    beside: { algorithm: 'store-decides' },
    tour: tours['read-then-write'],
    answer: answers['read-then-write'],
  },
  {
    id: 'a-nearer-store',
    title: 'A nearer store',
    question: 'The store moves from 10 ms away to 1 ms. Does that mend it?',
    parameters: { latency: 10 },
    algorithm: 'read-then-write',
    beside: { parameters: { latency: 1 } },
    tour: tours['a-nearer-store'],
    answer: answers['a-nearer-store'],
  },
  {
    id: 'stale-counts',
    title: 'Stale counts',
    question:
      'Gateways that decide by themselves and sync every 100 ms: how far over the quota do they get? And every 10 ms?',
    parameters: { syncEvery: 100, rate: 400 },
    algorithm: 'sync-now-and-then',
    beside: { parameters: { syncEvery: 10, rate: 400 } },
    tour: tours['stale-counts'],
    answer: answers['stale-counts'],
  },
  {
    id: 'uneven-load',
    title: 'Uneven load',
    question: 'Most clients talk to the first gateway. Who refuses although the quota is not used up?',
    parameters: { skew: 0.7, requests: 200 },
    algorithm: 'own-share',
    beside: { algorithm: 'store-decides' },
    tour: tours['uneven-load'],
    answer: answers['uneven-load'],
  },
];
