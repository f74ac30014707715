/** How cost grows with size: a few sizes measured shortly, beside the growth that an algorithm claims. */
import type { BenchmarkCurve } from '../../../labs/engine/protocol/panel.ts';
import { holdContest, type ContestOptions, type Entrant } from './contest.ts';
import type { RowFacts } from './rows.ts';
import { median } from './statistics.ts';

/** What a sweep goes over. */
export interface Sweep {
  group: string;
  unit: string;
  sizes: readonly number[];
  claim: string;
}

/** Rounds and milliseconds a batch: a curve needs less precision than a headline. */
const effort = { rounds: 3, batch: 25 };

/**
 * The cost of one contender at each size, or undefined where it could not be measured at two of them.
 * @throws the signal's reason when it is aborted
 */
export async function sweepSizes(
  { group, unit, sizes, claim }: Sweep,
  { facts, spec }: Entrant<RowFacts>,
  options: Pick<ContestOptions, 'worker' | 'signal'>,
): Promise<BenchmarkCurve | undefined> {
  const points: BenchmarkCurve['points'] = [];
  for (const n of sizes) {
    const [measurement] = await holdContest([{ facts, spec: { ...spec, size: n } }], { ...options, ...effort });
    if (measurement!.times.length > 0) points.push({ n, nsPerOp: median(measurement!.times) });
  }
  if (points.length < 2) return undefined;
  const { contender, kind } = facts;
  return { group, contender, kind, unit, claim, points, verdict: growthInWords(points, unit, claim) };
}

/** '2.1× the time for 1,000× the servers; O(log n) is claimed'. */
function growthInWords(points: BenchmarkCurve['points'], unit: string, claim: string): string {
  const [first, last] = [points[0]!, points.at(-1)!];
  const figure = new Intl.NumberFormat('en', { maximumSignificantDigits: 2 });
  const cost = figure.format(last.nsPerOp / first.nsPerOp);
  const claimed = claim === '' ? '' : `; ${claim} is claimed`; // an algorithm of the learner's own claims nothing
  return `${cost}× the time for ${figure.format(last.n / first.n)}× the ${unit}${claimed}`;
}
