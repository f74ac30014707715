/**
 * Exercise for beginners: skip the dead.
 *
 * This is weighted round robin, bursty: servers in listed order, each as many requests in a row as its weight. It
 * shares out well, until a server dies.
 *
 * Run it on *Failover and return* with seed 1. The check *No request to a server known to be down* is broken: jump
 * to its event and look who got the request, and what the balancer knew. Mend `pick`. You are done when the check
 * holds there and no request fails.
 *
 * Hints, one after the other: ../exercises.ts. A solution: solutions/1-skip-the-dead.ts.
 */
import type { Balancer, Pool } from '../balancer.ts';

interface Round {
  /** Requests that each server has had in this round. */
  served: number[];
}

export class SkipTheDead implements Balancer<Round> {
  initialState(pool: Pool): Round {
    return { served: new Array<number>(pool.size).fill(0) };
  }

  pick({ served }: Round, pool: Pool): number {
    let server = served.findIndex((count, one) => count < pool.weights[one]!);
    if (server < 0) {
      served.fill(0);
      server = 0;
    }
    served[server]!++;
    return server;
  }
}
