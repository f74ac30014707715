/**
 * Random: any available server, each as likely.
 *
 * It needs no memory and no counts, so any number of balancers may do it side by side. The price is bad
 * luck: at any moment some server has drawn several requests in a row. With Poisson arrivals
 * each server is a queue of its own, M/M/1: at a load of 0.9, ten service times in the system.
 *
 * Use it as the yardstick; `two-choices.ts` is as simple and far better.
 *
 * Cost: O(1) a pick.
 * Source: folklore; L. Kleinrock, "Queueing Systems", vol. 1, 1975, for why splitting a Poisson stream at random
 * gives Poisson streams.
 */
import type { Random } from 'system-design-labs/engine';
import type { Balancer, Pool, Request } from './balancer.ts';

export class RandomChoice implements Balancer<null> {
  initialState(): null {
    return null; // nothing to remember
  }

  pick(_state: null, { available }: Pool, _request: Request, random: Random): number {
    return available[random.integer(available.length)]!;
  }
}
