/** `lab bench` */
import type { BenchmarkRow } from '../../../labs/engine/protocol/panel.ts';
import { BenchmarkError, runBenchmark, type BenchmarkResult } from '../benchmark/benchmark.ts';
import { chosenLab, type SourceOptions } from './chosen-lab.ts';
import { withService } from './service.ts';
import { bold, figure, table } from './text.ts';
import { UsageError } from './usage-error.ts';

export interface BenchOptions extends SourceOptions {
  algorithm: readonly string[];
  quick?: boolean;
  json?: boolean;
}

/** Nothing of a benchmark is a run; the learner's code is only compiled by the service. */
const noDeadline = 2 ** 31 - 1; // ms

export async function bench(dist: string, lab: string, options: BenchOptions): Promise<void> {
  const result = await withService(dist, noDeadline, async (service) => {
    // Names the labs there are when this is none.
    const { source } = await chosenLab({ dist, service }, lab, options, options.algorithm);
    try {
      return await runBenchmark(
        {
          lab,
          source,
          ...(options.algorithm.length > 0 ? { algorithms: options.algorithm } : {}),
          ...(options.quick ? { quick: true } : {}),
          onProgress: showProgress,
        },
        { dist, service },
      );
    } catch (error) {
      throw error instanceof BenchmarkError ? new UsageError(error.message) : error;
    } finally {
      if (process.stderr.isTTY) process.stderr.write(clear);
    }
  });
  console.log(options.json ? JSON.stringify(resultAsJson(result)) : resultAsText(result));
  if (result.results.some(({ kind, problem }) => problem !== undefined && kind !== 'peer')) process.exitCode = 1;
}

const clear = '\r\x1b[K';

function showProgress({ share, step }: { share: number; step: string }): void {
  if (process.stderr.isTTY) process.stderr.write(`${clear}${Math.floor(share * 100)} %  ${step}`);
}

/**
 * As `lab bench --json` prints it: all that the panel shows, and a contract with the scripts that read it; what each
 * field means stands in ../benchmark/README.md. Figures that there are not are null.
 */
function resultAsJson({ lab, at, machine, results, curves, warnings }: BenchmarkResult) {
  return {
    lab,
    results: results.map(({ group, contender, kind, version, nsPerOp, ratioToBestPeer, low, high, ...more }) => {
      return { group, contender, kind, version, nsPerOp, ratioToBestPeer, low, high, ...more };
    }),
    curves,
    warnings,
    machine,
    at: new Date(at).toISOString(),
  };
}

function resultAsText({ lab, results, curves, warnings, machine }: BenchmarkResult): string {
  const groups = [...new Set(results.map(({ group }) => group))];
  return [
    bold(lab),
    ...groups.flatMap((group) => [
      '',
      bold(group),
      table(results.filter((row) => row.group === group).map(rowAsText), [2]),
    ]),
    ...(curves.length > 0 ? ['', bold('Growth')] : []),
    ...curves.map(({ contender, claim, verdict }) => `  ${contender}: ${claim}; ${verdict}`),
    ...(warnings.length > 0 ? ['', bold('Doubts')] : []),
    ...warnings.map((warning) => `  ${warning}`),
    '',
    `${machine.processor}, ${machine.cores} cores, ${machine.platform}, Node ${machine.node}`,
  ].join('\n');
}

function rowAsText({ kind, contender, version, nsPerOp, verdict, problem }: BenchmarkRow): string[] {
  const name = version === '' ? contender : `${contender} ${version}`;
  return [kind, name, problem === undefined ? `${figure(nsPerOp)} ns` : '', problem ?? verdict ?? ''];
}
