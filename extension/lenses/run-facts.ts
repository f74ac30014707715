/** What the lenses say of an algorithm's last run. */
import * as vscode from 'vscode';
import type { AlgorithmTarget } from '../labs/algorithms.ts';
import type { Runs, StartedRun } from '../runs/runs.ts';
import type { LensFacts } from './algorithm-lenses.ts';

export class RunFacts implements LensFacts, vscode.Disposable {
  readonly #runs: Runs;
  readonly #verdicts = new Map<string, string>();
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #subscriptions: vscode.Disposable;
  readonly onDidChange = this.#changed.event;

  constructor(runs: Runs) {
    this.#runs = runs;
    this.#subscriptions = vscode.Disposable.from(
      runs.onDidStart(({ target }) => {
        this.#verdicts.delete(keyOf(target));
        this.#changed.fire();
      }),
      runs.onDidEnd((started) => {
        this.#verdicts.set(keyOf(started.target), verdictOf(started));
        this.#changed.fire();
      }),
    );
  }

  running(target: AlgorithmTarget): boolean {
    return this.#runs.running.some((started) => keyOf(started.target) === keyOf(target));
  }

  verdict(target: AlgorithmTarget): string | undefined {
    return this.#verdicts.get(keyOf(target));
  }

  speed(): string | undefined {
    return undefined;
  }

  dispose(): void {
    vscode.Disposable.from(this.#subscriptions, this.#changed).dispose();
  }
}

/** Names an algorithm and whose text of it is meant. */
function keyOf({ lab, algorithm, root = '' }: AlgorithmTarget): string {
  return JSON.stringify([lab, algorithm, root]);
}

function verdictOf({ run: { report, failure } }: StartedRun): string {
  if (failure) return failure.reason === 'stopped' ? '$(circle-slash) stopped' : `$(error) ${failure.reason}`;
  const checks = report?.checks ?? [];
  const unexpected = checks.filter(({ ok }) => !ok);
  if (unexpected.length > 0)
    return `$(error) ${unexpected.map(({ name, verdict }) => `${name} ${verdict}`).join(', ')}`;
  return checks.length === 1 ? '$(pass) check as expected' : `$(pass) all ${checks.length} checks as expected`;
}
