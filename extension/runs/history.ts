/** The runs that are kept on disk: for this workspace where there is one, for all otherwise. */
import type * as vscode from 'vscode';
import type { RunSummary } from '../../labs/engine/protocol/panel.ts';
import type { Product } from '../copy/layout.ts';
import type { Run } from '../run/run.ts';
import { keptRun, type KeptRun } from './kept-run.ts';

export class RunHistory {
  readonly #runs = new Map<string, Run>();

  constructor(_folder: vscode.Uri, _product: Product, _log: vscode.LogOutputChannel) {}

  async save(run: Run): Promise<void> {
    this.#runs.set(run.id, run);
  }

  async open(id: string): Promise<KeptRun | undefined> {
    const run = this.#runs.get(id);
    return run && keptRun(run);
  }

  async list(): Promise<RunSummary[]> {
    return [...this.#runs.values()].map((run) => keptRun(run).summary).reverse();
  }
}
