/** `lab run` */
import { byId } from '../../../labs/engine/lab/formerly.ts';
import type { RunReport } from '../../../labs/engine/lab/report.ts';
import { RunFailureError } from '../run.ts';
import type { LabEntry, Run, RunFailure } from '../run.ts';
import { positive, requestOf, wholeNumber, type RequestOptions } from './request.ts';
import { failureAsJson, reportAsJson, type Asked } from './run-json.ts';
import { reportAsText } from './run-text.ts';
import { sourceOf, withService } from './service.ts';
import { runSeeds } from './seeds-command.ts';
import { UsageError } from './usage-error.ts';

export interface RunOptions extends RequestOptions {
  seed: string;
  /** Many seeds in place of the one. */
  seeds?: string;
  labs?: string;
  timeout: string;
  json?: boolean;
}

export async function run(dist: string, lab: string, options: RunOptions): Promise<void> {
  if (options.seeds !== undefined) return runSeeds(dist, lab, { ...options, seeds: options.seeds });
  const timeout = positive('--timeout', options.timeout);
  const seed = wholeNumber('--seed', options.seed);
  const source = sourceOf(options.labs);
  const json = options.json ?? false;
  process.exitCode = await withService(dist, timeout * 1000, async (service) => {
    let entry: LabEntry;
    try {
      entry = await service.describe(lab, source);
    } catch (error) {
      if (!(error instanceof RunFailureError)) throw error;
      return concludeFailure(lab, { ...options, seed }, error.failure, json);
    }
    const run = service.start(await requestOf(entry, source, seed, options));
    showProgress(run);
    await run.finished;
    for (const line of run.console) console.error(line);
    return run.report ? concludeReport(run.report, entry, json) : concludeFailure(lab, run.request, run.failure!, json);
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
  const { location, reason, message, stack } = failure;
  if (reason === 'request') throw new UsageError(message);
  if (json) console.log(JSON.stringify(failureAsJson(lab, asked, failure)));
  const place = location ? `${location.file}:${location.line}:${location.column}: ` : '';
  console.error(`${place}${message}`);
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
