/** Laws that hold whatever the distributions are. */
import { requirePositive } from './queue.ts';

/**
 * Little's law, L = λW: how many are present on average where so many arrive and each stays so long. It holds for
 * any system in a steady state, a queue or a whole data centre, and any order of service.
 * Source: J. D. C. Little, "A proof for the queuing formula L = λW", Operations Research 9(3), 1961.
 */
export function meanNumberPresent(arrivalRate: number, meanTimeInSystem: number): number {
  return arrivalRate * meanTimeInSystem;
}

/**
 * Amdahl's law: how many times faster a fixed job gets when its parallel part is spread over `workers`.
 * Source: G. M. Amdahl, "Validity of the single processor approach to achieving large scale computing
 * capabilities", AFIPS 1967. Assumes that spreading costs nothing and that the shares are equal.
 * @param parallelShare of the time on one worker, 0 … 1
 */
export function amdahlSpeedup(parallelShare: number, workers: number): number {
  if (!(parallelShare >= 0 && parallelShare <= 1)) {
    throw new RangeError(`parallelShare must lie from 0 to 1, not ${parallelShare}`);
  }
  requirePositive('workers', workers);
  return 1 / (1 - parallelShare + parallelShare / workers);
}
