/** A benchmark of a lab, from a request to rows: what the lens, the panel and the terminal ask for. */
import { createHash } from 'node:crypto';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { BenchmarkGroup, BenchmarkPlan } from '../../../labs/engine/benchmark/benchmark.ts';
import type { BenchmarkCurve, BenchmarkRow } from '../../../labs/engine/protocol/panel.ts';
import type { LabSource, Program, SourceFile } from '../run.ts';
import { findBenchmarkFiles, loadPlan, type BenchmarkFiles } from './benchmark-files.ts';
import { holdContest, type Entrant } from './contest.ts';
import { sweepSizes } from './growth.ts';
import { doubtsAbout, rowsOf, type RowFacts } from './rows.ts';

/** What is to be measured. */
export interface BenchmarkRequest {
  lab: string;
  /** All of the lab's where left out. A single one is also measured beside its siblings. */
  algorithms?: readonly string[];
  source: LabSource;
  /** Fewer rounds, no siblings and no curves. */
  quick?: boolean;
  /** Cancels: every process is killed at once. */
  signal?: AbortSignal;
  onProgress?: (progress: BenchmarkProgress) => void;
}

/** What a benchmark needs of the program around it. */
export interface BenchmarkEnvironment {
  /** The built files. */
  dist: string;
  /** The code in the editors, bundled; asked for when the source is not the bundled one. */
  compile(lab: string, source: LabSource): Promise<Program>;
}

/** How far it is, and the rows so far. */
export interface BenchmarkProgress {
  /** 0 … 1 */
  share: number;
  /** What is being done, in words. */
  step: string;
  results: readonly BenchmarkRow[];
}

export interface BenchmarkResult {
  lab: string;
  /** Milliseconds since 1970. */
  at: number;
  results: BenchmarkRow[];
  curves: BenchmarkCurve[];
  warnings: string[];
  /** The learner's files as they were measured; empty where only the bundled lab was. */
  files: readonly SourceFile[];
}

/** A benchmark that cannot be held: the message says why. */
export class BenchmarkError extends Error {
  override readonly name = 'BenchmarkError';
}

/** What is being measured in this process. Two at a time would measure each other. */
let busyWith: string | undefined;

/** Batches of 60 ms and more: shorter ones are too short for a processor clock of 4 ms ticks. */
const effort = { thorough: { rounds: 9, batch: 64 }, quick: { rounds: 5, batch: 60 } };

/**
 * Measures a lab's algorithms beside their peers and the floor. The code in the editor, where it differs
 * from what ships, is measured beside what ships.
 * @throws BenchmarkError when the lab has no benchmark, an algorithm is unknown, or another benchmark is running
 * @throws the signal's reason when it is aborted
 * @throws whatever `compile` throws
 */
export async function runBenchmark(
  request: BenchmarkRequest,
  { dist, compile }: BenchmarkEnvironment,
): Promise<BenchmarkResult> {
  if (busyWith !== undefined) {
    throw new BenchmarkError(
      `a benchmark of ${busyWith} is running: wait for it or cancel it, two at once would disturb each other`,
    );
  }
  busyWith = request.lab;
  try {
    const files = await findBenchmarkFiles(dist, request.lab);
    if (!files) throw new BenchmarkError(`${request.lab} has no benchmark yet`);
    const program = request.source.kind === 'bundled' ? undefined : await compile(request.lab, request.source);
    const edited = program?.edited ? program : undefined;
    const benchmark = new Benchmark(request, await loadPlan(files.plan), files, edited);
    return await benchmark.hold();
  } finally {
    busyWith = undefined;
  }
}

/** One benchmark on its way. */
class Benchmark {
  readonly #request: BenchmarkRequest;
  readonly #plan: BenchmarkPlan;
  readonly #files: BenchmarkFiles;
  readonly #edited: Program | undefined;
  readonly #result: BenchmarkResult;
  #stagesDone = 0;
  #stages = 1;

  constructor(request: BenchmarkRequest, plan: BenchmarkPlan, files: BenchmarkFiles, edited: Program | undefined) {
    this.#request = request;
    this.#plan = plan;
    this.#files = files;
    this.#edited = edited;
    this.#result = {
      lab: request.lab,
      at: Date.now(),
      results: [],
      curves: [],
      warnings: [],
      files: edited?.files ?? [],
    };
  }

  async hold(): Promise<BenchmarkResult> {
    const chosen = this.#chosen();
    const groups = this.#plan.groups
      .map((group) => ({ group, algorithms: group.algorithms.filter((id) => chosen.has(id)) }))
      .filter(({ algorithms }) => algorithms.length > 0);
    const single = this.#request.algorithms?.length === 1;
    const siblings = single && (!this.#request.quick || groups.length === 0);
    const sweeps = this.#request.quick
      ? []
      : groups.flatMap(({ group, algorithms }) => this.#sweeps(group, algorithms));
    this.#stages = groups.length + (siblings ? 1 : 0) + sweeps.length;

    for (const { group, algorithms } of groups) await this.#measure(group, algorithms);
    if (siblings) await this.#measure(this.#plan.siblings, this.#plan.siblings.algorithms);
    for (const sweep of sweeps) {
      this.#progress(0, `${sweep.entrant.facts.contender} at growing sizes`);
      const curve = await sweepSizes(sweep.sweep, sweep.entrant, {
        worker: this.#files.worker,
        signal: this.#request.signal,
      });
      if (curve) this.#result.curves.push(curve);
      this.#stagesDone++;
    }
    this.#progress(0, 'done');
    return this.#result;
  }

  /** The ids that are asked for, those of the learner's own algorithms included. @throws BenchmarkError */
  #chosen(): Set<string> {
    const known = new Set([...this.#plan.groups, this.#plan.siblings].flatMap(({ algorithms }) => algorithms));
    const chosen = new Set(this.#request.algorithms ?? known);
    for (const id of chosen) {
      if (!known.has(id) && !this.#isOwn(id)) {
        throw new BenchmarkError(`${this.#plan.lab} measures no algorithm '${id}': use ${[...known].join(', ')}`);
      }
    }
    return chosen;
  }

  /** Whether an algorithm is one that the learner added. */
  #isOwn(id: string): boolean {
    const { source } = this.#request;
    return source.kind === 'folder' && (source.extra ?? []).some(({ file }) => path.parse(file).name === id);
  }

  async #measure(group: BenchmarkGroup<unknown>, algorithms: readonly string[]): Promise<void> {
    const { rounds, batch } = this.#request.quick ? effort.quick : effort.thorough;
    const { entrants, absent } = this.#entrants(group, algorithms);
    const measurements = await holdContest(entrants, {
      worker: this.#files.worker,
      rounds,
      batch,
      signal: this.#request.signal,
      progress: (share, step) => this.#progress(share, `${group.name}: ${step}`),
    });
    const missing = absent.map((facts) => ({ facts, times: [], bytesPerOp: 0, wall: 0, cpu: 0, problem: notShipped }));
    this.#result.results.push(...rowsOf(group.name, [...measurements, ...missing]));
    this.#result.warnings.push(...doubtsAbout(group.name, measurements));
    this.#stagesDone++;
    this.#progress(0, `${group.name}: measured`);
  }

  /** Everyone who takes part in a group, and the peers that this build lacks. */
  #entrants(
    group: BenchmarkGroup<unknown>,
    algorithms: readonly string[],
  ): { entrants: Entrant<RowFacts>[]; absent: RowFacts[] } {
    const entrants = algorithms.flatMap((algorithm) => this.#versions(group, algorithm, group.size));
    const own = this.#request.algorithms?.filter((id) => group === this.#plan.siblings && this.#isOwn(id)) ?? [];
    entrants.push(...own.flatMap((algorithm) => this.#versions(group, algorithm, group.size)));
    const absent: RowFacts[] = [];
    for (const peer of group.peers) {
      const found = this.#files.peer(peer.package);
      const facts: RowFacts = { contender: peer.title ?? peer.package, kind: 'peer', version: found?.version ?? '' };
      if (!found) {
        absent.push(facts);
        continue;
      }
      const subject = {
        kind: 'peer' as const,
        module: found.module,
        package: peer.package,
        ...(peer.title === undefined ? {} : { title: peer.title }),
      };
      entrants.push({ facts, spec: this.#spec(group, group.size, subject) });
    }
    entrants.push({
      facts: { contender: group.floor.title, kind: 'floor', version: '' },
      spec: this.#spec(group, group.size, { kind: 'floor' }),
    });
    return { entrants, absent };
  }

  /** An algorithm as it ships, and as it stands in the editor. */
  #versions(group: BenchmarkGroup<unknown>, algorithm: string, size: number): Entrant<RowFacts>[] {
    const versions: Entrant<RowFacts>[] = [];
    if (!this.#isOwn(algorithm)) {
      versions.push({
        facts: { contender: algorithm, kind: 'ours', version: this.#files.version },
        spec: this.#spec(group, size, { kind: 'algorithm', lab: this.#files.lab, algorithm }),
      });
    }
    // A sibling that nobody asked for stands as it ships; that is what it is there for.
    const asked = this.#request.algorithms?.includes(algorithm) ?? true;
    if (this.#edited && asked) {
      versions.push({
        facts: { contender: algorithm, kind: 'edited', version: versionOf(this.#edited) },
        spec: this.#spec(group, size, { kind: 'algorithm', lab: locationOf(this.#edited), algorithm }),
      });
    }
    return versions;
  }

  #sweeps(group: BenchmarkGroup<unknown>, algorithms: readonly string[]) {
    const { growth } = group;
    if (!growth) return [];
    return algorithms.flatMap((algorithm) =>
      // The version in the editor is the one whose growth is in question.
      this.#versions(group, algorithm, group.size)
        .slice(-1)
        .map((entrant) => ({
          entrant,
          sweep: { group: group.name, unit: growth.unit, sizes: growth.sizes, claim: growth.claims[algorithm] ?? '' },
        })),
    );
  }

  #spec(group: BenchmarkGroup<unknown>, size: number, subject: Entrant<RowFacts>['spec']['subject']) {
    return { plan: this.#files.plan, group: group.name, size, subject };
  }

  #progress(share: number, step: string): void {
    this.#request.onProgress?.({
      share: Math.min(1, (this.#stagesDone + share) / this.#stages),
      step,
      results: this.#result.results,
    });
  }
}

const notShipped = 'is not in this build';

/** A name for a text: the first digits of a hash over its files. */
function versionOf(program: Program): string {
  const hash = createHash('sha256');
  for (const { sha256 } of program.files) hash.update(sha256);
  return hash.digest('hex').slice(0, 8);
}

/** Where `import()` finds a program. */
function locationOf({ bundle, entry }: Program): string {
  if (bundle !== undefined) return `data:text/javascript;base64,${Buffer.from(bundle).toString('base64')}`;
  if (entry !== undefined) return pathToFileURL(entry).href;
  throw new BenchmarkError('the code was not compiled: nothing to measure');
}
