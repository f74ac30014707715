/**
 * M/M/1/K: as M/M/1, but there is room for `capacity` requests in all, the one in service included; whoever
 * finds it full is turned away. It has a steady state at any load, overload included: that is what a queue limit is for.
 *
 * Source: L. Kleinrock, "Queueing Systems", vol. 1, 1975, § 3.6.
 */
import { requirePositive, type QueueTheory } from './queue.ts';

/** What happens at a queue with a limit; waits and times are those of the requests that were let in. */
export interface LossyQueueTheory extends QueueTheory {
  /** Share of arrivals that are turned away. */
  rejectShare: number;
  /** Requests served per unit of time. */
  throughput: number;
}

/**
 * @param arrivalRate λ, requests per unit of time, those turned away included
 * @param serviceRate μ
 * @param capacity K: how many may be in the system
 * @throws RangeError for rates that are not positive, or a capacity that is not a positive whole number
 */
export function mm1k(arrivalRate: number, serviceRate: number, capacity: number): LossyQueueTheory {
  requirePositive('arrivalRate', arrivalRate);
  requirePositive('serviceRate', serviceRate);
  if (!Number.isInteger(capacity) || capacity < 1) {
    throw new RangeError(`capacity must be a positive whole number, not ${capacity}`);
  }
  const load = arrivalRate / serviceRate;
  // Weights of the states 0 … K, with the fuller end as 1 under overload so that none overflows.
  let total = 0;
  let weighted = 0;
  for (let number = 0; number <= capacity; number++) {
    const weight = load <= 1 ? load ** number : load ** (number - capacity);
    total += weight;
    weighted += number * weight;
  }
  const empty = (load <= 1 ? 1 : load ** -capacity) / total;
  const rejectShare = (load <= 1 ? load ** capacity : 1) / total;
  const throughput = arrivalRate * (1 - rejectShare);
  const meanNumberInSystem = weighted / total;
  const meanNumberWaiting = meanNumberInSystem - (1 - empty);
  return {
    utilization: 1 - empty,
    waitProbability: (1 - empty - rejectShare) / (1 - rejectShare),
    meanWait: meanNumberWaiting / throughput,
    meanTimeInSystem: meanNumberInSystem / throughput,
    meanNumberWaiting,
    meanNumberInSystem,
    rejectShare,
    throughput,
  };
}
