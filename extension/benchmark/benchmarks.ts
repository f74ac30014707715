/** Run Benchmark: one at a time, told to the panels as it goes, its headline kept for the lens. */
import path from 'node:path';
import * as vscode from 'vscode';
import { operationsPerSecond } from '../../labs/engine/benchmark/verdict.ts';
import type { BenchmarkMessage, BenchmarkRow } from '../../labs/engine/protocol/panel.ts';
import { command, contextKey } from '../ids.ts';
import { keyOf, type AlgorithmTarget } from '../labs/algorithms.ts';
import type { Catalogue } from '../labs/catalogue.ts';
import type { LazyRunService } from '../runs/run-service.ts';
import type { Texts } from '../runs/texts.ts';
import type { BenchmarkHistory } from './benchmark-history.ts';

/** What a benchmark works with. */
export interface BenchmarkParts {
  extensionPath: string;
  catalogue: Catalogue;
  service: LazyRunService;
  texts: Texts;
  log: vscode.LogOutputChannel;
  history: BenchmarkHistory;
  /** Tells every panel. */
  post(message: BenchmarkMessage): void;
}

export class Benchmarks implements vscode.Disposable {
  readonly #parts: BenchmarkParts;
  readonly #headlines = new Map<string, string>();
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #status = vscode.window.createStatusBarItem(
    'systemDesignLabs.benchmark',
    vscode.StatusBarAlignment.Left,
    49,
  );
  #current: AbortController | undefined;
  #over: Promise<void> = Promise.resolve();
  /** A headline has changed. */
  readonly onDidChange = this.#changed.event;

  constructor(parts: BenchmarkParts) {
    this.#parts = parts;
    this.#status.name = 'System Design Labs: Benchmark';
    this.#status.command = command.cancelBenchmark;
  }

  /** What the last benchmark of an algorithm came to: 12.4 M ops/s · 1.7× consistent-hash. */
  headline(target: AlgorithmTarget): string | undefined {
    return this.#headlines.get(keyOf(target));
  }

  /** Measures an algorithm as it stands in the editor. What goes wrong is said in the panels and the log. */
  async run(target: AlgorithmTarget): Promise<void> {
    const { lab } = target;
    if (this.#current) {
      void vscode.window.showInformationMessage('A benchmark is running: two at once would disturb each other.');
      return;
    }
    const { promise, resolve } = Promise.withResolvers<void>();
    const controller = new AbortController();
    this.#current = controller;
    this.#over = promise;
    this.#tell(target, 0, 'getting ready');
    this.#status.show();
    void vscode.commands.executeCommand('setContext', contextKey.benchmarking, true);
    try {
      this.#finish(target, await this.#measure(target, controller.signal));
    } catch (error) {
      const { message } = error as Error;
      const cancelled = controller.signal.aborted;
      if (!cancelled) this.#parts.log.error(`${lab}/${target.algorithm} could not be measured: ${message}`);
      this.#parts.post({ type: 'benchmark', lab, state: cancelled ? 'cancelled' : 'failed', share: 0, message });
    } finally {
      this.#current = undefined;
      resolve();
      this.#status.hide();
      void vscode.commands.executeCommand('setContext', contextKey.benchmarking, false);
    }
  }

  /**
   * A run at the same time would take the processor from what is measured: asks which of the two is wanted.
   * @returns whether the run may begin
   */
  async makeWay(): Promise<boolean> {
    if (!this.#current) return true;
    const instead = 'Cancel Benchmark and Run';
    const message = 'A benchmark is running, and a run would disturb it: wait for it, or cancel it.';
    if ((await vscode.window.showInformationMessage(message, instead)) !== instead) return false;
    this.cancel();
    await this.#over;
    return true;
  }

  /** Resolves when no benchmark is running. */
  async over(): Promise<void> {
    while (this.#current) await this.#over;
  }

  cancel(): void {
    this.#current?.abort(new Error('The benchmark was cancelled.'));
  }

  async #measure(target: AlgorithmTarget, signal: AbortSignal): Promise<BenchmarkMessage> {
    const { extensionPath, texts, service, history } = this.#parts;
    const { runBenchmark } = await import('../run/benchmark/benchmark.ts');
    const { changeSinceLastEdit, earlierBenchmarks, keepBenchmark } = await import('../run/benchmark/history.ts');
    const { lab, algorithm } = target;
    const result = await runBenchmark(
      {
        lab,
        algorithms: [algorithm],
        source: await texts.sourceOf(target),
        signal,
        onProgress: ({ share, step, results: soFar }) => this.#tell(target, share, step, soFar),
      },
      { dist: path.join(extensionPath, 'dist'), service: await service.get() },
    );
    const sinceLastEdit = changeSinceLastEdit(result, await earlierBenchmarks(history.folder, lab), algorithm);
    await keepBenchmark(history.folder, result);
    const { results, curves, warnings, machine } = result;
    const message = {
      type: 'benchmark',
      lab,
      state: 'finished',
      share: 1,
      results,
      curves,
      warnings,
      machine,
    } as const;
    return sinceLastEdit === undefined ? message : { ...message, sinceLastEdit };
  }

  #tell(target: AlgorithmTarget, share: number, step: string, results: readonly BenchmarkRow[] = []): void {
    const { lab, algorithm } = target;
    const title = this.#parts.catalogue.algorithm(lab, algorithm)?.title ?? algorithm;
    this.#status.text = `$(dashboard) ${title}: ${Math.floor(share * 100)} %`;
    this.#status.tooltip = `Measuring ${title}: ${step}. Click to cancel.`;
    this.#show(target, results);
    this.#parts.post({ type: 'benchmark', lab, state: 'running', share, step, results: [...results] });
  }

  #finish(target: AlgorithmTarget, message: BenchmarkMessage): void {
    this.#show(target, message.results ?? [], message.sinceLastEdit);
    this.#parts.post(message);
  }

  /** Puts the headline at the lens, as soon as there is one. */
  #show(target: AlgorithmTarget, results: readonly BenchmarkRow[], change?: number): void {
    const headline = headlineOf(target, results, change);
    if (headline === undefined || headline === this.#headlines.get(keyOf(target))) return;
    this.#headlines.set(keyOf(target), headline);
    this.#changed.fire();
  }

  dispose(): void {
    this.cancel();
    vscode.Disposable.from(this.#changed, this.#status).dispose();
  }
}

/**
 * The algorithm's own row in a few words; the learner's text where it was measured.
 * @param change as `BenchmarkMessage.sinceLastEdit`
 */
function headlineOf(
  { algorithm }: AlgorithmTarget,
  rows: readonly BenchmarkRow[],
  change: number | undefined,
): string | undefined {
  const own = rows.filter(({ contender }) => contender === algorithm);
  const row = own.find(({ kind }) => kind === 'edited') ?? own.find(({ kind }) => kind === 'ours');
  if (!row) return undefined;
  if (row.problem !== undefined) return `$(error)\u00a0${row.problem}`;
  const peer = bestPeer(rows.filter(({ group }) => group === row.group));
  return [
    operationsPerSecond(row.nsPerOp),
    ...(peer && row.ratioToBestPeer !== null ? [`${row.ratioToBestPeer.toPrecision(2)}× ${peer.contender}`] : []),
    ...(change === undefined
      ? []
      : [`${change < 0 ? '−' : '+'}${Math.abs(change * 100).toFixed(0)} % since your last edit`]),
    ...(row.besideOurs ? [`${row.besideOurs.ratio.toPrecision(2)}× the original`] : []),
  ].join(' · ');
}

function bestPeer(rows: readonly BenchmarkRow[]): BenchmarkRow | undefined {
  return rows
    .filter(({ kind, problem }) => kind === 'peer' && problem === undefined)
    .sort((a, b) => a.nsPerOp - b.nsPerOp)[0];
}
