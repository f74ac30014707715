/**
 * New algorithm: say in one sentence by what it chooses.
 *
 * Why it works: what it knows of the servers, and why that spreads the load.
 *
 * Use it when … Not when …
 *
 * Cost: O(1) a pick.
 * Source: who described it first, and where.
 *
 * As it stands it works like this: the first server that is available gets everything. Run it on
 * *Luck, or a choice of two*: the check *No idle server is passed over* is broken, because the others get nothing. A known answer to begin with: of three equal servers
 * that are idle, three requests in a row should reach all three. Mend `pick`, then make the rest your own.
 */
import type { Random } from 'system-design-labs/engine';
import type { Balancer, Pool, Request } from '../balancer.ts';

/** What it remembers from request to request: plain data, so that a run can be stepped back. */
interface Memory {
  /** Requests sent to each server so far. */
  sent: number[];
}

export class NewAlgorithm implements Balancer<Memory> {
  initialState(pool: Pool): Memory {
    return { sent: new Array<number>(pool.size).fill(0) };
  }

  pick(memory: Memory, pool: Pool, _request: Request, _random: Random): number {
    const server = pool.available[0]!;
    memory.sent[server]!++;
    return server;
  }
}
