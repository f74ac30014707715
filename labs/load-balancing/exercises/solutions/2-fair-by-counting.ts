/**
 * A solution of exercise 2: requests per weight, compared by multiplying crosswise.
 *
 * And the answer to its last question: a server that comes back after an hour is an hour behind, and gets every
 * request until it has caught up. Rounds and credits forget; counts do not.
 */
import type { Pool } from '../../balancer.ts';

interface Counts {
  sent: number[];
}

export class CountedFairly {
  readonly honoursWeights = true;

  initialState(pool: Pool): Counts {
    return { sent: new Array<number>(pool.size).fill(0) };
  }

  pick({ sent }: Counts, { available, weights }: Pool): number {
    let furthest = available[0]!;
    for (const server of available) {
      if (sent[server]! * weights[furthest]! < sent[furthest]! * weights[server]!) furthest = server;
    }
    sent[furthest]!++;
    return furthest;
  }
}
