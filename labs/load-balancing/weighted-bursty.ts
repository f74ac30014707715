/**
 * Weighted round robin, bursty: servers in listed order, each as many requests in a row as its weight says.
 *
 * The rule: the request goes to the first available server that has had fewer requests in this round than its
 * weight; when there is none, every count starts again from 0. Over a round the shares are exact, but
 * they come in bursts: with weights 5, 1, 1 the first server gets five requests in a row and then idles for two.
 * `weighted-smooth.ts` spreads the same shares out.
 *
 * Use it where order does not matter and simplicity does: primary, secondary, backup.
 *
 * Cost: O(servers) a pick.
 * Source: folklore, weighted round robin as one writes it first; nginx dealt in such bursts until 2012, when the smooth
 * rule took their place.
 */
import type { Balancer, Pool } from './balancer.ts';

interface Round {
  /** Requests that each server has had in this round. */
  served: number[];
}

export class WeightedBursty implements Balancer<Round> {
  readonly honoursWeights = true;

  initialState(pool: Pool): Round {
    return { served: new Array<number>(pool.size).fill(0) };
  }

  pick(round: Round, pool: Pool): number {
    let server = firstBelowWeight(round, pool);
    if (server === undefined) {
      // Unavailable servers start again as well: what they missed is not made up for.
      round.served.fill(0);
      server = firstBelowWeight(round, pool)!; // every weight is 1 or more
    }
    round.served[server]!++;
    return server;
  }
}

function firstBelowWeight(round: Round, pool: Pool): number | undefined {
  return pool.available.find((server) => round.served[server]! < pool.weights[server]!);
}
