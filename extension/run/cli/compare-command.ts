/** `lab compare` */
import { byId } from '../../../labs/engine/lab/formerly.ts';
import { pairedDifferences, type PairedDifference } from '../../../labs/engine/compare/paired.ts';
import { parseSeeds } from '../../../labs/engine/compare/seeds.ts';
import { reportsOf, runMany, understood, type ManyRunsOptions } from './many-runs.ts';
import { parametersOf, requestOf, type RequestOptions } from './request.ts';
import { bold, figure, section, settingInWords, table } from './text.ts';
import { UsageError } from './usage-error.ts';
import { withoutEffect, withoutEffectAsJson } from './without-effect.ts';

export interface CompareOptions extends RequestOptions, ManyRunsOptions {
  seeds: string;
  /** The other algorithm. */
  with?: string;
  /** What is different on the other side. */
  withSet: readonly string[];
}

export async function compare(dist: string, lab: string, options: CompareOptions): Promise<void> {
  const seeds = understood(parseSeeds, options.seeds);
  if (seeds.length < 2) throw new UsageError(`--seeds ${options.seeds}: an interval takes two seeds or more`);
  const runs = await runMany(dist, lab, options, [options.algorithm, options.with], async (chosen) => {
    const a = await requestOf(chosen, seeds[0]!, options);
    const scenario = byId(chosen.entry.scenarios, a.scenario);
    // Where nothing is said, the other half of the scenario's contrast pair.
    const said = options.with !== undefined || options.withSet.length > 0;
    const other = said
      ? { algorithm: options.with, parameters: await parametersOf('--with-set', options.withSet) }
      : scenario?.beside;
    if (!other) throw new UsageError(`${a.scenario} contrasts with nothing: say --with <algorithm> or --with-set`);
    const b = {
      ...a,
      algorithm: other.algorithm ?? a.algorithm,
      parameters: { ...a.parameters, ...other.parameters },
    };
    return [a, b].flatMap((request) => seeds.map((seed) => ({ ...request, seed })));
  });
  const reports = reportsOf(runs);
  const differences = pairedDifferences(reports.slice(0, seeds.length), reports.slice(seeds.length));
  const [a, b] = [runs[0]!.request, runs[seeds.length]!.request];
  const name = (request: typeof a): string =>
    [
      request.algorithm,
      ...Object.entries(request.parameters ?? {}).map(([key, value]) => settingInWords(key, value)),
    ].join(' ');
  if (options.json) {
    const sides = [a, b].map(({ algorithm, parameters }) => ({ algorithm, parameters }));
    console.log(
      JSON.stringify({
        lab,
        scenario: a.scenario,
        seeds: seeds.length,
        a: sides[0],
        b: sides[1],
        differences,
        ...withoutEffectAsJson(reports),
      }),
    );
  } else {
    console.log(asText(`${lab}, ${a.scenario}, ${seeds.length} seeds`, name(a), name(b), differences));
    for (const line of section('Without effect', withoutEffect(reports).join('\n'))) console.log(line);
  }
}

function asText(title: string, a: string, b: string, differences: readonly PairedDifference[]): string {
  const rows = differences.map(({ metric, a, b, difference, differs }) => [
    metric,
    figure(a),
    figure(b),
    figure(difference.mean),
    `95 % within ${figure(difference.low)} to ${figure(difference.high)}`,
    differs ? '' : 'no difference that these seeds can show',
  ]);
  return [
    bold(title),
    `A: ${a}`,
    `B: ${b}`,
    '',
    table([['metric', 'A', 'B', 'B − A', '', ''], ...rows], [1, 2, 3]),
  ].join('\n');
}
