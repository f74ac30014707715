/**
 * M/G/1: one server, Poisson arrivals, service times of any distribution, first come first served.
 *
 * The wait depends on the services' variance as much as on their mean: at equal load, constant services wait
 * half as long as exponential ones, and a heavy tail waits without bound.
 *
 * Source: F. Pollaczek, "Über eine Aufgabe der Wahrscheinlichkeitstheorie", Mathematische Zeitschrift 32, 1930;
 * A. Y. Khinchine, 1932. The Pollaczek–Khinchine formula, for means only.
 */
import { requirePositive, requireStable, type QueueTheory } from './queue.ts';

/**
 * @param arrivalRate λ, requests per unit of time
 * @param serviceRate μ: one over the mean service time
 * @param squaredVariation variance of a service time over its squared mean: 0 constant, 1 exponential
 * @throws RangeError for rates that are not positive, λ ≥ μ, or a negative variation
 */
export function mg1(arrivalRate: number, serviceRate: number, squaredVariation: number): QueueTheory {
  requirePositive('arrivalRate', arrivalRate);
  requirePositive('serviceRate', serviceRate);
  if (!(squaredVariation >= 0)) throw new RangeError(`squaredVariation must be 0 or more, not ${squaredVariation}`);
  const utilization = arrivalRate / serviceRate;
  requireStable(utilization);
  const meanWait = ((utilization / (1 - utilization)) * (1 + squaredVariation)) / 2 / serviceRate;
  const meanTimeInSystem = meanWait + 1 / serviceRate;
  return {
    utilization,
    waitProbability: utilization,
    meanWait,
    meanTimeInSystem,
    meanNumberWaiting: arrivalRate * meanWait,
    meanNumberInSystem: arrivalRate * meanTimeInSystem,
  };
}
