/**
 * The power of d choices: each request asks d servers at random and joins the shortest queue of them. Two
 * choices instead of one cut the tail from geometric to doubly exponential; more than two add little.
 *
 * With many servers (the limit of infinitely many), Poisson arrivals of λ per server, exponential service of mean
 * 1/μ, first come first served, and queue lengths known without delay, the share of servers with at least i
 * requests is ρ^((dⁱ − 1) / (d − 1)). With N servers the truth lies a little above, by a term in 1/N.
 *
 * Source: M. Mitzenmacher, "The Power of Two Choices in Randomized Load Balancing", PhD thesis, Berkeley 1996;
 * N. D. Vvedenskaya, R. L. Dobrushin, F. I. Karpelevich, 1996.
 */
import { requirePositive, requireShare, requireStable, timeWhereTailIs } from './queue.ts';

export interface ChoicesTheory {
  /** Share of the servers that hold at least so many requests. */
  shareWithAtLeast(requests: number): number;
  meanNumberPerServer: number;
  meanTimeInSystem: number;
  meanWait: number;
  /** The time in system that a share of all requests does not exceed. @param share 0 … 1, exclusive */
  timeInSystemQuantile(share: number): number;
  /** The share of all requests whose time in system is longer. @param time 0 or more */
  timeInSystemTail(time: number): number;
}

/**
 * @param choices d, 1 or more; 1 is random and gives M/M/1
 * @param arrivalRate λ, requests per server and unit of time
 * @param serviceRate μ of one server
 * @throws RangeError for rates that are not positive, λ ≥ μ, or choices that are no positive whole number
 */
export function powerOfChoices(choices: number, arrivalRate: number, serviceRate: number): ChoicesTheory {
  requirePositive('arrivalRate', arrivalRate);
  requirePositive('serviceRate', serviceRate);
  if (!Number.isInteger(choices) || choices < 1) {
    throw new RangeError(`choices must be a positive whole number, not ${choices}`);
  }
  const load = arrivalRate / serviceRate;
  requireStable(load);
  const shareWithAtLeast = (requests: number): number =>
    load ** (choices === 1 ? requests : (choices ** requests - 1) / (choices - 1));

  /** Probability that an arrival joins a server with exactly so many before it: all d have as many, not all more. */
  const joins: number[] = [];
  let meanNumberPerServer = 0;
  // Until what is left can no longer be seen in a double.
  for (let requests = 0; shareWithAtLeast(requests) > 1e-18; requests++) {
    joins.push(shareWithAtLeast(requests) ** choices - shareWithAtLeast(requests + 1) ** choices);
    meanNumberPerServer += shareWithAtLeast(requests + 1);
  }
  const meanTimeInSystem = meanNumberPerServer / arrivalRate;

  /** P(time in system > t): behind k others it is the sum of k + 1 services, which is Erlang's distribution. */
  const tail = (time: number): number => {
    let sum = 0;
    let term = Math.exp(-serviceRate * time);
    let erlangTail = term;
    for (const [before, probability] of joins.entries()) {
      sum += probability * erlangTail;
      term *= (serviceRate * time) / (before + 1);
      erlangTail += term;
    }
    return sum;
  };
  return {
    shareWithAtLeast,
    meanNumberPerServer,
    meanTimeInSystem,
    meanWait: meanTimeInSystem - 1 / serviceRate,
    timeInSystemTail: tail,
    timeInSystemQuantile(share) {
      requireShare(share);
      return timeWhereTailIs(tail, 1 - share, meanTimeInSystem);
    },
  };
}
