/**
 * Earlier benchmarks with the text of the code that they measured, so that two versions can be compared as
 * diff and as speed. One JSON file a benchmark, written by atomic rename; the oldest of a lab go first.
 */
import { randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import * as v from 'valibot';
import type { BenchmarkRow } from '../../../labs/engine/protocol/panel.ts';
import type { BenchmarkResult } from './benchmark.ts';

/** Benchmarks that are kept of a lab. */
const keptPerLab = 50;
/** Raised when the meaning of a file changes; files of another version are passed over. */
const formatVersion = 1;

const keptFile = v.object({
  formatVersion: v.literal(formatVersion),
  lab: v.string(),
  at: v.number(),
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
  await writeFile(`${name}.part`, JSON.stringify({ formatVersion, ...result }));
  await rename(`${name}.part`, name);
  const names = await keptNames(ofLab);
  await Promise.all(names.slice(keptPerLab).map((old) => rm(path.join(ofLab, old), { force: true })));
}

/** The kept results of a lab, newest first. Files that are damaged or of another version are passed over. */
export async function earlierBenchmarks(folder: string, lab: string): Promise<BenchmarkResult[]> {
  const ofLab = path.join(folder, lab);
  const kept: BenchmarkResult[] = [];
  for (const name of await keptNames(ofLab)) {
    const result = await readKept(path.join(ofLab, name));
    if (result) kept.push(result);
  }
  return kept;
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

async function readKept(file: string): Promise<BenchmarkResult | undefined> {
  try {
    const parsed = v.safeParse(keptFile, JSON.parse(await readFile(file, 'utf8')));
    return parsed.success ? (parsed.output as unknown as BenchmarkResult) : undefined;
  } catch {
    return undefined;
  }
}
