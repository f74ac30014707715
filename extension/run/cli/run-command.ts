/** `lab run` */
import { readFile } from 'node:fs/promises';
import * as v from 'valibot';
import type { Intervention, RunReport } from '../../../labs/engine/lab/report.ts';
import { interventionMessage } from '../../../labs/engine/protocol/panel.ts';
import { RunFailureError } from '../run.ts';
import type { LabEntry, LabSource, Run, RunFailure, StartRequest } from '../run.ts';
import { failureAsJson, reportAsJson, type Asked } from './run-json.ts';
import { reportAsText } from './run-text.ts';
import { sourceOf, withService } from './service.ts';
import { UsageError } from './usage-error.ts';

export interface RunOptions {
  algorithm?: string;
  scenario?: string;
  seed: string;
  set: readonly string[];
  interventions?: string;
  labs?: string;
  timeout: string;
  json?: boolean;
}

export async function run(dist: string, lab: string, options: RunOptions): Promise<void> {
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

async function requestOf(entry: LabEntry, source: LabSource, seed: number, options: RunOptions): Promise<StartRequest> {
  const scenarioId = options.scenario ?? entry.defaultScenario;
  const scenario = entry.scenarios.find(({ id }) => id === scenarioId);
  return {
    lab: entry.id,
    algorithm: options.algorithm ?? scenario?.algorithm ?? entry.algorithms[0]!.id,
    scenario: scenarioId,
    seed,
    parameters: parametersOf(options.set),
    interventions: options.interventions === undefined ? [] : await readInterventions(options.interventions),
    source,
  };
}

/** Prints a report. @returns the exit status */
function concludeReport(report: RunReport, entry: LabEntry, json: boolean): number {
  console.log(json ? JSON.stringify(reportAsJson(report)) : reportAsText(report, entry));
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

/** Parameters as typed; the run checks them against their declarations. */
function parametersOf(set: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    set.map((pair) => {
      const at = pair.indexOf('=');
      if (at < 1) throw new UsageError(`'--set ${pair}' names no value: write --set name=value`);
      return [pair.slice(0, at), pair.slice(at + 1)];
    }),
  );
}

async function readInterventions(file: string): Promise<Intervention[]> {
  const text = await readFile(file, 'utf8').catch(() => {
    throw new UsageError(`--interventions: ${file} cannot be read`);
  });
  try {
    return v.parse(v.array(interventionMessage), JSON.parse(text));
  } catch {
    throw new UsageError(`--interventions: ${file} must hold a JSON list of {"anchor", "action", "arguments"}`);
  }
}

function wholeNumber(name: string, text: string): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && Number.isSafeInteger(value)) return value;
  throw new UsageError(`${name} must be a whole number from 0 to ${Number.MAX_SAFE_INTEGER}, not '${text}'`);
}

function positive(name: string, text: string): number {
  const value = Number(text);
  if (value > 0 && Number.isFinite(value)) return value;
  throw new UsageError(`${name} must be a number of seconds above 0, not '${text}'`);
}
