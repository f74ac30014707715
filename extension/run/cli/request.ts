/** What a command line asks to be run. */
import { readFile, stat } from 'node:fs/promises';
import * as v from 'valibot';
import { algorithmsFor } from '../../../labs/engine/lab/catalogue.ts';
import { byId } from '../../../labs/engine/lab/formerly.ts';
import type { Intervention } from '../../../labs/engine/lab/report.ts';
import { interventionMessage } from '../../../labs/engine/protocol/panel.ts';
import type { StartRequest } from '../run.ts';
import type { ChosenLab } from './chosen-lab.ts';
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
  { entry, source }: ChosenLab,
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
    parameters: await parametersOf('--set', options.set),
    interventions: options.interventions === undefined ? [] : await readInterventions(options.interventions),
    source,
  };
}

/**
 * Parameters as typed; the run checks them against their declarations. `name=@file` stands for the text of that file,
 * without the end of its last line; `name=@@text` for a text that begins with @.
 * @param option by which they were given
 */
export async function parametersOf(option: string, set: readonly string[]): Promise<Record<string, string>> {
  const pairs = set.map(async (pair) => {
    const at = pair.indexOf('=');
    if (at < 1) throw new UsageError(`'${option} ${pair}' names no value: write ${option} name=value`);
    const value = pair.slice(at + 1);
    if (value.startsWith('@@')) return [pair.slice(0, at), value.slice(1)] as const;
    return [pair.slice(0, at), value.startsWith('@') ? await longValue(option, pair, value.slice(1)) : value] as const;
  });
  return Object.fromEntries(await Promise.all(pairs));
}

const longest = 2_000_000; // bytes

/** @throws UsageError when the file is none, too large, or no text */
async function longValue(option: string, pair: string, file: string): Promise<string> {
  const given = `${option} ${pair}`;
  const status = await stat(file).catch(() => undefined);
  if (!status?.isFile())
    throw new UsageError(`${given}: there is no file '${file}' (write @@ for a text that begins with @)`);
  if (status.size > longest)
    throw new UsageError(`${given}: the file has ${status.size} bytes, and ${longest} are the most`);
  const bytes = await readFile(file).catch((error: Error) => {
    throw new UsageError(`${given}: the file cannot be read: ${error.message}`);
  });
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes); // which leaves out a byte order mark
    if (!text.includes('\0')) return text.replace(/\r?\n$/, '');
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
  }
  throw new UsageError(`${given}: the file is no text in UTF-8`);
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
