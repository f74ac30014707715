/**
 * M/M/c: one queue before `servers` equal servers, Poisson arrivals, exponential service times, first come first
 * served. Erlang's C formula says how often an arrival finds all of them busy.
 *
 * It is the best that a balancer over c such servers can hope for without knowing how long requests take: no
 * server idles while a request waits.
 *
 * Source: A. K. Erlang, "Solution of some problems in the theory of probabilities of significance in automatic
 * telephone exchanges", Elektroteknikeren 13, 1917. Computed from Erlang's B by its recursion, which
 * neither overflows nor cancels, however many servers there are.
 */
import { requirePositive, requireShare, requireStable, timeWhereTailIs, type QueueDistribution } from './queue.ts';

/**
 * Erlang B: the probability that all `servers` are busy when nobody waits (a blocked call is lost).
 * @param offeredLoad λ / μ, in erlangs
 */
export function erlangB(servers: number, offeredLoad: number): number {
  requireServers(servers);
  requirePositive('offeredLoad', offeredLoad);
  let blocked = 1;
  for (let n = 1; n <= servers; n++) blocked = (offeredLoad * blocked) / (n + offeredLoad * blocked);
  return blocked;
}

/**
 * Erlang C: the probability that an arrival has to wait.
 * @param offeredLoad λ / μ, in erlangs, below `servers`
 */
export function erlangC(servers: number, offeredLoad: number): number {
  const blocked = erlangB(servers, offeredLoad);
  const utilization = offeredLoad / servers;
  requireStable(utilization);
  return blocked / (1 - utilization * (1 - blocked));
}

/**
 * @param arrivalRate λ, requests per unit of time for all servers together
 * @param serviceRate μ of one server
 * @throws RangeError for rates that are not positive, or λ ≥ servers · μ
 */
export function mmc(arrivalRate: number, serviceRate: number, servers: number): QueueDistribution {
  requirePositive('arrivalRate', arrivalRate);
  requirePositive('serviceRate', serviceRate);
  const waitProbability = erlangC(servers, arrivalRate / serviceRate);
  /** A wait, where there is one, is exponential with this rate. */
  const drain = servers * serviceRate - arrivalRate;
  const meanWait = waitProbability / drain;
  const meanTimeInSystem = meanWait + 1 / serviceRate;
  /** P(time in system > t): a service time, and with probability C the wait before it. */
  const tail = (time: number): number => {
    const served = Math.exp(-serviceRate * time);
    const difference = drain - serviceRate;
    // The general form divides by the difference of the rates: next to nothing when they are equal.
    const both =
      Math.abs(difference) < 1e-9 * serviceRate
        ? (1 + serviceRate * time) * served
        : (drain * served - serviceRate * Math.exp(-drain * time)) / difference;
    return (1 - waitProbability) * served + waitProbability * both;
  };
  return {
    utilization: arrivalRate / (servers * serviceRate),
    waitProbability,
    meanWait,
    meanTimeInSystem,
    meanNumberWaiting: arrivalRate * meanWait,
    meanNumberInSystem: arrivalRate * meanTimeInSystem,
    timeInSystemTail: tail,
    timeInSystemQuantile(share) {
      requireShare(share);
      return timeWhereTailIs(tail, 1 - share, meanTimeInSystem);
    },
  };
}

function requireServers(servers: number): void {
  if (!Number.isInteger(servers) || servers < 1) {
    throw new RangeError(`servers must be a positive whole number, not ${servers}`);
  }
}
