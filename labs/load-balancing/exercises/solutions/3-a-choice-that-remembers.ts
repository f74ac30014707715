/** A solution of exercise 3: forget who is gone, and count the request that is on its way. */
import type { Random } from 'system-design-labs/engine';
import type { Pool, Request } from '../../balancer.ts';

interface Memory {
  remembered: number;
}

export class AChoiceRemembered {
  initialState(): Memory {
    return { remembered: -1 };
  }

  pick(memory: Memory, { available, isAvailable, inFlight }: Pool, _request: Request, random: Random): number {
    const candidates = [0, 1].map(() => available[random.integer(available.length)]!);
    if (memory.remembered >= 0 && isAvailable[memory.remembered] === 1) candidates.unshift(memory.remembered);
    const leastBusy = (load: (server: number) => number): number =>
      candidates.reduce((best, server) => (load(server) < load(best) ? server : best));
    const picked = leastBusy((server) => inFlight[server]!);
    memory.remembered = leastBusy((server) => inFlight[server]! + (server === picked ? 1 : 0));
    return picked;
  }
}
