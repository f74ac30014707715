/**
 * Earlier benchmarks with the text of the code that they measured, so that two versions can be compared as
 * diff and as speed. One JSON file a benchmark, written by atomic rename; the oldest of a lab go first.
 */
import { randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import * as v from 'valibot';
import type { BenchmarkRow, KeptBenchmark } from '../../../labs/engine/protocol/panel.ts';
import { faultInJson } from '../../../labs/engine/record/json-bounds.ts';
import type { BenchmarkResult } from './benchmark.ts';

/** Benchmarks that are kept of a lab. */
export const keptPerLab = 50;
/** Characters of text that are kept with a benchmark; of longer text only the figures are. */
const mostText = 500_000;
/** Bytes of a file that is read; one that was kept is well below. */
const mostBytes = 8 * 1024 * 1024;
/** What such a file may come to when it is parsed. */
const jsonLimits = { depth: 32, values: 100_000 } as const;
/** Raised when the meaning of a file changes; files of another version are passed over. */
const formatVersion = 2;

const keptFile = v.object({
  formatVersion: v.literal(formatVersion),
  lab: v.string(),
  algorithms: v.array(v.string()),
  at: v.number(),
  machine: v.object({ processor: v.string(), cores: v.number(), platform: v.string(), node: v.string() }),
  results: v.array(v.looseObject({ group: v.string(), contender: v.string(), kind: v.string(), version: v.string() })),
  curves: v.array(v.looseObject({ group: v.string(), contender: v.string() })),
  warnings: v.array(v.string()),
  files: v.array(v.object({ file: v.string(), text: v.string(), sha256: v.string() })),
});

/** Keeps a result. @param folder where all labs' benchmarks are kept; made where it is not there */
export async function keepBenchmark(folder: string, result: BenchmarkResult): Promise<void> {
  const ofLab = path.join(folder, result.lab);
  await mkdir(ofLab, { recursive: true });
  const name = path.join(ofLab, `${result.at}-${randomUUID()}.json`);
  const length = result.files.reduce((sum, { text }) => sum + text.length, 0);
  const files = length > mostText ? [] : result.files;
  await writeFile(`${name}.part`, JSON.stringify({ formatVersion, ...result, files }));
  await rename(`${name}.part`, name);
  const names = await keptNames(ofLab);
  await Promise.all(names.slice(keptPerLab).map((old) => rm(path.join(ofLab, old), { force: true })));
}

/** A result that was kept. */
export type KeptResult = BenchmarkResult & { id: string };

/** The kept results of a lab, newest first. Files that are damaged or of another version are passed over. */
export async function earlierBenchmarks(folder: string, lab: string): Promise<KeptResult[]> {
  const kept: KeptResult[] = [];
  for (const name of await keptNames(path.join(folder, lab))) {
    const result = await readBenchmark(folder, lab, path.parse(name).name);
    if (result) kept.push(result);
  }
  return kept;
}

/** One of them; undefined where it is no longer kept, or never was. */
export async function readBenchmark(folder: string, lab: string, id: string): Promise<KeptResult | undefined> {
  if (!/^[\w-]+$/.test(lab) || !/^\d+-[\w-]+$/.test(id)) return undefined; // they come from a panel
  try {
    const file = path.join(folder, lab, `${id}.json`);
    if ((await stat(file)).size > mostBytes) return undefined;
    const json = await readFile(file);
    if (faultInJson(json, jsonLimits) !== undefined) return undefined;
    const parsed = v.safeParse(keptFile, JSON.parse(json.toString()), { abortEarly: true });
    return parsed.success ? { ...(parsed.output as unknown as BenchmarkResult), id } : undefined;
  } catch {
    return undefined;
  }
}

/** The results in which an algorithm was asked about, as a panel shows them: with the group that its headline is of. */
export function keptOf(earlier: readonly KeptResult[], algorithm: string): KeptBenchmark[] {
  return earlier.flatMap(({ id, at, machine, algorithms, results }) => {
    const own = results.filter(({ contender, kind }) => contender === algorithm && kind !== 'peer' && kind !== 'floor');
    const row = own.find(({ kind }) => kind === 'edited') ?? own[0];
    if (!algorithms.includes(algorithm) || !row) return [];
    const beside = results.filter(
      (one) =>
        one !== row &&
        one.group === row.group &&
        (one.contender === algorithm || one.kind === 'peer' || one.kind === 'floor'),
    );
    return { id, at, machine, row, beside };
  });
}

/**
 * How the speed of an edited algorithm has changed since it was last measured with another text: 0.08 is 8 %
 * faster. Both are taken relative to the version that ships, measured in the same run: the machine of
 * another hour is another machine.
 * @param earlier newest first
 * @returns undefined when there is nothing to compare with
 */
export function changeSinceLastEdit(
  now: BenchmarkResult,
  earlier: readonly BenchmarkResult[],
  algorithm: string,
): number | undefined {
  const row = editedRow(now, algorithm);
  if (!row?.besideOurs) return undefined;
  for (const { results } of earlier) {
    const then = results.find((one) => one.group === row.group && one.contender === algorithm && one.kind === 'edited');
    if (then?.besideOurs && then.version !== row.version) return row.besideOurs.ratio / then.besideOurs.ratio - 1;
  }
  return undefined;
}

function editedRow({ results }: BenchmarkResult, algorithm: string): BenchmarkRow | undefined {
  return results.find(({ contender, kind }) => contender === algorithm && kind === 'edited');
}

/** Newest first: names begin with the time. */
async function keptNames(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch(() => []);
  return names
    .filter((name) => /^\d+-[\w-]+\.json$/.test(name))
    .sort((a, b) => parseInt(b, 10) - parseInt(a, 10) || (a < b ? -1 : 1));
}
