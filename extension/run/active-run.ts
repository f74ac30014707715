/** A run on its way: what its runner says, as those who look at it see it. */
import { randomUUID } from 'node:crypto';
import { realpathSync } from 'node:fs';
import path from 'node:path';
import type { WholeLabEntry } from '../../labs/engine/lab/catalogue.ts';
import type { RunReport } from '../../labs/engine/lab/report.ts';
import type { RunFailure } from '../../labs/engine/protocol/failure.ts';
import type { CopyName } from '../../labs/engine/protocol/panel.ts';
import type { RunNature } from '../../labs/engine/lab/worlds.ts';
import { columnsOver } from '../../labs/engine/trace/columns.ts';
import { TraceStore } from '../../labs/engine/trace/store.ts';
import type { Underway } from './process/execution.ts';
import { withAlgorithmFiles } from './program/algorithm-files.ts';
import { withLoaded } from './program/prepared.ts';
import type { Program, Run, RunState, Subscription } from './run.ts';

/** Listeners are told at most this often. */
const changeEvery = 16; // ms

const stoppedByLearner: RunFailure = { reason: 'stopped', message: 'the run was stopped' };

export class ActiveRun implements Run {
  readonly id = randomUUID();
  readonly startedAt = Date.now();
  readonly request: Run['request'];
  readonly edited: boolean;
  readonly trace: TraceStore;
  readonly console: string[] = [];
  readonly finished: Promise<Run>;
  state: RunState = 'running';
  share = 0;
  report: RunReport | undefined;
  failure: RunFailure | undefined;
  program: Program | undefined;
  declared: WholeLabEntry | undefined;
  nature: RunNature | undefined;
  readonly #finish: (run: Run) => void;
  readonly #listeners = new Set<() => void>();
  #changeTimer: NodeJS.Timeout | undefined;
  #stopWork: ((failure: RunFailure) => void) | undefined;

  constructor(request: Run['request'], edited: boolean, maxEvents: number) {
    this.request = request;
    this.edited = edited;
    this.trace = new TraceStore({ maxEvents });
    const { promise, resolve } = Promise.withResolvers<Run>();
    this.finished = promise;
    this.#finish = resolve;
  }

  get copy(): CopyName | undefined {
    const { source } = this.request;
    if (source.kind === 'recorded') return source.copy;
    if (source.kind === 'bundled' || source.label === undefined) return undefined;
    return { root: source.root, label: source.label };
  }

  onDidChange(listener: () => void): Subscription {
    this.#listeners.add(listener);
    return { dispose: () => void this.#listeners.delete(listener) };
  }

  async stop(): Promise<void> {
    if (this.#stopWork) this.#stopWork(stoppedByLearner);
    else this.fail(stoppedByLearner);
    await this.finished;
  }

  /** The code is compiled and is about to run. @param stopWork ends it with a failure, and the run after it */
  begin(program: Program, stopWork: (failure: RunFailure) => void): void {
    this.program = program;
    this.#stopWork = stopWork;
    this.#changed();
  }

  /** Takes in what the runner says. */
  hear(message: Underway): void {
    switch (message.type) {
      case 'batch':
        this.trace.append(
          message.firstEvent,
          columnsOver(message.bytes.buffer, message.rows, message.rows),
          message.strings,
        );
        break;
      case 'progress':
        this.share = message.share;
        this.trace.sawEvents(message.events);
        break;
      case 'console':
        this.console.push(...message.lines);
        break;
      case 'begins':
        this.nature = message.nature;
        break;
      case 'source':
        this.program = withLoaded(this.program!, message);
        break;
      case 'declared':
        this.declared = this.#declaration(message.entry);
    }
    this.#changed();
  }

  succeed(report: RunReport): void {
    this.report = report;
    this.share = 1;
    this.trace.sawEvents(report.trace.events);
    this.#over('finished');
  }

  fail(failure: RunFailure): void {
    this.failure = failure;
    this.#over('failed');
  }

  /** What the copy's own lab.ts declares: neither nameless files nor what was added to it for this run. */
  #declaration(entry: WholeLabEntry): WholeLabEntry | undefined {
    const { lab, source } = this.request;
    if (source.kind !== 'folder') return undefined;
    const added = source.extra ?? [];
    const own = { ...entry, algorithms: entry.algorithms.filter(({ id }) => !added.some((one) => one.id === id)) };
    // Their classes may be called like those of the lab.
    const addedFiles = new Set(added.map(({ file }) => realpathSync(file)));
    const program = { ...this.program!, files: this.program!.files.filter(({ file }) => !addedFiles.has(file)) };
    return withAlgorithmFiles(own, program, realpathSync(path.join(source.root, lab)));
  }

  #over(state: RunState): void {
    if (this.state !== 'running') return;
    this.state = state;
    clearTimeout(this.#changeTimer);
    this.#tell();
    this.#listeners.clear();
    this.#finish(this);
  }

  #changed(): void {
    if (this.state !== 'running' || this.#changeTimer) return;
    this.#changeTimer = setTimeout(() => {
      this.#changeTimer = undefined;
      this.#tell();
    }, changeEvery);
  }

  #tell(): void {
    for (const listener of [...this.#listeners]) listener();
  }
}
