/**
 * Exercise, advanced: a choice that remembers.
 *
 * Two random choices are good. A third candidate that costs no draw is better: the best one left over from the
 * last choice, since a server that was idle a moment ago often still is. This balancer compares two random
 * servers with the one it remembers, picks the least busy of the three, and remembers it.
 *
 * Run it on *Two neighbours down* with seed 1: the check *No request to a server known to be down* is broken; jump to
 * its event. Mend that first. Then run *Luck, or a choice of two*: two choices alone spend 2.65 service times in
 * the system, this spends 2.34, and it could be below 2.25. You are done when the check holds and a request spends at
 * most 0.86 of the time that it spends with two choices alone.
 *
 * Hints, one after the other: ../exercises.ts. A solution: solutions/3-a-choice-that-remembers.ts.
 * Source: M. Mitzenmacher, B. Prabhakar, D. Shah, "Load Balancing with Memory", FOCS 2002.
 */
import type { Random } from 'system-design-labs/engine';
import type { Balancer, Pool, Request } from '../balancer.ts';

interface Memory {
  /** The server to compare with, −1 before the first request. */
  remembered: number;
}

export class AChoiceThatRemembers implements Balancer<Memory> {
  initialState(): Memory {
    return { remembered: -1 };
  }

  pick(memory: Memory, { available, inFlight }: Pool, _request: Request, random: Random): number {
    const candidates = [0, 1].map(() => available[random.integer(available.length)]!);
    if (memory.remembered >= 0) candidates.unshift(memory.remembered); // first, and so first among equals
    const picked = candidates.reduce((best, server) => (inFlight[server]! < inFlight[best]! ? server : best));
    memory.remembered = picked;
    return picked;
  }
}
