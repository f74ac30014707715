/** What a command line asks to be run. */
import { readFile } from 'node:fs/promises';
import * as v from 'valibot';
import { algorithmsFor } from '../../../labs/engine/lab/catalogue.ts';
import { byId } from '../../../labs/engine/lab/formerly.ts';
import type { Intervention } from '../../../labs/engine/lab/report.ts';
import { interventionMessage } from '../../../labs/engine/protocol/panel.ts';
import type { LabEntry, LabSource, StartRequest } from '../run.ts';
import { UsageError } from './usage-error.ts';

/** The options that say what is run, as typed. */
export interface RequestOptions {
  algorithm?: string;
  scenario?: string;
  set: readonly string[];
  interventions?: string;
}

/**
 * The request that the options make, with what the scenario and the lab say where they say nothing.
 * @throws UsageError for options that make no sense
 */
export async function requestOf(
  entry: LabEntry,
  source: LabSource,
  seed: number,
  options: RequestOptions,
): Promise<StartRequest> {
  const scenarioId = options.scenario ?? entry.defaultScenario;
  const scenario = byId(entry.scenarios, scenarioId);
  return {
    lab: entry.id,
    algorithm:
      options.algorithm ?? scenario?.algorithm ?? (algorithmsFor(entry, scenario)[0] ?? entry.algorithms[0]!).id,
    scenario: scenarioId,
    seed,
    parameters: parametersOf(options.set),
    interventions: options.interventions === undefined ? [] : await readInterventions(options.interventions),
    source,
  };
}

/** Parameters as typed; the run checks them against their declarations. */
export function parametersOf(set: readonly string[]): Record<string, string> {
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
  const parsed = v.safeParse(interventionList, parsedJson(file, text.replace(/^\uFEFF/, '')));
  if (parsed.success) return parsed.output;
  const [issue] = parsed.issues;
  const place = v.getDotPath(issue);
  throw new UsageError(
    `--interventions: ${file} must hold a JSON list of {"anchor", "action", "arguments"}${place ? `; look at ${place}` : ''}: ${issue.message}`,
  );
}

/** What nobody knows is refused, not left out: it was meant to do something. */
const interventionList = v.array(v.strictObject(interventionMessage.entries));

function parsedJson(file: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new UsageError(`--interventions: ${file} is no JSON: ${(error as Error).message.replaceAll('\n', ' ')}`);
  }
}

/** @throws UsageError when the text is none */
export function wholeNumber(name: string, text: string): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && Number.isSafeInteger(value)) return value;
  throw new UsageError(`${name} must be a whole number from 0 to ${Number.MAX_SAFE_INTEGER}, not '${text}'`);
}

/** @throws UsageError when the text is none */
export function positive(name: string, text: string): number {
  const value = Number(text);
  if (value > 0 && Number.isFinite(value)) return value;
  throw new UsageError(`${name} must be a number of seconds above 0, not '${text}'`);
}
