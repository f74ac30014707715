/** The one way in to running a lab: for lenses, palette, tree, panel and terminal alike. */
import { realpath, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { WholeLabEntry } from '../../labs/engine/lab/catalogue.ts';
import type { ParameterValue } from '../../labs/engine/lab/parameter.ts';
import type { Expectation, Intervention, RunReport } from '../../labs/engine/lab/report.ts';
import type { RunMoment } from '../../labs/engine/protocol/moment.ts';
import type { RunRecord } from '../../labs/engine/record/run-record.ts';
import type { RunRequest } from '../../labs/engine/run.ts';
import { ActiveRun } from './active-run.ts';
import { makeDebugFolder } from './process/debug-folder.ts';
import { Execution, type JobEnd, type Underway } from './process/execution.ts';
import { RunnerPool } from './process/runner-pool.ts';
import type { RunnerProcess } from './process/runner-process.ts';
import { withAlgorithmFiles } from './program/algorithm-files.ts';
import { stopBundler } from './program/bundle-files.ts';
import { bundledLab, prepareBundled } from './program/bundled-lab.ts';
import { LearnerLabs } from './program/learner-lab.ts';
import { located, placeOfStack } from './program/locate.ts';
import { withLoaded, type Naming, type Prepared } from './program/prepared.ts';
import { preparedFromRecord } from './program/recorded-program.ts';
import { RunFailureError, type DebugRun, type EndedRun, type LabSource, type Run, type StartRequest } from './run.ts';
import type { RunFailure } from './run.ts';
import type { Job, WorkerFailure } from './runner/messages.ts';

export { RunFailureError } from './run.ts';
export type * from './run.ts';

export interface RunServiceOptions {
  /** The built files: runner, worker, engine, labs, catalogue. */
  dist: string;
  /** The unsaved text of an open editor, by the file's real path. */
  readOpen?: (realPath: string) => string | undefined;
  /** Read at the start of every run. */
  limits: () => RunServiceLimits;
  /** For the log channel. */
  log(line: string): void;
  /** False: do without esbuild, as on a platform that its binary was not shipped for. */
  bundler?: boolean;
}

export interface RunServiceLimits {
  /** Milliseconds. */
  deadline: number;
  /** Megabytes. */
  memory: number;
  /** Events that are kept of a run. */
  maxEvents: number;
}

export class RunService {
  readonly #options: RunServiceOptions;
  readonly #pool: RunnerPool;
  readonly #learnerLabs: LearnerLabs;
  readonly #running = new Set<ActiveRun>();
  /** Settles when the last moment that was asked for has been looked at. */
  #lastMoment: Promise<unknown> = Promise.resolve();
  /** Ends each run that has, or waits for, a debugger. */
  readonly #debugged = new Set<() => Promise<void>>();

  constructor(options: RunServiceOptions) {
    this.#options = options;
    this.#pool = new RunnerPool(options.dist, () => options.limits().memory);
    const { dist, readOpen = () => undefined } = options;
    const log = (line: string): void => options.log(line);
    this.#learnerLabs = new LearnerLabs({ dist, readOpen, log }, options.bundler ?? true);
  }

  /** Process ids of the runners there are at the moment, the idle one included. */
  get runners(): number[] {
    return this.#pool.pids;
  }

  /** Starts a runner ahead of the first run, so that it need not wait for one. */
  warm(): void {
    this.#pool.warm();
  }

  /** Starts a run. Never throws: whatever is wrong with the request or the code becomes the run's `failure`. */
  start(request: StartRequest): Run {
    const limits = { ...this.#options.limits(), ...(request.figuresOnly ? { maxEvents: 0 } : {}) };
    const run = new ActiveRun(request, request.source.kind === 'folder', limits.maxEvents);
    void this.#execute(run, limits, () => this.prepare(request.lab, request.source));
    return run;
  }

  /**
   * Runs of one lab, all on the code as it stands now, one after the other: their figures only. They share a thread
   * for as long as all goes well; one that goes wrong takes none of the others along.
   * @param requests of the same lab and source
   * @param ended is told of each run when it is over; false, after one that went wrong: the others are not wanted any more
   * @throws RunFailureError when the code does not compile, or a request makes no sense
   */
  async runAll(requests: readonly StartRequest[], ended: (run: EndedRun) => unknown): Promise<void> {
    const [first] = requests;
    if (!first) return;
    for (const { seed } of requests) checkSeed(seed);
    const { lab, source } = first;
    const { program, code } = await this.prepare(lab, source);
    const limits = { ...this.#options.limits(), maxEvents: 0 };
    const edited = source.kind === 'folder';
    const together = code.kind === 'bundle' ? requests.length : 1;
    for (let done = 0; done < requests.length;) {
      const tell = (report: RunReport | undefined, failure?: RunFailure): unknown =>
        ended({ request: requests[done++]!, report, failure });
      const asked = requests.slice(done, done + together).map(asRunRequest);
      const job: Job = { task: { kind: 'runs', requests: asked, fresh: edited }, lab: program.lab, code, limits };
      let loaded = program;
      const end = await this.#onRunner(job, !edited, (message) => {
        if (message.type === 'ran') tell(message.report);
        else if (message.type === 'source') loaded = withLoaded(loaded, message);
      });
      const failure = end.failure && located(end.failure, loaded);
      if (failure?.reason === 'request') throw new RunFailureError(failure); // and so would all the others
      if (tell(end.report, failure) === false) return;
    }
  }

  /**
   * Runs a recorded run's own code again, whatever has become of its files.
   * @param interventions in place of the recorded ones: the new run is then a branch of the old
   */
  replay(record: RunRecord, interventions: readonly Intervention[] = record.interventions as Intervention[]): Run {
    const { lab, algorithm, scenario, seed, parameters } = record;
    const request = { lab, algorithm, scenario, seed, parameters, interventions, parent: record.id };
    const limits = this.#options.limits();
    const source = { kind: 'recorded', run: record.id, ...(record.copy ? { copy: record.copy } : {}) } as const;
    const run = new ActiveRun({ ...request, source }, record.program?.edited ?? false, limits.maxEvents);
    void this.#execute(run, limits, async () => preparedFromRecord(record, this.#options.dist));
    return run;
  }

  /**
   * A lab's code as it stands, unsaved texts included.
   * @throws RunFailureError when there is no such lab, or it does not compile
   */
  async prepare(lab: string, source: LabSource, naming: Naming = 'shown'): Promise<Prepared> {
    return source.kind === 'bundled'
      ? prepareBundled(this.#options.dist, lab, naming)
      : this.#learnerLabs.prepare(lab, source);
  }

  /**
   * A lab's code with its benchmark plan, for contenders to load: a module whose default export is the plan, and
   * whose `lab` is the lab.
   * @param plan text of the plan, in which the lab's own modules are still imports
   * @throws RunFailureError as `prepare`, and when the plan needs what a copy does not have any more
   */
  async prepareBenchmark(lab: string, source: LabSource & { kind: 'folder' }, plan: string): Promise<Prepared> {
    try {
      return await this.#learnerLabs.prepareWithPlan(lab, source, plan);
    } catch (error) {
      if (!(error instanceof RunFailureError)) throw error;
      await this.#learnerLabs.prepare(lab, source); // says it better where the lab itself does not compile
      throw new RunFailureError({
        ...error.failure,
        message: `the benchmark cannot be set up: ${error.failure.message}`,
      });
    }
  }

  /**
   * A lab as data. A copy's lab.ts is executed for it, in a runner.
   * @throws RunFailureError when there is no such lab, or its code does not load
   */
  async describe(lab: string, source: LabSource): Promise<WholeLabEntry> {
    if (source.kind === 'bundled') return bundledLab(this.#options.dist, lab);
    const prepared = await this.#learnerLabs.prepare(lab, source);
    const limits = this.#options.limits();
    const job: Job = { task: { kind: 'describe' }, lab, code: prepared.code, limits };
    const end = await this.#onRunner(job, false, (message) => {
      if (message.type === 'source') prepared.program = withLoaded(prepared.program, message);
    });
    if (!end.entry) throw new RunFailureError(located(end.failure!, prepared.program));
    return withAlgorithmFiles(end.entry, prepared.program, await realpath(path.join(source.root, lab)));
  }

  /**
   * What a lab's theory says of runs that differ in these parameters. Its code is loaded for that, and nothing is run.
   * @returns one list for each variant
   * @throws RunFailureError when the code does not load, or the request makes no sense
   */
  async expectations(
    { source, ...request }: StartRequest,
    variants: readonly Readonly<Record<string, ParameterValue>>[],
  ): Promise<Expectation[][]> {
    const { lab, algorithm, scenario, seed, parameters } = request;
    const asked = {
      lab,
      algorithm,
      ...(scenario === undefined ? {} : { scenario }),
      seed,
      parameters: parameters ?? {},
    };
    const prepared = await this.prepare(lab, source);
    const limits = this.#options.limits();
    const job: Job = { task: { kind: 'expect', request: asked, variants }, lab, code: prepared.code, limits };
    const end = await this.#onRunner(job, source.kind === 'bundled', (message) => {
      if (message.type === 'source') prepared.program = withLoaded(prepared.program, message);
    });
    if (!end.expectations) throw new RunFailureError(located(end.failure!, prepared.program));
    return end.expectations;
  }

  /**
   * One event of a recorded run, looked at closely: its code is run again as far as that event, in a runner. Whoever
   * asks while another is looked at waits.
   * @param signal whoever asked has lost interest: the look is given up
   * @throws RunFailureError when there is no such event, the code is gone, or it does not get there in time
   */
  moment(record: RunRecord, event: number, signal?: AbortSignal): Promise<RunMoment> {
    const moment = this.#lastMoment.then(() => this.#lookAt(record, event, signal));
    this.#lastMoment = moment.catch(() => {});
    return moment;
  }

  async #lookAt(record: RunRecord, event: number, signal?: AbortSignal): Promise<RunMoment> {
    if (signal?.aborted) throw new RunFailureError(noLongerWanted);
    const { lab, algorithm, scenario, seed, parameters, events } = record;
    if (event >= events) {
      throw new RunFailureError({
        reason: 'request',
        message: `that run has ${events} events, and none numbered ${event}`,
      });
    }
    const interventions = record.interventions as Intervention[];
    const request = { lab, algorithm, scenario, seed, parameters, interventions };
    const { program, code } = preparedFromRecord(record, this.#options.dist);
    const job: Job = { task: { kind: 'moment', request, event }, lab, code, limits: this.#options.limits() };
    let giveUp = (): void => {};
    // What it prints was shown the first time.
    const end = await this.#onRunner(
      job,
      !program.edited,
      () => {},
      (stop) => {
        giveUp = () => stop(noLongerWanted);
        signal?.addEventListener('abort', giveUp, { once: true });
      },
    );
    signal?.removeEventListener('abort', giveUp);
    if (!end.moment) throw new RunFailureError(located(end.failure!, program));
    const { callSite, did, ...moment } = end.moment;
    const placed = (stack: string | undefined): Pick<RunMoment, 'location'> => {
      const location = placeOfStack(stack ?? '', program);
      return location ? { location } : {};
    };
    return {
      ...moment,
      ...placed(callSite),
      did: did.map(({ index, callSite }) => ({ event: index, ...placed(callSite) })),
    };
  }

  /**
   * Starts a run that waits for a debugger, has no deadline, and may be silent for as long as it likes.
   * @throws RunFailureError when the code does not compile
   */
  async debug(request: StartRequest): Promise<DebugRun> {
    const prepared = await this.prepare(request.lab, request.source, 'disk');
    const outDir = await makeDebugFolder();
    if (prepared.code.kind === 'bundle') {
      const file = path.join(outDir, `${request.lab}.mjs`);
      await writeFile(file, prepared.code.text);
      prepared.code = { kind: 'file', url: pathToFileURL(file).href };
    }
    const runner = this.#pool.takeForDebugger();
    const { deadline: _, ...limits } = this.#options.limits();
    const run = new ActiveRun(request, request.source.kind === 'folder', limits.maxEvents);
    const dispose = async (): Promise<void> => {
      this.#debugged.delete(dispose);
      await Promise.all([run.stop(), runner.kill()]);
      await rm(outDir, { recursive: true, force: true });
    };
    this.#debugged.add(dispose);
    try {
      const webSocketUrl = await runner.inspectorUrl();
      void this.#track(run, () => this.#perform(run, prepared, limits, runner, false));
      return { run, webSocketUrl, port: Number(new URL(webSocketUrl).port), outDir, dispose };
    } catch (error) {
      await dispose();
      throw error;
    }
  }

  /** Ends all runs and every process. */
  async dispose(): Promise<void> {
    await Promise.all([...this.#debugged].map((dispose) => dispose()));
    await Promise.all([...this.#running].map((run) => run.stop()));
    await Promise.all([this.#pool.dispose(), stopBundler()]);
  }

  #execute(run: ActiveRun, limits: RunServiceLimits, prepare: () => Promise<Prepared>): Promise<void> {
    return this.#track(run, async () => {
      checkSeed(run.request.seed);
      const prepared = await prepare();
      if (run.state !== 'running') return; // stopped while it was compiled
      const { deadline: _, ...endless } = limits;
      await this.#perform(run, prepared, run.request.withoutDeadline ? endless : limits, this.#pool.take(), true);
    });
  }

  /** Keeps a run in the list of those to be stopped, and turns what goes wrong into its failure. */
  async #track(run: ActiveRun, work: () => Promise<void>): Promise<void> {
    this.#running.add(run);
    try {
      await work();
    } catch (error) {
      run.fail(failureFromError(error));
    } finally {
      this.#running.delete(run);
      if (run.failure) this.#options.log(`${run.request.lab}: ${run.failure.reason}: ${run.failure.message}`);
    }
  }

  async #perform(
    run: ActiveRun,
    prepared: Prepared,
    limits: Job['limits'],
    runner: RunnerProcess,
    watched: boolean,
  ): Promise<void> {
    const request = asRunRequest(run.request);
    const job: Job = {
      task: { kind: 'run', request, declare: run.edited && !run.request.figuresOnly },
      lab: prepared.program.lab,
      code: prepared.code,
      limits,
    };
    let end: JobEnd | undefined;
    try {
      const execution = new Execution(runner, job, (message) => run.hear(message), watched);
      let stop = (failure: RunFailure): void => execution.stop(failure);
      run.begin(prepared.program, (failure) => stop(failure));
      end = await execution.over;
      if (end.report) {
        run.succeed(end.report);
      } else {
        const failure = watched ? await this.#placed(end.failure!, job, (other) => (stop = other)) : end.failure!;
        run.fail(located(failure, run.program!));
      }
    } finally {
      if (watched) await this.#pool.giveBack(runner, end !== undefined && end.idle && !run.edited, end?.resident ?? 0);
      else await runner.kill();
    }
  }

  /**
   * A failure with a stack. What is thrown and is no error has none: then the job is done again, by itself and watched
   * closely, which is too slow to be done each time.
   * @param begun is given what gives that up
   */
  async #placed(
    failure: WorkerFailure,
    job: Job,
    begun: (stop: (failure: RunFailure) => void) => void,
  ): Promise<WorkerFailure> {
    if (!failure.placeless || job.watchThrows) return failure;
    const deadline = Math.min(job.limits.deadline ?? Infinity, longestLookForThrow);
    const again: Job = { ...job, limits: { ...job.limits, deadline }, watchThrows: true };
    const { failure: seen } = await this.#onRunner(again, false, () => {}, begun);
    const isSame = seen?.message === failure.message;
    if (isSame && !seen.placeless) return seen;
    const { task } = job;
    const who = 'request' in task ? `'${task.request.algorithm}'` : 'the lab';
    const why = isSame ? 'what was thrown does not say where' : 'run again, it did not throw that again';
    return { ...failure, message: `${failure.message} (while ${who} ran: ${why}, so no line can be named)` };
  }

  /**
   * One job on a runner, which is given back whatever comes of it.
   * @param ours whether no code of a learner's has a part in it: then the runner may serve again
   * @param begun is given what ends it early
   */
  async #onRunner(
    job: Job,
    ours: boolean,
    hear: (message: Underway) => void,
    begun: (stop: (failure: RunFailure) => void) => void = () => {},
  ): Promise<JobEnd> {
    const runner = this.#pool.take();
    let end: JobEnd | undefined;
    let ran = 0;
    try {
      const execution = new Execution(runner, job, (message) => {
        if (message.type === 'ran') ran++;
        hear(message);
      });
      begun((failure) => execution.stop(failure));
      end = await execution.over;
      return end.failure ? { ...end, failure: await this.#placed(end.failure, withoutFirst(job, ran), begun) } : end;
    } finally {
      void this.#pool.giveBack(runner, ours && end !== undefined && end.idle, end?.resident ?? 0);
    }
  }
}

/** A job without the runs of it that are over. */
function withoutFirst(job: Job, runs: number): Job {
  const { task } = job;
  return task.kind === 'runs' ? { ...job, task: { ...task, requests: task.requests.slice(runs, runs + 1) } } : job;
}

/** What of a request decides the run itself. */
function asRunRequest(asked: Run['request']): RunRequest {
  const { source: _, parent: __, withoutDeadline: ___, figuresOnly: ____, ...request } = asked;
  return request;
}

/** Milliseconds that a run may take when it is only run again to see where it throws. */
const longestLookForThrow = 10_000;

const noLongerWanted: RunFailure = { reason: 'stopped', message: 'nobody waits for this moment any more' };

function checkSeed(seed: number): void {
  if (Number.isSafeInteger(seed) && seed >= 0) return;
  const message = `the seed must be a whole number from 0 to ${Number.MAX_SAFE_INTEGER}, not ${seed}`;
  throw new RunFailureError({ reason: 'request', message });
}

function failureFromError(error: unknown): RunFailure {
  if (error instanceof RunFailureError) return error.failure;
  const { message, stack = '' } = error as Error;
  return { reason: 'internal', message: `the run could not be started: ${message}`, stack };
}
