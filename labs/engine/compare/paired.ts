/**
 * Paired comparison: two algorithms, or two values of a parameter, on the same draws.
 *
 * Under one seed, request k arrives at the same moment with the same demand in both runs (common random
 * numbers), so that what differs is due to the algorithm and not to luck. The difference per seed scatters
 * far less than either figure, and a few seeds tell apart what thousands of unpaired ones would not.
 *
 * Source: A. M. Law, "Simulation Modeling and Analysis", ch. 11 (common random numbers, paired-t intervals).
 */
import type { RunReport } from '../lab/report.ts';
import { meanInterval, type Interval } from '../metrics/interval.ts';

/** One metric of two variants. */
export interface PairedDifference {
  metric: string;
  /** Means over the seeds. */
  a: number;
  b: number;
  /** b − a, per seed. */
  difference: Interval;
  /** Whether the interval leaves out zero: the variants differ, beyond what the seeds explain. */
  differs: boolean;
}

/**
 * @param a,b reports of the two variants, seed by seed in the same order
 * @param level 0.95 for 95 % intervals
 * @throws RangeError when they are not paired by seed, or fewer than two pairs
 */
export function pairedDifferences(
  a: readonly RunReport[],
  b: readonly RunReport[],
  level: number = 0.95,
): PairedDifference[] {
  const stray = a.findIndex((report, index) => report.seed !== b[index]?.seed);
  if (stray >= 0 || a.length !== b.length) {
    throw new RangeError('a paired comparison takes the same seeds in the same order on both sides');
  }
  return commonMetrics([...a, ...b]).map((metric) => {
    const left = a.map((report) => report.metrics[metric]!);
    const right = b.map((report) => report.metrics[metric]!);
    const difference = meanInterval(
      right.map((value, index) => value - left[index]!),
      level,
    );
    return {
      metric,
      a: left.reduce((sum, value) => sum + value, 0) / left.length,
      b: right.reduce((sum, value) => sum + value, 0) / right.length,
      difference,
      differs: difference.low > 0 || difference.high < 0,
    };
  });
}

/** The metrics that every report has as a finite number. */
export function commonMetrics(reports: readonly RunReport[]): string[] {
  return Object.keys(reports[0]?.metrics ?? {}).filter((name) =>
    reports.every((report) => Number.isFinite(report.metrics[name])),
  );
}
