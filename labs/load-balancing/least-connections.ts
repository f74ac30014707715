/**
 * Least connections: the server with the fewest requests in flight, for its weight.
 *
 * A slow server, or one that got the expensive requests, finishes less often, so its count stays high and it gets
 * less: the balancer adapts without measuring anything. With one balancer that sees every request this is "join
 * the shortest queue", which no rule that knows only the queue lengths can beat for equal servers and exponential service
 * times; for some other service times, one can.
 *
 * Two limits. Counts are only as fresh as the balancer's view: several balancers that each see their own
 * requests all choose the same server. And a server that fails fast has few requests in flight: it draws everybody.
 *
 * Ties go to the next in the circle after the last pick. By lowest number instead, the first
 * servers would get nearly everything whenever there is little to do.
 *
 * Cost: O(servers) a pick.
 * Source: nginx `least_conn`, HAProxy `leastconn`; W. Winston, "Optimality of the shortest line discipline",
 * Journal of Applied Probability 14(1), 1977; W. Whitt, "Deciding which queue to join: some counterexamples",
 * Operations Research 34(1), 1986.
 */
import type { Balancer, Pool } from './balancer.ts';

interface LastPick {
  /** Who got the last request, −1 before the first. */
  last: number;
}

export class LeastConnections implements Balancer<LastPick> {
  initialState(): LastPick {
    return { last: -1 };
  }

  pick(state: LastPick, pool: Pool): number {
    const { inFlight, weights, isAvailable, size } = pool;
    let least = -1;
    let server = state.last;
    for (let step = 0; step < size; step++) {
      server = server + 1 < size ? server + 1 : 0;
      if (isAvailable[server] === 0) continue;
      // inFlight / weight, compared without dividing: the counts are whole numbers and stay exact.
      if (least < 0 || inFlight[server]! * weights[least]! < inFlight[least]! * weights[server]!) least = server;
    }
    state.last = least;
    return least;
  }
}
