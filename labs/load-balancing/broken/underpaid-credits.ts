/**
 * Broken on purpose. Smooth weighted round robin, where the server that is picked pays for its request.
 */
import type { Balancer, Pool } from '../balancer.ts';

interface Credits {
  credit: number[];
}

export class UnderpaidCredits implements Balancer<Credits> {
  readonly honoursWeights = true;

  initialState(pool: Pool): Credits {
    return { credit: new Array<number>(pool.size).fill(0) };
  }

  pick({ credit }: Credits, pool: Pool): number {
    let richest = pool.available[0]!;
    for (const server of pool.available) {
      credit[server]! += pool.weights[server]!;
      if (credit[server]! > credit[richest]!) richest = server;
    }
    credit[richest]! -= pool.weights[richest]!;
    return richest;
  }
}
