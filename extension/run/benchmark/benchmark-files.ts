/** Where the built parts of a benchmark lie: the worker, the labs' plans, the peers that were shipped. */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { BenchmarkPlan } from '../../../labs/engine/benchmark/benchmark.ts';

/** The built files of one lab's benchmark. Locations are URLs, the worker's a path. */
export interface BenchmarkFiles {
  worker: string;
  /** The plan and the lab as they ship, in one module. */
  plan: string;
  /** Text of the plan with the lab's own modules left as imports: for a copy of the lab. */
  planAlone: string;
  /** The bundle of a peer and its version, or undefined where this build has none. */
  peer(packageName: string): { module: string; version: string } | undefined;
  /** The version of the labs. */
  version: string;
}

/** @returns undefined when the lab has no benchmark */
export async function findBenchmarkFiles(dist: string, lab: string): Promise<BenchmarkFiles | undefined> {
  const plan = path.join(dist, 'benchmarks', `${lab}.mjs`);
  if (!existsSync(plan)) return undefined;
  const versions = JSON.parse(await readFile(path.join(dist, 'benchmarks/versions.json'), 'utf8')) as {
    labs: string;
    peers: Record<string, string>;
  };
  return {
    worker: path.join(dist, 'benchmark-worker.mjs'),
    plan: pathToFileURL(plan).href,
    planAlone: await readFile(path.join(dist, 'benchmarks/plans', `${lab}.mjs`), 'utf8'),
    peer(packageName) {
      const module = path.join(dist, 'peers', `${packageName.replace('/', '__')}.mjs`);
      const version = versions.peers[packageName];
      return version !== undefined && existsSync(module) ? { module: pathToFileURL(module).href, version } : undefined;
    },
    version: versions.labs,
  };
}

/** Loads a plan. It is ours and does nothing when loaded, unlike a learner's lab, which only a contender loads. */
export async function loadPlan(url: string): Promise<BenchmarkPlan> {
  return ((await import(url)) as { default: BenchmarkPlan }).default;
}
