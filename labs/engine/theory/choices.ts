/**
 * The power of d choices: each request asks d servers at random and joins the shortest queue of them. Two
 * choices instead of one cut the tail from geometric to doubly exponential; a third adds far less than the second.
 *
 * With many servers (the limit of infinitely many), Poisson arrivals of λ per server, exponential service of mean
 * 1/μ, first come first served, and queue lengths known without delay, the share of servers with at least i
 * requests is ρ^((dⁱ − 1) / (d − 1)). With N servers the truth lies a little above, by a term in 1/N that
 * `twoChoicesAmong` reckons with.
 *
 * Source: M. Mitzenmacher, "The Power of Two Choices in Randomized Load Balancing", PhD thesis, Berkeley 1996;
 * N. D. Vvedenskaya, R. L. Dobrushin, F. I. Karpelevich, 1996; N. Gast, B. Van Houdt, "A Refined Mean Field
 * Approximation", Proceedings of the ACM on Measurement and Analysis of Computing Systems 1(2), 2017.
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

/** Two choices among so many servers. */
export interface FewServersTheory {
  meanTimeInSystem: number;
  /** What the terms in 1/N² and beyond may add to it, at most. */
  neglected: number;
}

/**
 * Two choices among N servers, two different ones each time: the limit for many, with what is left of it in 1/N.
 *
 * Chance makes the queues differ more than in the limit: that adds ρ² / (2 (1 − ρ)) / N requests a server (Gast and
 * Van Houdt). Never comparing a server with itself takes some away: the share of servers with at least i + 1
 * requests is then ρ times the chance that two different ones both have i.
 *
 * Held against simulations of 10 to 100 servers. Good while N (1 − ρ) is 5 or more; `neglected` says how good.
 * @param servers N, 2 or more
 * @param arrivalRate λ, requests per server and unit of time
 * @param serviceRate μ of one server
 * @throws RangeError for rates that are not positive, λ ≥ μ, or fewer than two servers
 */
export function twoChoicesAmong(servers: number, arrivalRate: number, serviceRate: number): FewServersTheory {
  if (!Number.isInteger(servers) || servers < 2) {
    throw new RangeError(`two choices take a whole number of servers, 2 or more, not ${servers}`);
  }
  requirePositive('arrivalRate', arrivalRate);
  requirePositive('serviceRate', serviceRate);
  const load = arrivalRate / serviceRate;
  requireStable(load);
  let numberPerServer = 0;
  for (let share = load; share > 1e-18;) {
    numberPerServer += share;
    share = load * (share ** 2 - (share * (1 - share)) / (servers - 1));
  }
  const byChance = load / (2 * (1 - load) * servers);
  return {
    meanTimeInSystem: (numberPerServer / load + byChance) / serviceRate,
    neglected: byChance ** 2 / 2 / serviceRate,
  };
}
