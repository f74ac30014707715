/** Values sorted into bins of one width, which is a round figure: what a histogram draws. */
import type { Histogram } from '../lab/report.ts';

/** A value, and how often it occurred. */
export type CountedValue = readonly [value: number, count: number];

/** The part of a distribution that comes from what was measured. */
export type Bins = Required<Pick<Histogram, 'edges' | 'counts' | 'beyond'>>;

/** Share of the values that the bins must cover; a few that are far out would squeeze all others into one. */
const coveredShare = 0.998;

/**
 * @param counted values from 0 up, in any order
 * @param most bins at most, 2 or more
 * @returns bins from 0 on; none where there are no values
 */
export function binsOf(counted: Iterable<CountedValue>, most: number = 50): Bins {
  const sorted = [...counted].sort(([a], [b]) => a - b);
  const total = sorted.reduce((sum, [, count]) => sum + count, 0);
  if (total === 0) return { edges: [], counts: [], beyond: 0 };
  const last = valueAt(sorted, total * coveredShare);
  const width = roundWidth(last / (most - 1));
  const bins = Math.floor(last / width) + 1;
  const counts = new Array<number>(bins).fill(0);
  let beyond = 0;
  for (const [value, count] of sorted) {
    const bin = Math.floor(value / width);
    if (bin < bins) counts[bin]! += count;
    else beyond += count;
  }
  // Multiples, rounded: adding 0.1 ten times does not give 1.
  const edges = Array.from({ length: bins + 1 }, (_, i) => Number((i * width).toPrecision(12)));
  return { edges, counts, beyond };
}

/** The shares of all values that a formula expects in each bin. @param tail P(value > x) */
export function expectedShares(edges: readonly number[], tail: (value: number) => number): number[] {
  const tails = edges.map((edge) => tail(edge));
  return tails.slice(1).map((after, i) => tails[i]! - after);
}

function valueAt(sorted: readonly CountedValue[], rank: number): number {
  let seen = 0;
  for (const [value, count] of sorted) {
    seen += count;
    if (seen >= rank) return value;
  }
  return sorted.at(-1)![0];
}

/** The next of 1, 2 and 5 times a power of ten. */
function roundWidth(least: number): number {
  if (!(least > 0)) return 1;
  const power = 10 ** Math.floor(Math.log10(least));
  return ([1, 2, 5].find((step) => step * power >= least * (1 - 1e-9)) ?? 10) * power;
}
