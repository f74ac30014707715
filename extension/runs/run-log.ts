/** Writes each run into the output channel: what the code printed, and why it ended. */
import * as vscode from 'vscode';
import type { RunSummary } from '../../labs/engine/protocol/panel.ts';
import type { Runs, StartedRun } from './runs.ts';

export class RunLog implements vscode.Disposable {
  readonly #log: vscode.LogOutputChannel;
  readonly #subscriptions: vscode.Disposable;

  constructor(runs: Runs, log: vscode.LogOutputChannel) {
    this.#log = log;
    this.#subscriptions = vscode.Disposable.from(
      runs.onDidStart(({ run: { summary } }) =>
        log.info(
          `${nameOf(summary)} started: scenario ${summary.scenario || 'of the lab'}, seed ${summary.seed}, ${textOf(summary)}.`,
        ),
      ),
      runs.onDidEnd((started) => this.#end(started)),
    );
  }

  #end({ run: { summary, report, failure }, live }: StartedRun): void {
    for (const line of live?.console ?? []) this.#log.info(`  ${line}`);
    if (report) {
      const { events, hash } = report.trace;
      this.#log.info(`${nameOf(summary)} finished: ${events} events, trace ${hash}.`);
      for (const { name, verdict, detail } of report.checks) this.#log.info(`  ${name} ${verdict}: ${detail}`);
    } else if (failure) {
      const where = failure.location ? ` (${failure.location.file}:${failure.location.line})` : '';
      this.#log.error(`${nameOf(summary)} failed, ${failure.reason}: ${failure.message}${where}`);
      if (failure.stack) this.#log.error(failure.stack);
    }
  }

  dispose(): void {
    this.#subscriptions.dispose();
  }
}

function textOf({ edited, copy }: RunSummary): string {
  if (copy) return `text of ${copy.root}`;
  return edited ? 'edited text' : 'bundled text';
}

function nameOf({ lab, algorithm }: { lab: string; algorithm: string }): string {
  return `${lab}/${algorithm}`;
}
