/** Many runs, on all cores: what seeds, comparisons and sweeps have in common. */
import { availableParallelism } from 'node:os';
import { fanOut } from '../../../labs/engine/compare/fan-out.ts';
import type { RunReport } from '../../../labs/engine/lab/report.ts';
import { RunService } from '../run-service.ts';
import { RunFailureError, type EndedRun, type StartRequest } from '../run.ts';
import { chosenLab, type ChosenLab, type SourceOptions } from './chosen-lab.ts';
import { positive } from './request.ts';
import { UsageError } from './usage-error.ts';

/** The options that say how many runs are made. */
export interface ManyRunsOptions extends SourceOptions {
  timeout: string;
  json?: boolean;
}

const memory = 2048; // MB

/** Runs that one thread makes at most: its memory is looked after for all of them together. */
const mostTogether = 25;

/**
 * Runs all requests that `plan` makes, as many at once as there are cores, with progress on a terminal.
 * @param algorithms ids that are asked for
 * @returns them in the order of the plan
 * @throws UsageError, RunFailureError when a request is refused; a run that goes wrong is returned with its failure
 */
export async function runMany(
  dist: string,
  lab: string,
  options: ManyRunsOptions,
  algorithms: readonly (string | undefined)[],
  plan: (chosen: ChosenLab) => Promise<StartRequest[]>,
): Promise<EndedRun[]> {
  const deadline = positive('--timeout', options.timeout) * 1000;
  // The events of so many runs are looked at by nobody.
  const limits = { deadline, memory, maxEvents: 0 };
  // Each lane a service of its own: it keeps its runner warm from one run to the next.
  const lanes = Array.from(
    { length: availableParallelism() },
    () => new RunService({ dist, limits: () => limits, log: () => {} }),
  );
  try {
    const requests = await plan(await chosenLab({ dist, service: lanes[0]! }, lab, options, algorithms));
    let done = 0;
    const parts = await fanOut(partsOf(requests, lanes.length), lanes.length, async (part, lane) => {
      const runs: EndedRun[] = [];
      await lanes[lane]!.runAll(part, (run) => {
        runs.push(run);
        showProgress(++done, requests.length);
      });
      return runs;
    });
    return parts.flat();
  } finally {
    await Promise.all(lanes.map((service) => service.dispose()));
  }
}

/** In parts that keep every lane busy to the end, none of them too large. */
function partsOf(requests: readonly StartRequest[], lanes: number): StartRequest[][] {
  const size = Math.min(mostTogether, Math.ceil(requests.length / (4 * lanes)));
  return Array.from({ length: Math.ceil(requests.length / size) }, (_, i) => requests.slice(i * size, (i + 1) * size));
}

/** One line on a terminal, gone when all is done. */
function showProgress(done: number, of: number): void {
  if (process.stderr.isTTY) process.stderr.write(done < of ? `\r\x1b[K${done} of ${of} runs` : '\r\x1b[K');
}

/** The reports of all runs. @throws RunFailureError with the first failure: figures of the others would mislead */
export function reportsOf(runs: readonly EndedRun[]): RunReport[] {
  return runs.map(({ report, failure, request }) => {
    if (report) return report;
    throw new RunFailureError({ ...failure!, message: `seed ${request.seed}: ${failure!.message}` });
  });
}

/** @throws UsageError with the message of what `parse` throws */
export function understood<Value>(parse: (text: string) => Value, text: string): Value {
  try {
    return parse(text);
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}
