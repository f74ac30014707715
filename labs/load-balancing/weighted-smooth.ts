/**
 * Smooth weighted round robin: the shares of weighted round robin, spread out over the round.
 *
 * Before each pick every server gains credit equal to its weight; the one with the most credit gets the
 * request and pays the sum of all weights. The credits always add up to 0, so nobody gets ahead for
 * long, and after as many picks as the weights add up to, everything stands where it began. Weights 5, 1, 1 give
 * a a b a c a a, where the bursty rule gives a a a a a b c.
 *
 * Smooth, not as even as can be: where one round of 5, 1, 1 meets the next, a is picked four times in a row, and
 * a a a b a a c would never need more than three.
 *
 * Use it for servers of unequal size. The weights are the operator's claim about the servers: nobody checks it.
 *
 * Cost: O(servers) a pick.
 * Source: M. Dounin's commit to nginx, "Upstream: smooth weighted round-robin balancing", 2012.
 */
import type { Balancer, Pool } from './balancer.ts';

interface Credits {
  credit: number[];
}

export class WeightedSmooth implements Balancer<Credits> {
  readonly honoursWeights = true;

  initialState(pool: Pool): Credits {
    return { credit: new Array<number>(pool.size).fill(0) };
  }

  pick({ credit }: Credits, pool: Pool): number {
    let total = 0;
    let richest = -1;
    for (const server of pool.available) {
      const weight = pool.weights[server]!;
      total += weight;
      credit[server]! += weight;
      // Equal credit: the server listed first.
      if (richest < 0 || credit[server]! > credit[richest]!) richest = server;
    }
    credit[richest]! -= total;
    return richest;
  }
}
