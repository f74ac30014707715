/** Answers that each algorithm must give before its speed counts. */
import type { BalancerClass, Pool } from '../balancer.ts';
import { QuickRandom } from './quick-random.ts';

/** A pool in which everybody is available and idle. */
export function idlePool(servers: number, weights: readonly number[] = []) {
  return {
    size: servers,
    available: Array.from({ length: servers }, (_, server) => server),
    isAvailable: new Uint8Array(servers).fill(1),
    weights: Array.from({ length: servers }, (_, server) => weights[server] ?? 1),
    inFlight: new Int32Array(servers),
    now: 0,
  } satisfies Pool;
}

/** Picks in a row as letters, nothing staying in flight. */
function picks(Balancer: BalancerClass, pool: Pool, count: number): string {
  const balancer = new Balancer();
  const state: unknown = balancer.initialState(pool);
  const random = new QuickRandom();
  return Array.from({ length: count }, (_, number) =>
    String.fromCharCode(65 + balancer.pick(state, pool, { number, address: number << 8 }, random)),
  ).join('');
}

const sequences: ReadonlyMap<string, { weights: number[]; picks: string }> = new Map([
  ['round-robin', { weights: [1, 1, 1], picks: 'ABCABCA' }],
  ['weighted-bursty', { weights: [5, 1, 1], picks: 'AAAAABC' }],
  ['weighted-smooth', { weights: [5, 1, 1], picks: 'AABACAA' }], // nginx
  ['least-connections', { weights: [1, 1, 1], picks: 'ABCABCA' }],
]);

/** Algorithms that must see that one of two servers is busy. */
const observant = ['least-connections', 'two-choices'];

/** What is wrong with an algorithm's answers, or undefined. */
export function checkAnswers(Balancer: BalancerClass, algorithm: string): string | undefined {
  const expected = sequences.get(algorithm);
  if (expected) {
    const found = picks(Balancer, idlePool(3, expected.weights), expected.picks.length);
    if (found !== expected.picks) return `picks ${found}, not ${expected.picks}`;
  }
  if (observant.includes(algorithm)) {
    const pool = idlePool(2);
    pool.inFlight[0] = 1;
    if (picks(Balancer, pool, 20) !== 'B'.repeat(20)) return 'picks the busier of two servers';
  }
  const found = picks(Balancer, idlePool(3), 100);
  return /^[ABC]+$/.test(found) ? undefined : `picks a server that is not there: ${found}`;
}
