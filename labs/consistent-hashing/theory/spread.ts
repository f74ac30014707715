/** How unevenly the keys lie on the servers: what theory says, for a hash that scatters evenly. */
import { betaBinomial, binomial, type CountDistribution } from './distribution.ts';

/** Two-sided 99 % of a normal distribution. */
const z = 2.5758;

/** A range, and what one would expect. */
export interface SpreadRange {
  expected: number;
  low: number;
  high: number;
}

/** How many keys one server holds, on a ring with v points a server: its arcs are Beta(v, (n − 1) · v) of the circle. */
export function loadOnTheRing(keys: number, servers: number, virtualNodes: number): CountDistribution {
  return betaBinomial(keys, virtualNodes, (servers - 1) * virtualNodes);
}

/** How many keys one server holds where all have the same share. */
export function loadOfEqualShares(keys: number, servers: number): CountDistribution {
  return binomial(keys, 1 / servers);
}

/**
 * Where the standard deviation of the loads of `servers` servers lies with 99 % probability. Its square scatters
 * about the variance of one load like a χ² with d degrees of freedom, d = 2 (n − 1) / (κ − 1) for loads of kurtosis κ
 * (n − 1 for normal ones); χ² by Wilson and Hilferty's cube.
 */
export function rangeOfDeviation(load: CountDistribution, servers: number): SpreadRange {
  if (servers === 1 || load.variance === 0) return { expected: 0, low: 0, high: 0 };
  const freedom = (2 * (servers - 1)) / (load.kurtosis - 1);
  const step = 2 / (9 * freedom);
  const quantile = (deviations: number): number => {
    const root = Math.max(0, 1 - step + deviations * Math.sqrt(step));
    return Math.sqrt(load.variance * root * root * root);
  };
  return { expected: Math.sqrt(load.variance), low: quantile(-z), high: quantile(z) };
}
