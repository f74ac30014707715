/** A pool to try a balancer on without a simulator: the test moves the counts and the clock. */
import type { BalancerClass, Pool, Request } from '../balancer.ts';
import { randomSource } from 'system-design-labs/engine';

export interface TestPool extends Pool {
  available: number[];
  weights: number[];
  now: number;
}

/** All servers available, nothing in flight. */
export function poolOf(size: number, weights: number[] = []): TestPool {
  return {
    size,
    available: Array.from({ length: size }, (_, server) => server),
    isAvailable: new Uint8Array(size).fill(1),
    weights: Array.from({ length: size }, (_, server) => weights[server] ?? 1),
    inFlight: new Int32Array(size),
    now: 0,
  };
}

/** Takes a server out, or puts it back. */
export function setAvailable(pool: TestPool, server: number, available: boolean): void {
  pool.isAvailable[server] = available ? 1 : 0;
  pool.available = Array.from({ length: pool.size }, (_, one) => one).filter((one) => pool.isAvailable[one] === 1);
}

/** A balancer with its state and luck, asked for one server after the other. */
export function picker(algorithm: BalancerClass, pool: Pool, seed = 1) {
  const balancer = new algorithm();
  const state = balancer.initialState(pool) as unknown;
  const random = randomSource(seed).stream('pick');
  let number = 0;
  return {
    pick: (address = 0): number => balancer.pick(state, pool, { number: number++, address } satisfies Request, random),
    answer: (server: number, responseTime: number, succeeded = true): void =>
      balancer.answered?.(state, pool, { server, responseTime, succeeded }),
  };
}

/** The next picks as letters: 'AABAC'. Nothing stays in flight. */
export function letters(pick: () => number, count: number): string {
  return Array.from({ length: count }, () => String.fromCharCode(65 + pick())).join('');
}
