/** A benchmark of a lab, from a request to rows: what the lens, the panel and the terminal ask for. */
import path from 'node:path';
import type { BenchmarkGroup, BenchmarkPlan } from '../../../labs/engine/benchmark/benchmark.ts';
import { whyNotBenchmarked } from '../../../labs/engine/benchmark/not-benchmarked.ts';
import type { BenchmarkCurve, BenchmarkMachine, BenchmarkRow } from '../../../labs/engine/protocol/panel.ts';
import type { Prepared } from '../program/prepared.ts';
import { bundledLab } from '../program/bundled-lab.ts';
import { located } from '../program/locate.ts';
import type { LabSource, SourceFile } from '../run.ts';
import type { RunService } from '../run-service.ts';
import { findBenchmarkFiles, loadPlan, type BenchmarkFiles } from './benchmark-files.ts';
import { holdContest, type Entrant, type Measurement } from './contest.ts';
import { Entrants } from './entrants.ts';
import { sweepSizes, type Sweep } from './growth.ts';
import { thisMachine } from './machine.ts';
import { measuredText, type TextRequest } from './measured-text.ts';
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
  /** Compiles the code, unsaved editors included. */
  service: Pick<RunService, 'prepare' | 'prepareBenchmark'>;
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
  /** What was asked for; their siblings were measured besides. */
  algorithms: readonly string[];
  /** Milliseconds since 1970. */
  at: number;
  machine: BenchmarkMachine;
  results: BenchmarkRow[];
  curves: BenchmarkCurve[];
  warnings: string[];
  /** The text behind those algorithms as it was measured: files named relative to the lab's folder. */
  files: readonly SourceFile[];
}

/** A benchmark that cannot be held: the message says why. */
export class BenchmarkError extends Error {
  override readonly name = 'BenchmarkError';
}

/** What is being measured in this process: two at a time would measure each other. */
let busyWith: string | undefined;

/** Batches of 60 ms and more: shorter ones are too short for a processor clock of 4 ms ticks. */
const effort = { thorough: { rounds: 9, batch: 64 }, quick: { rounds: 5, batch: 60 } };

/**
 * Measures a lab's algorithms beside their peers and the floor. The code in the editor, where it differs
 * from what ships, is measured beside what ships.
 * @throws BenchmarkError when the lab has no benchmark, an algorithm is unknown, or another benchmark is running
 * @throws the signal's reason when it is aborted
 * @throws RunFailureError when the learner's code does not compile, or lacks what the plan needs
 */
export async function runBenchmark(
  request: BenchmarkRequest,
  { dist, service }: BenchmarkEnvironment,
): Promise<BenchmarkResult> {
  if (busyWith !== undefined) {
    throw new BenchmarkError(
      `a benchmark of ${busyWith} is running: wait for it or cancel it, two at once would disturb each other`,
    );
  }
  busyWith = request.lab;
  try {
    const entry = await bundledLab(dist, request.lab);
    const files = await findBenchmarkFiles(dist, request.lab);
    if (!files) throw new BenchmarkError(whyNotBenchmarked(entry));
    const { lab, source } = request;
    const shipped = await service.prepare(lab, { kind: 'bundled' });
    const copy = source.kind === 'bundled' ? undefined : await service.prepareBenchmark(lab, source, files.planAlone);
    const texts: TextRequest = {
      lab,
      source,
      shipped: shipped.program.files,
      copied: copy?.program.files,
      algorithms: entry.algorithms,
      plan: files.planAlone,
    };
    return await new Benchmark(request, await loadPlan(files.plan), files, texts, copy).hold();
  } finally {
    busyWith = undefined;
  }
}

/** One benchmark on its way. */
class Benchmark {
  readonly #request: BenchmarkRequest;
  readonly #plan: BenchmarkPlan;
  readonly #files: BenchmarkFiles;
  /** The learner's copy of the lab. */
  readonly #copy: Prepared | undefined;
  readonly #asked: ReadonlySet<string>;
  readonly #entrants: Entrants;
  readonly #result: BenchmarkResult;
  /** Who was wrong, threw or never returned, and how: it is not waited for in the next group. */
  readonly #out = new Map<string, string>();
  #stagesDone = 0;
  #stages = 1;

  /** @throws BenchmarkError when an algorithm is unknown */
  constructor(
    request: BenchmarkRequest,
    plan: BenchmarkPlan,
    files: BenchmarkFiles,
    texts: TextRequest,
    copy: Prepared | undefined,
  ) {
    const own = new Set(ownAlgorithms(request.source));
    const known = new Set([...texts.algorithms.map(({ id }) => id), ...own]);
    const planned = plan.groups.flatMap(({ algorithms }) => algorithms);
    for (const id of request.algorithms ?? []) {
      if (known.has(id)) continue;
      throw new BenchmarkError(
        `${request.lab} has no algorithm '${id}': use ${[...new Set([...planned, ...own])].join(', ')}`,
      );
    }
    this.#request = request;
    this.#plan = plan;
    this.#files = files;
    this.#copy = copy;
    this.#asked = new Set(request.algorithms ?? planned);
    const measured = [...this.#asked].map((id) => [id, measuredText(id, texts)] as const);
    const versions = new Map(measured.flatMap(([id, { version }]) => (version === undefined ? [] : [[id, version]])));
    this.#entrants = new Entrants({ files, edited: copy?.code, own, versions });
    this.#result = {
      lab: request.lab,
      algorithms: [...this.#asked],
      at: Date.now(),
      machine: thisMachine(),
      results: [],
      curves: [],
      warnings: [],
      files: uniqueFiles(measured.flatMap(([, { files }]) => files)),
    };
  }

  async hold(): Promise<BenchmarkResult> {
    const { quick } = this.#request;
    const groups = this.#plan.groups
      .map((group) => ({ group, algorithms: group.algorithms.filter((id) => this.#asked.has(id)) }))
      .filter(({ algorithms }) => algorithms.length > 0);
    const beside = this.#siblings(groups.length === 0);
    const sweeps = quick ? [] : groups.flatMap(({ group, algorithms }) => this.#sweeps(group, algorithms));
    this.#stages = groups.length + (beside ? 1 : 0) + sweeps.length;

    for (const { group, algorithms } of groups) await this.#measure(group, algorithms);
    if (beside) await this.#measure(this.#plan.siblings, beside);
    for (const { sweep, entrant } of sweeps) await this.#sweep(sweep, entrant);
    this.#progress(0, 'done');
    return this.#result;
  }

  /**
   * Who is measured in the group where all algorithms do the same: where one alone was asked for, that one and
   * all the others. An algorithm that no other group knows (the learner's own, a broken one) joins them.
   */
  #siblings(nowhereElse: boolean): string[] | undefined {
    const { algorithms, quick } = this.#request;
    if (algorithms?.length !== 1 || (quick && !nowhereElse)) return undefined;
    return [...new Set([...algorithms, ...this.#plan.siblings.algorithms])];
  }

  async #measure(group: BenchmarkGroup<unknown>, algorithms: readonly string[]): Promise<void> {
    const { rounds, batch } = this.#request.quick ? effort.quick : effort.thorough;
    const { entrants, absent } = this.#entrants.of(group, algorithms);
    const measurements = await holdContest(
      entrants.filter(({ facts }) => !this.#out.has(nameOf(facts))),
      {
        worker: this.#files.worker,
        rounds,
        batch,
        signal: this.#request.signal,
        progress: (share, step) => this.#progress(share, `${group.name}: ${step}`),
      },
    );
    const all = measurements.map((one) => this.#withPlace(one));
    for (const { facts, problem } of all) if (problem !== undefined) this.#out.set(nameOf(facts), problem);
    for (const { facts } of entrants) {
      const known = this.#out.get(nameOf(facts));
      if (known !== undefined && !all.some((one) => one.facts === facts)) all.push(outOfTheRace(facts, known));
    }
    all.push(...absent.map((facts) => outOfTheRace(facts, notShipped)));
    this.#result.results.push(...rowsOf(group.name, all));
    this.#result.warnings.push(...doubtsAbout(group.name, measurements));
    this.#stagesDone++;
    this.#progress(0, `${group.name}: measured`);
  }

  /** Says in which line of the learner's code it threw. */
  #withPlace(measurement: Measurement<RowFacts>): Measurement<RowFacts> {
    const { problem, thrown, facts } = measurement;
    if (problem === undefined || thrown === undefined || facts.kind !== 'edited' || !this.#copy) return measurement;
    const failure = { reason: 'threw' as const, message: problem, stack: thrown };
    const place = located(failure, this.#copy.program).location;
    return place ? { ...measurement, problem: `${problem} (${path.basename(place.file)}:${place.line})` } : measurement;
  }

  /** The growth of each algorithm; of the version in the editor where there is one, since that is in question. */
  #sweeps(
    group: BenchmarkGroup<unknown>,
    algorithms: readonly string[],
  ): { sweep: Sweep; entrant: Entrant<RowFacts> }[] {
    const { growth } = group;
    if (!growth) return [];
    return algorithms.map((algorithm) => ({
      entrant: this.#entrants.versions(group, algorithm).at(-1)!,
      sweep: { group: group.name, unit: growth.unit, sizes: growth.sizes, claim: growth.claims[algorithm] ?? '' },
    }));
  }

  async #sweep(sweep: Sweep, entrant: Entrant<RowFacts>): Promise<void> {
    if (this.#out.has(nameOf(entrant.facts))) return;
    this.#progress(0, `${entrant.facts.contender} with more and more ${sweep.unit}`);
    const options = { worker: this.#files.worker, signal: this.#request.signal };
    const curve = await sweepSizes(sweep, entrant, options);
    if (curve) this.#result.curves.push(curve);
    this.#stagesDone++;
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

function uniqueFiles(files: readonly SourceFile[]): SourceFile[] {
  return [...new Map(files.map((one) => [one.file, one])).values()];
}

function nameOf({ kind, contender }: RowFacts): string {
  return `${kind} ${contender}`;
}

function outOfTheRace(facts: RowFacts, problem: string): Measurement<RowFacts> {
  return { facts, times: [], bytesPerOp: 0, wall: 0, cpu: 0, problem };
}

/** The ids of the algorithms that a learner added. */
function ownAlgorithms(source: LabSource): string[] {
  return source.kind === 'folder' ? (source.extra ?? []).map(({ id }) => id) : [];
}
