/** The runs of this window: the one way to start one, which are going on, and those of before. */
import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import type { CopyName, RunChoice, RunSummary } from '../../labs/engine/protocol/panel.ts';
import type { Intervention } from '../../labs/engine/lab/report.ts';
import type { RunFailure } from '../../labs/engine/protocol/failure.ts';
import type { RunMoment } from '../../labs/engine/protocol/moment.ts';
import type { RunRecord } from '../../labs/engine/record/run-record.ts';
import { TraceStore } from '../../labs/engine/trace/store.ts';
import { contextKey } from '../ids.ts';
import type { AlgorithmTarget } from '../labs/algorithms.ts';
import { RunFailureError, type DebugRun, type LabSource, type Run, type StartRequest } from '../run/run.ts';
import type { RunService } from '../run/run-service.ts';
import type { RunHistory } from './history.ts';
import { keptRun, type KeptRun } from './kept-run.ts';
import type { LazyRunService } from './run-service.ts';
import { untrusted, type Texts } from './texts.ts';

/** A run together with whose text of what it runs. */
export interface StartedRun {
  target: AlgorithmTarget;
  run: KeptRun;
  /** Undefined for a run that was refused before it began. */
  live: Run | undefined;
}

/** Finished runs of this window that stay in memory; the others come from the history when looked at. */
const maxHeld = 3;
/** Longest list of runs that a panel is given. */
const maxListed = 100;

/** How long after an algorithm has come to the screen its lab is made ready to run. */
const respite = 500; // ms

export class Runs implements vscode.Disposable {
  readonly #texts: Texts;
  readonly #service: LazyRunService;
  readonly #history: RunHistory;
  /** Oldest first. */
  readonly #held = new Map<string, StartedRun>();
  /** Labs that a run is expected of. */
  readonly #expected = new Set<string>();
  /** Runs of files that are open: looked at like any other, and not kept. */
  readonly #lent = new Map<string, KeptRun>();
  readonly #started = new vscode.EventEmitter<StartedRun>();
  readonly #ended = new vscode.EventEmitter<StartedRun>();
  readonly #listed = new vscode.EventEmitter<void>();
  readonly onDidStart = this.#started.event;
  readonly onDidEnd = this.#ended.event;
  /** What `list` gives has changed. */
  readonly onDidChangeList = this.#listed.event;

  constructor(texts: Texts, service: LazyRunService, history: RunHistory) {
    this.#texts = texts;
    this.#service = service;
    this.#history = history;
  }

  /** Runs that are going on, the newest first. */
  get running(): readonly StartedRun[] {
    return [...this.#held.values()].filter(({ live }) => live?.state === 'running').reverse();
  }

  /**
   * Starts a run of the learner's text where `root` names their copy, of the bundled text otherwise; a branch is of the
   * text that its parent ran. Never throws: what is wrong becomes the run's failure.
   */
  async start(choice: RunChoice, root: string | undefined): Promise<StartedRun> {
    if (choice.parent !== undefined) return this.#branch(choice, choice.parent);
    const target: AlgorithmTarget = { lab: choice.lab, algorithm: choice.algorithm, root };
    const { started } = await this.#begin(choice, target, this.#copyOf(root), async (service) => ({
      run: service.start(requestOf(choice, await this.#texts.sourceOf(target))),
    }));
    return started;
  }

  /**
   * Starts a run of a text that is neither the learner's nor necessarily ours. Whoever calls has shown it and was
   * told to run it; that a workspace is trusted is seen to here.
   */
  async startFrom(choice: RunChoice, source: LabSource): Promise<StartedRun> {
    const root = source.kind === 'folder' ? source.root : undefined;
    const target: AlgorithmTarget = { lab: choice.lab, algorithm: choice.algorithm, root };
    const { started } = await this.#begin(choice, target, undefined, async (service) => {
      if (root !== undefined && !vscode.workspace.isTrusted) throw new RunFailureError(untrusted);
      return { run: service.start(requestOf(choice, source)) };
    });
    return started;
  }

  /**
   * Starts a run that waits for a debugger.
   * @returns no `debug` where the run was refused or does not compile: it has then failed
   */
  debug(choice: RunChoice, root: string | undefined): Promise<{ started: StartedRun; debug?: DebugRun }> {
    const target: AlgorithmTarget = { lab: choice.lab, algorithm: choice.algorithm, root };
    return this.#begin(choice, target, this.#copyOf(root), async (service) =>
      service.debug(requestOf(choice, await this.#texts.sourceOf(target))),
    );
  }

  async #begin<Begun extends { run: Run }>(
    choice: RunChoice,
    target: AlgorithmTarget,
    copy: CopyName | undefined,
    begin: (service: RunService) => Promise<Begun>,
  ): Promise<{ started: StartedRun; debug?: Begun }> {
    try {
      const debug = await begin(await this.#service.get());
      return { started: this.#track({ target, live: debug.run, run: keptRun(debug.run) }), debug };
    } catch (error) {
      return { started: this.#track(refused(choice, target, copy, failureOf(error as Error))) };
    }
  }

  #copyOf(root: string | undefined): CopyName | undefined {
    return root === undefined ? undefined : this.#texts.nameOf(root);
  }

  /** Runs the code of an earlier run again, whatever its files say now, with other interventions. */
  async #branch(choice: RunChoice, parent: string): Promise<StartedRun> {
    await this.#history.settled();
    const record = await this.#history.record(parent).catch((error: Error) => error);
    const copy = record instanceof Error ? undefined : record?.copy;
    const target: AlgorithmTarget = { lab: choice.lab, algorithm: choice.algorithm, root: copy?.root };
    const { started } = await this.#begin(choice, target, copy, async (service) => {
      if (record instanceof Error) throw record;
      if (!record) throw new Error('The run that this one branches off is no longer kept.');
      if (record.program?.edited && !vscode.workspace.isTrusted) throw new RunFailureError(untrusted);
      return { run: service.replay(record, (choice.interventions ?? []) as readonly Intervention[]) };
    });
    return started;
  }

  #track(started: StartedRun): StartedRun {
    this.#held.set(started.run.summary.id, started);
    this.#letGo();
    this.#tellRunning();
    this.#started.fire(started);
    this.#listed.fire();
    void (started.live?.finished ?? Promise.resolve()).then(async () => {
      this.#tellRunning();
      this.#ended.fire(started);
      if (started.live) await this.#history.save(started.live);
      this.#listed.fire();
    });
    return started;
  }

  /** Gets ready for a run of a lab that may soon be asked for: starts a runner, and compiles. Executes nothing of the lab's. */
  async expect(target: AlgorithmTarget): Promise<void> {
    const key = JSON.stringify([target.lab, target.root]);
    if (this.#expected.has(key) || (target.root !== undefined && !vscode.workspace.isTrusted)) return;
    this.#expected.add(key);
    await new Promise((resolve) => setTimeout(resolve, respite)); // the window is still being drawn
    try {
      const service = await this.#service.get();
      service.warm();
      await service.prepare(target.lab, await this.#texts.sourceOf(target));
    } catch {
      // Nobody has asked yet: what is wrong is said when it is run.
    }
  }

  /** Stops a run; all that are going on where none is named. */
  async stop(id?: string): Promise<void> {
    const going = this.running.filter(({ run }) => id === undefined || run.summary.id === id);
    await Promise.all(going.map(({ live }) => live!.stop()));
  }

  /** A run of this window or of the history. */
  async open(id: string): Promise<KeptRun | undefined> {
    return this.#held.get(id)?.run ?? this.#lent.get(id) ?? (await this.#history.open(id));
  }

  /** Lets a run that is not of this window be opened by its id, until that is disposed. */
  lend(run: KeptRun): vscode.Disposable {
    const { id } = run.summary;
    this.#lent.set(id, run);
    return new vscode.Disposable(() => this.#lent.delete(id));
  }

  /** Whether a run comes from a file: what that calls its sources means nothing here. */
  isLent(id: string): boolean {
    return this.#lent.has(id);
  }

  /**
   * A run as it is kept.
   * @throws Error where it is not: it still runs, or never began, or is forgotten
   */
  async record(id: string): Promise<RunRecord> {
    if (this.#held.get(id)?.live?.state === 'running') throw new Error('This run is still going on: wait, or stop it.');
    await this.#history.settled();
    const record = await this.#history.record(id);
    if (!record) throw new Error('This run is not kept: run the lab anew.');
    return record;
  }

  /**
   * One event of a run that is over, looked at closely. Runs its code again as far as that event.
   * @param signal whoever asked has lost interest
   * @throws Error where the run is not kept, its code is the learner's and the workspace not trusted, or it does not get there
   */
  async moment(id: string, event: number, signal?: AbortSignal): Promise<RunMoment> {
    if (this.isLent(id)) throw new Error('Replay this run first: looking at a file executes nothing.');
    const record = await this.record(id);
    if (record.program?.edited && !vscode.workspace.isTrusted) throw new RunFailureError(untrusted);
    return (await this.#service.get()).moment(record, event, signal);
  }

  /** Forgets runs that are over. */
  async remove(ids: readonly string[]): Promise<void> {
    await this.#history.settled();
    for (const id of ids) {
      if (this.#held.get(id)?.live?.state === 'running') continue;
      this.#held.delete(id);
      await this.#history.remove(id);
    }
    this.#listed.fire();
  }

  /** A run that this window still holds. */
  held(id: string): StartedRun | undefined {
    return this.#held.get(id);
  }

  /** All runs as lists show them, newest first. */
  async list(): Promise<RunSummary[]> {
    const held = [...this.#held.values()].map(({ run }) => run.summary);
    const stored = (await this.#history.list()).filter(({ id }) => !this.#held.has(id));
    return [...held, ...stored].sort((a, b) => b.startedAt - a.startedAt).slice(0, maxListed);
  }

  #letGo(): void {
    const over = [...this.#held].filter(([, { live }]) => live?.state !== 'running');
    for (const [id] of over.slice(0, Math.max(0, over.length - maxHeld))) this.#held.delete(id);
  }

  #tellRunning(): void {
    void vscode.commands.executeCommand('setContext', contextKey.running, this.running.length > 0);
  }

  dispose(): void {
    this.#started.dispose();
    this.#ended.dispose();
    this.#listed.dispose();
  }
}

/** A panel's choice as a request; what is left out of one is left out of the other. */
function requestOf(
  { lab, algorithm, scenario, seed, parameters, interventions, withoutDeadline }: RunChoice,
  source: LabSource,
): StartRequest {
  return {
    lab,
    algorithm,
    ...(scenario === undefined ? {} : { scenario }),
    seed,
    parameters,
    ...(interventions === undefined ? {} : { interventions: interventions as readonly Intervention[] }),
    ...(withoutDeadline === undefined ? {} : { withoutDeadline }),
    source,
  };
}

/** What went wrong before there was a run: the run service says it in full, anything else is a mistake of ours. */
function failureOf(error: Error & { failure?: RunFailure }): RunFailure {
  return error.failure ?? { reason: 'internal', message: error.message, stack: error.stack ?? '' };
}

/** A run that did not begin: in the panel it looks like one that failed. */
function refused(
  choice: RunChoice,
  target: AlgorithmTarget,
  copy: CopyName | undefined,
  failure: RunFailure,
): StartedRun {
  const summary: RunSummary = {
    id: randomUUID(),
    lab: choice.lab,
    algorithm: choice.algorithm,
    scenario: choice.scenario ?? '',
    seed: choice.seed,
    parameters: choice.parameters,
    interventions: [],
    startedAt: Date.now(),
    state: 'failed',
    edited: target.root !== undefined,
    ...(copy ? { copy } : {}),
    events: 0,
    dropped: 0,
    failure: failure.reason,
  };
  const trace = new TraceStore({ maxEvents: 0 });
  return { target, live: undefined, run: { summary, report: undefined, failure, trace, files: [], share: 1 } };
}
