/** `lab sweep` */
import {
  curves,
  parseSweep,
  requireSweepable,
  type CurvePoint,
  type Sweep,
} from '../../../labs/engine/compare/sweep.ts';
import { parseSeeds } from '../../../labs/engine/compare/seeds.ts';
import { reportsOf, runMany, understood, type ManyRunsOptions } from './many-runs.ts';
import { requestOf, type RequestOptions } from './request.ts';
import { bold, figure, section, table } from './text.ts';
import { UsageError } from './usage-error.ts';
import { withoutEffect, withoutEffectAsJson } from './without-effect.ts';

export interface SweepOptions extends RequestOptions, ManyRunsOptions {
  vary: string;
  seeds: string;
  /** The metric whose curve is printed; all of them where left out. */
  metric?: string;
}

export async function sweep(dist: string, lab: string, options: SweepOptions): Promise<void> {
  const seeds = understood(parseSeeds, options.seeds);
  let swept!: Sweep;
  const runs = await runMany(dist, lab, options, [options.algorithm], async (chosen) => {
    const { entry } = chosen;
    swept = understood((vary) => {
      // First: a text's value may look like no sweep at all, which is not what is wrong.
      if (vary.includes('=')) requireSweepable(entry.parameters, vary);
      return parseSweep(vary);
    }, options.vary);
    if (options.metric !== undefined && !Object.hasOwn(entry.metrics, options.metric)) {
      throw new UsageError(`${lab} has no metric '${options.metric}': use ${Object.keys(entry.metrics).join(', ')}`);
    }
    const request = await requestOf(chosen, seeds[0]!, options);
    return swept.values.flatMap((value) =>
      seeds.map((seed) => ({ ...request, seed, parameters: { ...request.parameters, [swept.parameter]: value } })),
    );
  });
  const reports = reportsOf(runs);
  const all = curves(swept, reports);
  const wanted = options.metric === undefined ? all : { [options.metric]: all[options.metric] ?? [] };
  const { algorithm, scenario } = runs[0]!.request;
  if (options.json) {
    console.log(
      JSON.stringify({
        lab,
        algorithm,
        scenario,
        parameter: swept.parameter,
        seeds: seeds.length,
        curves: wanted,
        ...withoutEffectAsJson(reports),
      }),
    );
    return;
  }
  console.log(bold(`${lab}: ${algorithm}, ${scenario}, over ${swept.parameter}`));
  for (const [metric, points] of Object.entries(wanted)) console.log(curveAsText(metric, points));
  for (const line of section('Without effect', withoutEffect(reports).join('\n'))) console.log(line);
}

function curveAsText(metric: string, points: readonly CurvePoint[]): string {
  const rows = points.map(({ value, mean, interval }) => [
    String(value),
    figure(mean),
    interval ? `95 % within ${figure(interval.low)} to ${figure(interval.high)}` : '',
  ]);
  return ['', bold(metric), table(rows, [0, 1])].join('\n');
}
