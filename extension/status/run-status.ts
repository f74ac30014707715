/** The status bar: what is running right now, and Stop. */
import * as vscode from 'vscode';
import { command } from '../ids.ts';
import type { Catalogue } from '../labs/catalogue.ts';
import type { Runs, StartedRun } from '../runs/runs.ts';

export class RunStatus implements vscode.Disposable {
  readonly #item = vscode.window.createStatusBarItem('systemDesignLabs.run', vscode.StatusBarAlignment.Left, 50);
  readonly #catalogue: Catalogue;
  readonly #runs: Runs;
  readonly #subscriptions: vscode.Disposable;
  #watching: { dispose(): void } | undefined;

  constructor(catalogue: Catalogue, runs: Runs) {
    this.#catalogue = catalogue;
    this.#runs = runs;
    this.#item.name = 'System Design Labs: Run';
    this.#item.command = command.stop;
    this.#subscriptions = vscode.Disposable.from(
      runs.onDidStart(() => this.#show()),
      runs.onDidEnd(() => this.#show()),
    );
  }

  #show(): void {
    this.#watching?.dispose();
    const [newest, ...others] = this.#runs.running;
    if (!newest) {
      this.#item.hide();
      return;
    }
    this.#draw(newest, others.length);
    this.#watching = newest.live!.onDidChange(() => this.#draw(newest, others.length));
    this.#item.show();
  }

  #draw({ target, run }: StartedRun, others: number): void {
    const lab = this.#catalogue.lab(target.lab)?.title ?? target.lab;
    const algorithm = this.#catalogue.algorithm(target.lab, target.algorithm)?.title ?? target.algorithm;
    const more = others === 0 ? '' : ` and ${others} more`;
    this.#item.text = `$(debug-stop) ${algorithm}${more}: ${Math.floor(run.share * 100)} %`;
    this.#item.tooltip = `${lab}, ${algorithm}${more} is running. Click to stop.`;
    this.#item.accessibilityInformation = { label: `${lab}, ${algorithm} is running. Stop`, role: 'button' };
  }

  dispose(): void {
    this.#watching?.dispose();
    vscode.Disposable.from(this.#subscriptions, this.#item).dispose();
  }
}
