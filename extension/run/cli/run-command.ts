/** `lab run` */
import { byId } from '../../../labs/engine/lab/formerly.ts';
import type { RunReport } from '../../../labs/engine/lab/report.ts';
import { RunFailureError } from '../run.ts';
import type { LabEntry, Run, RunFailure } from '../run.ts';
import { chosenLab, type ChosenLab, type SourceOptions } from './chosen-lab.ts';
import { failureInWords } from './failure-text.ts';
import { positive, requestOf, wholeNumber, type RequestOptions } from './request.ts';
import { failureAsJson, reportAsJson, type Asked } from './run-json.ts';
import { reportAsText } from './run-text.ts';
import { withService } from './service.ts';
import { runSeeds } from './seeds-command.ts';
import { UsageError } from './usage-error.ts';

export interface RunOptions extends RequestOptions, SourceOptions {
  seed: string;
  /** Many seeds in place of the one. */
  seeds?: string;
  timeout: string;
  json?: boolean;
}

export async function run(dist: string, lab: string, options: RunOptions): Promise<void> {
  if (options.seeds !== undefined) return runSeeds(dist, lab, { ...options, seeds: options.seeds });
  const timeout = positive('--timeout', options.timeout);
  const seed = wholeNumber('--seed', options.seed);
  const json = options.json ?? false;
  process.exitCode = await withService(dist, timeout * 1000, async (service) => {
    let chosen: ChosenLab;
    try {
      chosen = await chosenLab({ dist, service }, lab, options, [options.algorithm]);
    } catch (error) {
      if (!(error instanceof RunFailureError)) throw error;
      return concludeFailure(lab, { ...options, seed }, error.failure, json);
    }
    const run = service.start(await requestOf(chosen, seed, options));
    showProgress(run);
    await run.finished;
    for (const line of run.console) console.error(line);
    return run.report
      ? concludeReport(run.report, chosen.entry, json)
      : concludeFailure(lab, run.request, run.failure!, json);
  });
}

/** Prints a report. @returns the exit status */
function concludeReport(report: RunReport, entry: LabEntry, json: boolean): number {
  console.log(
    json ? JSON.stringify(reportAsJson(report, byId(entry.scenarios, report.scenario)!)) : reportAsText(report, entry),
  );
  return report.checks.every(({ ok }) => ok) ? 0 : 1;
}

/** Prints what went wrong. @returns the exit status */
function concludeFailure(lab: string, asked: Asked, failure: RunFailure, json: boolean): number {
  const { reason, message, stack } = failure;
  if (reason === 'request') throw new UsageError(message);
  if (json) console.log(JSON.stringify(failureAsJson(lab, asked, failure)));
  console.error(failureInWords(failure));
  if (stack !== undefined && (reason === 'crash' || reason === 'internal')) console.error(stack);
  return 1;
}

/** One line on a terminal that follows the run, and is gone when it is over. */
function showProgress(run: Run): void {
  const { stderr } = process;
  if (!stderr.isTTY) return;
  const clear = '\r\x1b[K';
  run.onDidChange(() => {
    const share = `${Math.floor(run.share * 100)} %`;
    stderr.write(
      run.state === 'running' ? `${clear}${share}  ${run.trace.happened.toLocaleString('en')} events` : clear,
    );
  });
}
