/** How service times spread around their mean, and how much: what Pollaczek and Khinchine want to know. */
import { constant, exp, exponential, logNormal, uniform, type Distribution } from 'system-design-labs/engine';
import type { Values } from '../parameters.ts';

interface Spread {
  /** @param mean in nanoseconds */
  around(mean: number): Distribution;
  /** Variance over the squared mean. */
  squaredVariation: number;
}

/** Standard deviation of the logarithm: a tail in which one request in a hundred takes six times the mean. */
const sigma = 1;

export const spreads: Readonly<Record<Values['serviceTime'], Spread>> = {
  exponential: { around: exponential, squaredVariation: 1 },
  constant: { around: constant, squaredVariation: 0 },
  uniform: { around: (mean) => uniform(mean / 2, (3 * mean) / 2), squaredVariation: 1 / 12 },
  'log-normal': {
    around: (mean) => logNormal(mean * exp(-(sigma ** 2) / 2), sigma),
    squaredVariation: exp(sigma ** 2) - 1,
  },
};
