/** Runs at hand that can be compared seed by seed: two variants on the same draws. */
import type { RunReport } from '../../labs/engine/lab/report.ts';
import type { RunSummary } from '../../labs/engine/protocol/panel.ts';
import type { KnownRun } from './runs.ts';

/** Reports of two variants, seed by seed in the same order; two seeds at least. */
export interface SeedPairs {
  here: RunReport[];
  there: RunReport[];
}

/**
 * Every seed under which both variants have been run and are known.
 * @returns undefined with fewer than two such seeds, and for edited code, which may have changed from run to run
 */
export function seedPairs(runs: readonly KnownRun[], here: RunSummary, there: RunSummary): SeedPairs | undefined {
  if (here.edited || there.edited || variantOf(here) === variantOf(there)) return undefined;
  const ours = reportsLike(runs, here);
  const theirs = reportsLike(runs, there);
  const seeds = [...ours.keys()].filter((seed) => theirs.has(seed));
  if (seeds.length < 2) return undefined;
  return { here: seeds.map((seed) => ours.get(seed)!), there: seeds.map((seed) => theirs.get(seed)!) };
}

/** Reports of the same variant, by seed. */
function reportsLike(runs: readonly KnownRun[], like: RunSummary): Map<number, RunReport> {
  const wanted = variantOf(like);
  const found = new Map<number, RunReport>();
  for (const { summary, report } of runs) {
    if (report && !summary.edited && variantOf(summary) === wanted) found.set(summary.seed, report);
  }
  return found;
}

/** Everything that makes a run, but for its seed. */
function variantOf({ lab, algorithm, scenario, parameters, interventions, engineVersion }: RunSummary): string {
  const sorted = Object.entries(parameters).sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify([lab, algorithm, scenario, sorted, interventions, engineVersion]);
}
