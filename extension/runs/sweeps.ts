/** Sweeps of the window: one at a time, told to the panel that asked for it, and gone with it. */
import * as vscode from 'vscode';
import type { Expectation } from '../../labs/engine/lab/report.ts';
import type { SweepMessage, SweepRequest, SweepRun } from '../../labs/engine/protocol/panel.ts';
import type { LazyRunService } from './run-service.ts';
import type { Texts } from './texts.ts';

/** A panel hears of new points at most this often. */
const tellEvery = 150; // ms

/** A panel, as far as a sweep needs one. */
interface Listener {
  post(message: SweepMessage): void;
}

/** A sweep that a panel shows, while it runs and afterwards. */
interface ShownSweep {
  request: SweepRequest;
  state: SweepMessage['state'];
  of: number;
  runs: SweepRun[];
  /** Undefined until they are known. */
  expectations?: Expectation[][][];
  /** Whether the panel has been told of them. */
  toldExpectations: boolean;
  message?: string;
  /** Runs that the panel has been told of. */
  told: number;
  controller: AbortController;
  timer?: NodeJS.Timeout;
}

export class Sweeps implements vscode.Disposable {
  readonly #texts: Texts;
  readonly #service: LazyRunService;
  readonly #log: vscode.LogOutputChannel;
  readonly #shown = new Map<Listener, ShownSweep>();

  constructor(texts: Texts, service: LazyRunService, log: vscode.LogOutputChannel) {
    this.#texts = texts;
    this.#service = service;
    this.#log = log;
  }

  /** Runs a sweep for a panel; resolves when it is over. @param root of the copy whose text is run, undefined: the bundled one */
  async run(panel: Listener, request: SweepRequest, root: string | undefined): Promise<void> {
    const { runsOf, runSweep } = await import('../run/sweep.ts');
    const busy = [...this.#shown.values()].some(({ state }) => state === 'running');
    const sweep: ShownSweep = {
      request,
      state: 'running',
      of: runsOf(request).length,
      runs: [],
      toldExpectations: false,
      told: 0,
      controller: new AbortController(),
    };
    if (busy)
      return this.#refuse(panel, sweep, 'A sweep is running already: stop it first, two would disturb each other.');
    this.#shown.set(panel, sweep);
    this.#tell(panel, sweep);
    const { signal } = sweep.controller;
    try {
      const { lab } = request.choice;
      await runSweep(
        await this.#service.get(),
        request,
        (algorithm) => this.#texts.sourceOf({ lab, algorithm, root }),
        {
          expected: (expectations) => {
            sweep.expectations = expectations;
            this.#tell(panel, sweep);
          },
          ran: (run) => {
            sweep.runs.push(run);
            this.#tellSoon(panel, sweep);
          },
        },
        signal,
      );
      sweep.state = signal.aborted ? 'stopped' : 'finished';
    } catch (error) {
      sweep.state = 'failed';
      sweep.message = (error as Error).message;
      this.#log.error(`The sweep over ${request.parameter} of ${request.choice.lab} failed: ${sweep.message}`);
    }
    clearTimeout(sweep.timer);
    if (this.#shown.get(panel) === sweep) this.#tell(panel, sweep);
  }

  /** Stops the sweep of a panel. */
  stop(panel: Listener): void {
    this.#shown.get(panel)?.controller.abort();
  }

  /** A panel has started anew, and knows nothing of its sweep: it is told again. */
  retell(panel: Listener): void {
    const sweep = this.#shown.get(panel);
    if (!sweep) return;
    sweep.told = 0;
    sweep.toldExpectations = false;
    this.#tell(panel, sweep);
  }

  /** A panel is gone, and its sweep with it. */
  forget(panel: Listener): void {
    this.stop(panel);
    this.#shown.delete(panel);
  }

  #refuse(panel: Listener, sweep: ShownSweep, message: string): void {
    this.#tell(panel, { ...sweep, state: 'failed', message });
  }

  #tellSoon(panel: Listener, sweep: ShownSweep): void {
    sweep.timer ??= setTimeout(() => {
      delete sweep.timer;
      if (this.#shown.get(panel) === sweep) this.#tell(panel, sweep);
    }, tellEvery);
  }

  #tell(panel: Listener, sweep: ShownSweep): void {
    const { request, state, of, runs, expectations, message } = sweep;
    const first = sweep.told;
    const news = sweep.toldExpectations ? undefined : expectations;
    sweep.told = runs.length;
    sweep.toldExpectations = expectations !== undefined;
    panel.post({
      type: 'sweep',
      request,
      state,
      done: runs.length,
      of,
      first,
      runs: runs.slice(first),
      ...(news === undefined ? {} : { expectations: news }),
      ...(message === undefined ? {} : { message }),
    });
  }

  dispose(): void {
    for (const panel of [...this.#shown.keys()]) this.forget(panel);
  }
}
