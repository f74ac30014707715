/**
 * Broken on purpose. Least response time as one writes it first: measure, and ask whoever was fastest.
 */
import type { Answer, Balancer, Pool } from '../balancer.ts';

interface Experience {
  /** Last response time of each server in nanoseconds, 0 for one that has not answered yet. */
  last: number[];
}

export class LifeSentence implements Balancer<Experience> {
  initialState(pool: Pool): Experience {
    return { last: new Array<number>(pool.size).fill(0) };
  }

  pick({ last }: Experience, { available, inFlight }: Pool): number {
    let fastest = available[0]!;
    for (const server of available) {
      if (last[server]! * (inFlight[server]! + 1) < last[fastest]! * (inFlight[fastest]! + 1)) fastest = server;
    }
    return fastest;
  }

  answered({ last }: Experience, _pool: Pool, { server, responseTime }: Answer): void {
    last[server] = responseTime;
  }
}
