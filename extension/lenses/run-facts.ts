/** What the lenses say of an algorithm's last run and last benchmark. */
import * as vscode from 'vscode';
import type { FailureReason } from '../../labs/engine/protocol/failure.ts';
import { didNotShow } from '../../labs/engine/lab/verdict-words.ts';
import type { Benchmarks } from '../benchmark/benchmarks.ts';
import { keyOf, type AlgorithmTarget } from '../labs/algorithms.ts';
import type { Runs, StartedRun } from '../runs/runs.ts';
import type { LensFacts } from './algorithm-lenses.ts';

export class RunFacts implements LensFacts, vscode.Disposable {
  readonly #runs: Runs;
  readonly #benchmarks: Benchmarks;
  readonly #verdicts = new Map<string, string>();
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #subscriptions: vscode.Disposable;
  readonly onDidChange = this.#changed.event;

  constructor(runs: Runs, benchmarks: Benchmarks) {
    this.#runs = runs;
    this.#benchmarks = benchmarks;
    this.#subscriptions = vscode.Disposable.from(
      benchmarks.onDidChange(() => this.#changed.fire()),
      // A branch runs the text of back then, with something done to it: it says nothing of the text under the lens.
      runs.onDidStart(({ target, run }) => {
        if (run.summary.parent === undefined) this.#verdicts.delete(keyOf(target));
        this.#changed.fire();
      }),
      runs.onDidEnd((started) => {
        if (started.run.summary.parent === undefined) this.#verdicts.set(keyOf(started.target), verdictOf(started));
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

  speed(target: AlgorithmTarget): string | undefined {
    return this.#benchmarks.headline(target);
  }

  dispose(): void {
    vscode.Disposable.from(this.#subscriptions, this.#changed).dispose();
  }
}

/** How a run ended, as a lens says it. */
const endings: Readonly<Record<FailureReason, string>> = {
  request: 'cannot be run',
  syntax: 'does not compile',
  missing: 'an import is missing',
  threw: 'threw an error',
  rejected: 'left a rejected promise',
  refused: 'did what a lab may not do',
  forecast: 'would take too long',
  deadline: 'took too long',
  memory: 'used up its memory',
  exit: 'ended its process',
  crash: 'crashed',
  stopped: 'stopped',
  gone: 'its copy is gone',
  untrusted: 'not trusted here',
  internal: 'failed',
};

function verdictOf({ run: { report, failure } }: StartedRun): string {
  if (failure) return marked(failure.reason === 'stopped' ? 'circle-slash' : 'error', endings[failure.reason]);
  const checks = report?.checks ?? [];
  const unexpected = checks.filter(({ ok }) => !ok);
  if (unexpected.length > 0) {
    return marked('error', unexpected.map(({ name, verdict }) => `${name} ${verdict}`).join(', '));
  }
  if (checks.some(didNotShow)) return marked('info', 'the expected break did not show');
  return marked('pass', checks.length === 1 ? 'check as expected' : `all ${checks.length} checks as expected`);
}

/** A lens swallows a plain space after an icon. */
function marked(icon: string, text: string): string {
  return `$(${icon})\u00a0${text}`;
}
