/**
 * Broken on purpose. Round robin that steps over a server that is not available.
 */
import type { Balancer, Pool } from '../balancer.ts';

interface Turn {
  last: number;
}

export class BlindSecondStep implements Balancer<Turn> {
  initialState(): Turn {
    return { last: -1 };
  }

  pick(turn: Turn, pool: Pool): number {
    turn.last = (turn.last + 1) % pool.size;
    if (pool.isAvailable[turn.last] === 0) turn.last = (turn.last + 1) % pool.size;
    return turn.last;
  }
}
