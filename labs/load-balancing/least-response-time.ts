/**
 * Least response time: the server that is expected to answer soonest.
 *
 * The expectation is the server's average response time, newer answers weighing more, times one more than what it
 * has in flight: an idle server that answers in 30 ms and one in 10 ms with two waiting look alike.
 * Unlike least connections it notices that a server is slow before requests pile up there.
 *
 * What is measured goes stale. A server that was slow once and therefore gets no requests never shows that
 * it has recovered: a slow start would be a life sentence. So one request in `exploration` goes to a
 * server at random. A server never tried is tried before all others, and a failure counts
 * as the slowest answer known: failing fast is not answering fast.
 *
 * Ties go to the server listed first.
 *
 * Cost: O(servers) a pick.
 * Source: nginx Plus `least_time`, Citrix "least response time method"; exploration as ε-greedy in R. Sutton,
 * A. Barto, "Reinforcement Learning", ch. 2.
 */
import type { Random } from 'system-design-labs/engine';
import type { Answer, Balancer, Pool, Request } from './balancer.ts';

interface Experience {
  /** Average response time of each server in nanoseconds, 0 for one that has not answered yet. */
  average: number[];
  /** The slowest answer so far. */
  slowest: number;
}

/** Weight of the newest answer in the average. */
const newest = 0.1;
/** One request in so many goes to a server at random. */
const exploration = 50;

export class LeastResponseTime implements Balancer<Experience> {
  initialState(pool: Pool): Experience {
    return { average: new Array<number>(pool.size).fill(0), slowest: 0 };
  }

  pick({ average }: Experience, { available, inFlight }: Pool, _request: Request, random: Random): number {
    if (random.integer(exploration) === 0) return available[random.integer(available.length)]!;
    let soonest = -1;
    let least = Infinity;
    for (const server of available) {
      // Never tried: 0, so before all others; but not a whole herd at once, while the first answer is awaited.
      const expected =
        average[server] === 0 && inFlight[server]! > 0 ? Infinity : average[server]! * (inFlight[server]! + 1);
      if (soonest < 0 || expected < least) {
        soonest = server;
        least = expected;
      }
    }
    return soonest;
  }

  answered(experience: Experience, _pool: Pool, { server, responseTime, succeeded }: Answer): void {
    experience.slowest = Math.max(experience.slowest, responseTime);
    const counted = succeeded ? responseTime : experience.slowest;
    const before = experience.average[server]!;
    experience.average[server] = before === 0 ? counted : before + newest * (counted - before);
  }
}
