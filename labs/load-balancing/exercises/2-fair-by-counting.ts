/**
 * Exercise, intermediate: fair by counting.
 *
 * Weights without rounds or credits: count what each server has had, and give the request to the one that is
 * furthest behind what its weight earns it. A fine idea, with its comparison the wrong way round.
 *
 * Run it on *The same weights, bursty and smooth* with seed 1: the check *Requests are shared out by weight* is broken,
 * and its detail says who got how much. Mend `pick`. You are done when the check holds, with the weights 5,1,1
 * and with 7,3,2,1 on four servers.
 *
 * Hints, one after the other: ../exercises.ts. A solution: solutions/2-fair-by-counting.ts.
 * What happens to it when a server comes back after an hour?
 */
import type { Balancer, Pool } from '../balancer.ts';

interface Counts {
  /** Requests that each server has had so far. */
  sent: number[];
}

export class FairByCounting implements Balancer<Counts> {
  readonly honoursWeights = true;

  initialState(pool: Pool): Counts {
    return { sent: new Array<number>(pool.size).fill(0) };
  }

  pick({ sent }: Counts, { available, weights }: Pool): number {
    let furthest = available[0]!;
    for (const server of available) {
      if (sent[server]! * weights[server]! < sent[furthest]! * weights[furthest]!) furthest = server;
    }
    sent[furthest]!++;
    return furthest;
  }
}
