/**
 * Distributions of counts, 0 … n, from the ratio of neighbouring probabilities. Nothing but + − × ÷, so that they
 * come out the same on every machine; exact to rounding, for small counts and skewed ones as well.
 */

/** How often each count occurs. */
export interface CountDistribution {
  readonly mean: number;
  readonly variance: number;
  /** Fourth central moment divided by the squared variance: 3 for a normal distribution, more where outliers are common. */
  readonly kurtosis: number;
  /** The probability of exactly this count. */
  probability(count: number): number;
  /** The smallest count that is not exceeded with this probability. */
  quantile(probability: number): number;
}

/**
 * How many of `trials` succeed, each with the same chance.
 * @param chance 0 … 1
 */
export function binomial(trials: number, chance: number): CountDistribution {
  if (chance <= 0) return always(0);
  if (chance >= 1) return always(trials);
  const odds = chance / (1 - chance);
  return fromRatios(trials, trials * chance, (count) => ((trials - count) / (count + 1)) * odds);
}

/**
 * How many of `trials` succeed where the chance itself is drawn, once for all, from Beta(alpha, beta). The share of a
 * circle that a of n random points get is Beta(a, n − a): their arcs are as good as exchangeable spacings.
 * @param alpha,beta 1 or more; 0 stands for a chance that is surely 0 or 1
 */
export function betaBinomial(trials: number, alpha: number, beta: number): CountDistribution {
  if (alpha === 0) return always(0);
  if (beta === 0) return always(trials);
  return fromRatios(trials, (trials * alpha) / (alpha + beta), (count) => {
    const rest = trials - count;
    return (rest / (count + 1)) * ((count + alpha) / (rest - 1 + beta));
  });
}

function always(certain: number): CountDistribution {
  return {
    mean: certain,
    variance: 0,
    kurtosis: 3,
    probability: (count) => (count === certain ? 1 : 0),
    quantile: () => certain,
  };
}

/** Weights below this share of the largest are left out: they change no figure that is shown. */
const negligible = 1e-20;

/**
 * @param mean near it counts are as likely as any: weights are reckoned from there in both directions
 * @param ratio probability of count + 1 divided by that of count
 */
function fromRatios(size: number, mean: number, ratio: (count: number) => number): CountDistribution {
  const start = Math.floor(mean);
  const upwards = [1];
  let largest = 1;
  for (let count = start; count < size; count++) {
    const weight = upwards[upwards.length - 1]! * ratio(count);
    largest = Math.max(largest, weight);
    if (weight < largest * negligible) break;
    upwards.push(weight);
  }
  const downwards: number[] = [];
  for (let count = start - 1, weight = 1; count >= 0; count--) {
    weight /= ratio(count);
    largest = Math.max(largest, weight);
    if (weight < largest * negligible) break;
    downwards.push(weight);
  }
  const first = start - downwards.length;
  const weights = [...downwards.reverse(), ...upwards];
  const sum = weights.reduce((total, weight) => total + weight, 0);
  let variance = 0;
  let fourth = 0;
  for (let i = 0; i < weights.length; i++) {
    const square = (first + i - mean) * (first + i - mean);
    variance += (weights[i]! / sum) * square;
    fourth += (weights[i]! / sum) * square * square;
  }
  return {
    mean,
    variance,
    kurtosis: fourth / (variance * variance),
    probability: (count) => (weights[count - first] ?? 0) / sum,
    quantile(probability) {
      let below = 0;
      for (let i = 0; i < weights.length; i++) {
        below += weights[i]! / sum;
        if (below >= probability) return first + i;
      }
      return first + weights.length - 1;
    },
  };
}
