/**
 * Distributions as plain data, sampled by number: draw k of a purpose and an owner is always the same,
 * whatever was drawn before.
 */
import { exp, log, cos } from './elementary.ts';
import { uniformsAt } from './uniform.ts';

/** How a duration, or another amount, is spread. Durations are in nanoseconds. */
export type Distribution =
  | { readonly kind: 'constant'; readonly value: number }
  | { readonly kind: 'uniform'; readonly min: number; readonly max: number }
  | { readonly kind: 'exponential'; readonly mean: number }
  /** Cut off at 0: a duration is never negative. */
  | { readonly kind: 'normal'; readonly mean: number; readonly deviation: number }
  /** By the median and by sigma, the standard deviation of the logarithm. */
  | { readonly kind: 'logNormal'; readonly median: number; readonly sigma: number }
  /** Measured values: equally spaced quantiles from the least to the greatest, straight lines between them. */
  | { readonly kind: 'table'; readonly quantiles: readonly number[] };

/** Always the same. */
export function constant(value: number): Distribution {
  return { kind: 'constant', value };
}

/** Evenly between two bounds. */
export function uniform(min: number, max: number): Distribution {
  return { kind: 'uniform', min, max };
}

/** Without memory: what service times and gaps of Poisson arrivals are in theory. */
export function exponential(mean: number): Distribution {
  return { kind: 'exponential', mean };
}

/** The bell curve, cut off at 0. */
export function normal(mean: number, deviation: number): Distribution {
  return { kind: 'normal', mean, deviation };
}

/** A long tail: half of the values lie below the median, few far above. */
export function logNormal(median: number, sigma: number): Distribution {
  return { kind: 'logNormal', median, sigma };
}

/** Measured quantiles, equally spaced, least first. */
export function table(quantiles: readonly number[]): Distribution {
  return { kind: 'table', quantiles };
}

/**
 * Says what is wrong with a distribution of something that cannot be negative, or nothing.
 * @returns a complaint that names the value, or undefined
 */
export function complaintAbout(distribution: Distribution): string | undefined {
  const atLeastZero = (name: string, value: number): string | undefined =>
    Number.isFinite(value) && value >= 0 ? undefined : `${name} must be 0 or more, not ${value}`;
  switch (distribution.kind) {
    case 'constant':
      return atLeastZero('the constant', distribution.value);
    case 'uniform':
      if (distribution.max < distribution.min) return `max ${distribution.max} lies below min ${distribution.min}`;
      return atLeastZero('min', distribution.min) ?? atLeastZero('max', distribution.max);
    case 'exponential':
      return atLeastZero('the mean', distribution.mean);
    case 'normal':
      return atLeastZero('the mean', distribution.mean) ?? atLeastZero('the deviation', distribution.deviation);
    case 'logNormal':
      return atLeastZero('the median', distribution.median) ?? atLeastZero('sigma', distribution.sigma);
    case 'table': {
      const { quantiles } = distribution;
      if (quantiles.length === 0) return 'the table is empty';
      const wrong = quantiles.find((value, i) => !(value >= (i === 0 ? 0 : quantiles[i - 1]!)) || value === Infinity);
      return wrong === undefined ? undefined : `the table must rise from 0 or more, ${wrong} does not`;
    }
  }
}

const pair = new Float64Array(2);

/**
 * Draw number `counter` of a purpose and an owner (both as `streamId` gives them).
 * @returns a value of the distribution, not rounded
 */
export function sampleAt(
  distribution: Distribution,
  seed: number,
  purpose: number,
  owner: number,
  counter: number,
): number {
  if (distribution.kind === 'constant') return distribution.value;
  uniformsAt(seed, purpose, owner, counter, pair);
  const u = pair[0]!;
  switch (distribution.kind) {
    case 'uniform':
      return distribution.min + u * (distribution.max - distribution.min);
    case 'exponential':
      return -log(1 - u) * distribution.mean; // 1 − u is never 0
    case 'normal':
      return Math.max(0, distribution.mean + distribution.deviation * bell(u, pair[1]!));
    case 'logNormal':
      return distribution.median * exp(distribution.sigma * bell(u, pair[1]!));
    case 'table': {
      const { quantiles } = distribution;
      const at = u * (quantiles.length - 1);
      const below = Math.floor(at);
      const low = quantiles[below]!;
      return low + (at - below) * ((quantiles[below + 1] ?? low) - low);
    }
  }
}

/** A standard normal variate from two uniform ones (Box & Muller 1958). √ is exact by IEEE 754. */
function bell(u: number, v: number): number {
  return Math.sqrt(-2 * log(1 - u)) * cos(2 * Math.PI * v);
}

/** The mean of a distribution: exact, for the theory beside a run. The cut of `normal` at 0 is left out. */
export function meanOf(distribution: Distribution): number {
  switch (distribution.kind) {
    case 'constant':
      return distribution.value;
    case 'uniform':
      return (distribution.min + distribution.max) / 2;
    case 'exponential':
    case 'normal':
      return distribution.mean;
    case 'logNormal':
      return distribution.median * exp(distribution.sigma ** 2 / 2);
    case 'table': {
      const { quantiles } = distribution;
      if (quantiles.length === 1) return quantiles[0]!;
      const inner = quantiles.slice(1, -1).reduce((sum, value) => sum + value, 0);
      return (inner + (quantiles[0]! + quantiles.at(-1)!) / 2) / (quantiles.length - 1);
    }
  }
}
