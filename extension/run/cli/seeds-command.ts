/** `lab run --seeds` */
import {
  parseSeeds,
  quoted,
  summarizeSeeds,
  type CheckCount,
  type SeedSummary,
} from '../../../labs/engine/compare/seeds.ts';
import type { EndedRun } from '../run.ts';
import type { ManyRunsOptions } from './many-runs.ts';
import { runMany, understood } from './many-runs.ts';
import { requestOf, type RequestOptions } from './request.ts';
import { bold, figure, section, table } from './text.ts';
import { withoutEffect, withoutEffectAsJson } from './without-effect.ts';

export interface SeedsOptions extends RequestOptions, ManyRunsOptions {
  seeds: string;
}

export async function runSeeds(dist: string, lab: string, options: SeedsOptions): Promise<void> {
  const seeds = understood(parseSeeds, options.seeds);
  const runs = await runMany(dist, lab, options, [options.algorithm], async (chosen) => {
    const request = await requestOf(chosen, seeds[0]!, options);
    return seeds.map((seed) => ({ ...request, seed }));
  });
  const reports = runs.flatMap(({ report }) => report ?? []);
  const summary = inItsFolder(summarizeSeeds(reports), options);
  const failed = runs.filter(({ failure }) => failure);
  const { algorithm, scenario } = runs[0]!.request;
  if (options.json) {
    const failures = failed.map(({ request, failure }) => ({ seed: request.seed, message: failure!.message }));
    const without = withoutEffectAsJson(reports);
    console.log(JSON.stringify({ lab, algorithm, scenario, ...summary, runs: runs.length, failures, ...without }));
  } else {
    const title = `${lab}: ${algorithm}, ${scenario}`;
    console.log(
      [asText(title, summary, failed), ...section('Without effect', withoutEffect(reports).join('\n'))].join('\n'),
    );
  }
  process.exitCode = summary.broken.length > 0 || failed.length > 0 ? 1 : 0;
}

/** The commands that replay a run name the folder too that its code was taken from. */
function inItsFolder(summary: SeedSummary, { labs, copy }: ManyRunsOptions): SeedSummary {
  const folder = copy ?? labs;
  if (folder === undefined) return summary;
  const option = ` ${copy === undefined ? '--labs' : '--copy'} ${quoted(folder)}`;
  return { ...summary, broken: summary.broken.map((one) => ({ ...one, replay: one.replay + option })) };
}

function asText(
  title: string,
  { runs, fine, broken, checks, metrics }: SeedSummary,
  failed: readonly EndedRun[],
): string {
  const intervals = Object.entries(metrics).map(([name, { mean, low, high }]) => [
    name,
    figure(mean),
    `95 % within ${figure(low)} to ${figure(high)}`,
  ]);
  return [
    bold(title),
    `${fine} of ${runs + failed.length} seeds: every check as expected`,
    ...broken.flatMap(({ check, seeds, detail, replay }) => [
      '',
      `${bold(check)}: not as expected with ${seeds.length === 1 ? 'seed' : 'seeds'} ${someOf(seeds)}`,
      `  ${detail}`,
      `  ${replay}`,
    ]),
    ...section('Checks', table(checks.map((counted) => [counted.check, inWords(counted, runs)]))),
    ...(failed.length > 0 ? ['', bold('Went wrong')] : []),
    ...failed.slice(0, shown).map(({ request, failure }) => `  seed ${request.seed}: ${failure!.message}`),
    ...(intervals.length > 0 ? ['', bold('Means over the seeds'), table(intervals, [1])] : []),
  ].join('\n');
}

/** How often a check broke, and how often that was no surprise. */
function inWords({ broken, unknown, expectedBreaks, notShown }: CheckCount, runs: number): string {
  const parts = [`broken with ${figure(broken)} of ${figure(runs)} seeds`];
  if (expectedBreaks > 0)
    parts.push(expectedBreaks === broken ? 'as expected' : `${figure(expectedBreaks)} as expected`);
  if (unknown > 0) parts.push(`unknown with ${figure(unknown)}`);
  if (notShown > 0) parts.push(`the break that was expected did not show with ${figure(notShown)}`);
  return parts.join(', ');
}

const shown = 20;

function someOf(seeds: readonly number[]): string {
  const list = seeds.slice(0, shown).join(', ');
  return seeds.length > shown ? `${list} and ${seeds.length - shown} more` : list;
}
