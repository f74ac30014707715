/**
 * Peak EWMA: two servers at random, the one with the lower cost, where the cost is what an answer is
 * feared to take times what is in flight.
 *
 * The fear is an exponentially weighted moving average with one twist: an answer slower than the average
 * raises it at once, to the peak; only time and good answers bring it down again. A server that stumbles is
 * avoided within one answer, and a server that nobody asks is forgiven as its average fades, so that
 * exploring needs no luck. Weighing by *time* rather than by answers makes busy and idle servers forget equally fast.
 *
 * A server with requests in flight but no answer yet has no average: it carries a heavy penalty, so that
 * it gets one request first and not the herd.
 *
 * Use it between services with unequal or changing latencies, as Linkerd 2 does by default. Finagle, where it comes
 * from, offers it; the default there is the less loaded of two.
 *
 * Cost: O(1) a pick, one draw and one exponential each for two servers.
 * Source: Twitter Finagle, `PeakEwma.scala`; choosing between two as in `two-choices.ts`.
 */
import { exp, type Random } from 'system-design-labs/engine';
import type { Answer, Balancer, Pool, Request } from './balancer.ts';

interface Costs {
  /** Feared response time of each server in nanoseconds; 0 while nothing is known. */
  cost: number[];
  /** When each was last updated. */
  updated: number[];
}

/** After this long without an answer, an average has fallen to 1/e. */
const decayTime = 10e9; // ns
/** More than any response time: what an unanswered first request counts. */
const penalty = Number.MAX_SAFE_INTEGER / 2;

export class PeakEwma implements Balancer<Costs> {
  initialState(pool: Pool): Costs {
    return { cost: new Array<number>(pool.size).fill(0), updated: new Array<number>(pool.size).fill(pool.now) };
  }

  pick(costs: Costs, pool: Pool, _request: Request, random: Random): number {
    const { available } = pool;
    const count = available.length;
    if (count === 1) return available[0]!;
    const draw = random.uniform() * count;
    const first = Math.trunc(draw);
    let second = Math.trunc((draw - first) * (count - 1));
    if (second >= first) second++;
    const a = available[first]!;
    const b = available[second]!;
    return load(costs, pool, b) < load(costs, pool, a) ? b : a;
  }

  answered(costs: Costs, pool: Pool, { server, responseTime, succeeded }: Answer): void {
    // Failing fast must not look like answering fast: a failure leaves at least what was feared before.
    observe(costs, server, succeeded ? responseTime : Math.max(responseTime, costs.cost[server]!), pool.now);
  }
}

/** What joining a server costs: the feared response time, once for each request in flight and once for the new one. */
function load(costs: Costs, pool: Pool, server: number): number {
  observe(costs, server, 0, pool.now); // no news: the average fades
  const waiting = pool.inFlight[server]!;
  if (costs.cost[server] === 0 && waiting > 0) return penalty + waiting;
  return costs.cost[server]! * (waiting + 1);
}

function observe({ cost, updated }: Costs, server: number, responseTime: number, now: number): void {
  const kept = exp(-(now - updated[server]!) / decayTime);
  const before = cost[server]!;
  cost[server] = responseTime > before ? responseTime : before * kept + responseTime * (1 - kept);
  updated[server] = now;
}
