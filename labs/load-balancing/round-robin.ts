/**
 * Round robin: each server in turn.
 *
 * It shares out requests evenly, and work too as long as requests cost alike and servers are equal. It does not
 * look at them: a server that is slow, or happens to hold the expensive requests, gets its turn
 * all the same and its queue grows while others idle.
 *
 * Use it for equal servers and short, similar requests, or where nothing is known about the servers. It
 * beats random choice, because turns are regular: no server gets two requests in a row.
 *
 * Cost: O(1) a pick, O(servers) when most are unavailable.
 * Source: the default of nginx's upstream module; L. Kleinrock, "Analysis of a time-shared processor", 1964, for
 * the name in scheduling.
 */
import type { Balancer, Pool } from './balancer.ts';

interface Turn {
  /** Who got the last request, −1 before the first. */
  last: number;
}

export class RoundRobin implements Balancer<Turn> {
  initialState(): Turn {
    return { last: -1 };
  }

  pick(turn: Turn, pool: Pool): number {
    let server = turn.last;
    // The turn of an unavailable server passes to the next; it keeps its place in the circle.
    do server = server + 1 < pool.size ? server + 1 : 0;
    while (pool.isAvailable[server] === 0);
    turn.last = server;
    return server;
  }
}
