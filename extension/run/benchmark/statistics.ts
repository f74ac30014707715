/** Medians, and ratios with an interval that assumes nothing about how timings are distributed. */
import { randomSource } from '../../../labs/engine/random/random.ts';

/** The middle value; the mean of the two middle ones of an even number. @param values at least one */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/** A figure with its 95 % interval. */
export interface Estimate {
  value: number;
  low: number;
  high: number;
}

const resamples = 2000;

/**
 * The median with a 95 % bootstrap interval (Efron 1979): the medians of many draws, with replacement, of
 * as many values. The draws are seeded: the same values give the same interval.
 * @param values at least one
 */
export function medianWithInterval(values: readonly number[]): Estimate {
  const random = randomSource(1).stream('bootstrap');
  const medians: number[] = [];
  for (let resample = 0; resample < resamples; resample++) {
    medians.push(median(values.map(() => values[random.integer(values.length)]!)));
  }
  medians.sort((a, b) => a - b);
  return {
    value: median(values),
    low: medians[Math.floor(resamples * 0.025)]!,
    high: medians[Math.ceil(resamples * 0.975) - 1]!,
  };
}

/**
 * How many times as fast one contender is as another: the ratio of each round's times, so that whatever
 * slowed a whole round slowed both.
 * @param times,others nanoseconds an operation, round by round
 */
export function speedRatio(times: readonly number[], others: readonly number[]): Estimate {
  return medianWithInterval(times.map((time, round) => others[round]! / time));
}

/** Half the middle spread over the median: how far a typical round lies from the middle one, as a share. */
export function relativeSpread(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const quarter = (sorted.length - 1) / 4;
  const spread = sorted[Math.round(3 * quarter)]! - sorted[Math.round(quarter)]!;
  return spread / 2 / median(values);
}
