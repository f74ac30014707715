/**
 * M/M/1: one server, Poisson arrivals, exponential service times, first come first served, a queue without
 * limit.
 *
 * The time in system is itself exponential, with rate μ − λ: at a load of 0.9 its mean is ten service times and
 * its 99th percentile forty-six.
 *
 * Source: D. G. Kendall, "Stochastic processes occurring in the theory of queues", Annals of Mathematical
 * Statistics 24(3), 1953 (the notation); L. Kleinrock, "Queueing Systems", vol. 1, 1975, ch. 3.
 */
import { requirePositive, requireShare, requireStable, type QueueDistribution } from './queue.ts';

/**
 * @param arrivalRate λ, requests per unit of time
 * @param serviceRate μ, requests that a busy server finishes per unit of time
 * @throws RangeError for rates that are not positive, or λ ≥ μ
 */
export function mm1(arrivalRate: number, serviceRate: number): QueueDistribution {
  requirePositive('arrivalRate', arrivalRate);
  requirePositive('serviceRate', serviceRate);
  const utilization = arrivalRate / serviceRate;
  requireStable(utilization);
  const meanTimeInSystem = 1 / (serviceRate - arrivalRate);
  const meanWait = utilization * meanTimeInSystem;
  return {
    utilization,
    waitProbability: utilization,
    meanWait,
    meanTimeInSystem,
    meanNumberWaiting: arrivalRate * meanWait,
    meanNumberInSystem: arrivalRate * meanTimeInSystem,
    timeInSystemTail: (time) => Math.exp(-time / meanTimeInSystem),
    timeInSystemQuantile(share) {
      requireShare(share);
      return -Math.log(1 - share) * meanTimeInSystem;
    },
  };
}

/**
 * How far the mean wait of `requests` successive requests of a stationary M/M/1 strays from the truth: one
 * standard deviation. It is large because neighbours wait alike: 0.6 service times for 10⁵ requests at a load of 0.9.
 *
 * Source: D. J. Daley, "The serial correlation coefficients of waiting times in a stationary single server
 * queue", Journal of the Australian Mathematical Society 8(4), 1968. Holds for many requests (asymptotic).
 */
export function mm1MeanWaitDeviation(arrivalRate: number, serviceRate: number, requests: number): number {
  const { utilization: load } = mm1(arrivalRate, serviceRate);
  requirePositive('requests', requests);
  const variance = (load * (2 + load * (5 + load * (-4 + load)))) / (1 - load) ** 4;
  return Math.sqrt(variance / requests) / serviceRate;
}
