/** A solution of exercise 1: only who is available is looked at, in both searches. */
import type { Pool } from '../../balancer.ts';

interface Round {
  served: number[];
}

export class SkippedTheDead {
  initialState(pool: Pool): Round {
    return { served: new Array<number>(pool.size).fill(0) };
  }

  pick({ served }: Round, pool: Pool): number {
    const next = (): number | undefined => pool.available.find((one) => served[one]! < pool.weights[one]!);
    let server = next();
    if (server === undefined) {
      served.fill(0);
      server = next()!; // every weight is 1 or more
    }
    served[server]!++;
    return server;
  }
}
