/** A mean that says how far it can be trusted. */
import jStat from 'jstat';

/** A mean with the interval that covers the truth with probability `level`. */
export interface Interval {
  mean: number;
  low: number;
  high: number;
  /** 0.95 for 95 %. */
  level: number;
  /** How many independent (or nearly independent) values it rests on. */
  count: number;
}

/**
 * How many standard errors a two-sided interval reaches to either side, by Student's t.
 *
 * Source: "Student" (W. S. Gosset), "The probable error of a mean", Biometrika 6(1), 1908.
 *
 * @param level 0 … 1, exclusive
 * @param degrees degrees of freedom, 1 or more: one less than the number of values
 * @throws RangeError for a level or a count that gives no interval
 */
export function studentQuantile(level: number, degrees: number): number {
  if (!(level > 0 && level < 1)) throw new RangeError(`level must lie between 0 and 1, not ${level}`);
  if (!(degrees >= 1)) throw new RangeError(`an interval takes 2 values or more, not ${degrees + 1}`);
  return jStat.studentt.inv((1 + level) / 2, degrees);
}

/**
 * The interval around the mean of values that are independent of each other: one per seed, one per
 * batch; never one per request, since neighbours in a queue are alike (`BatchMeans` is for those).
 * @throws RangeError for fewer than two values
 */
export function meanInterval(values: readonly number[], level: number): Interval {
  const count = values.length;
  const reach = studentQuantile(level, count - 1);
  let mean = 0;
  for (const value of values) mean += value / count;
  let squares = 0;
  for (const value of values) squares += (value - mean) ** 2;
  const standardError = Math.sqrt(squares / (count - 1) / count);
  return { mean, low: mean - reach * standardError, high: mean + reach * standardError, level, count };
}
