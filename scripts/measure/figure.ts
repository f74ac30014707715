/** What `npm run measure` prints: one figure a line, from samples that were taken one after the other. */
import { median } from '../../extension/run/benchmark/statistics.ts';

/** A bound that the project wants to keep. It is told, never asserted. */
export type Goal = { atMost: number } | { atLeast: number };

/** A measured figure. Median and range are in `unit`. */
export interface Figure {
  name: string;
  unit: Unit;
  median: number;
  /** The least and the greatest sample. */
  low: number;
  high: number;
  /** How many samples. */
  n: number;
  goal?: Goal;
  /** What the figure covers, where its name does not say it all. */
  note?: string;
}

export type Unit = 'ms' | 'bytes' | 'events/s';

/** What belongs to a figure besides its samples. */
export type About = Pick<Figure, 'goal' | 'note'>;

/**
 * A figure from its samples.
 * @throws RangeError when there is none: a measurement that saw nothing is a mistake in the measuring
 */
export function figure(name: string, unit: Unit, samples: readonly number[], about: About = {}): Figure {
  if (samples.length === 0) throw new RangeError(`there are no samples of '${name}'`);
  const [low, high] = [Math.min(...samples), Math.max(...samples)];
  return { name, unit, median: median(samples), low, high, n: samples.length, ...about };
}

/**
 * The value that this share of the samples does not exceed: the smallest such sample (nearest rank).
 * @param share above 0, up to 1
 */
export function percentile(samples: readonly number[], share: number): number {
  if (samples.length === 0) throw new RangeError('a percentile of nothing does not exist');
  const sorted = samples.toSorted((a, b) => a - b);
  return sorted[Math.ceil(share * sorted.length) - 1]!;
}

/** Whether a figure's median keeps its goal; undefined where it has none. */
export function keepsGoal({ goal, median }: Figure): boolean | undefined {
  if (!goal) return undefined;
  return 'atMost' in goal ? median <= goal.atMost : median >= goal.atLeast;
}
