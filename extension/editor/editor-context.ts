/** Tells `when` clauses which of the visible editors hold algorithms, and which are files of a copy. */
import * as vscode from 'vscode';
import type { AlgorithmIndex } from '../copies/algorithm-index.ts';
import type { Copies } from '../copies/copies.ts';
import { contextKey } from '../ids.ts';
import { runnableOf } from '../labs/algorithms.ts';
import type { Catalogue } from '../labs/catalogue.ts';
import type { Progress } from '../progress/progress.ts';

export class EditorContext implements vscode.Disposable {
  readonly #catalogue: Catalogue;
  readonly #copies: Copies;
  readonly #algorithms: AlgorithmIndex;
  readonly #progress: Progress;
  readonly #subscriptions: vscode.Disposable;
  /** Whether a file of a lab has been looked at in this window. */
  #opened = false;

  constructor(catalogue: Catalogue, copies: Copies, algorithms: AlgorithmIndex, progress: Progress) {
    this.#catalogue = catalogue;
    this.#copies = copies;
    this.#algorithms = algorithms;
    this.#progress = progress;
    const look = (): void => this.#look();
    this.#subscriptions = vscode.Disposable.from(
      vscode.window.onDidChangeVisibleTextEditors(look),
      vscode.workspace.onDidSaveTextDocument(look),
      copies.onDidChange(look),
    );
    look();
  }

  #look(): void {
    const algorithmFiles: string[] = [];
    const benchmarkedFiles: string[] = [];
    const copiedFiles: string[] = [];
    for (const { document } of vscode.window.visibleTextEditors) {
      const file = this.#copies.fileOf(document.uri);
      const lab = file && this.#catalogue.lab(file.lab);
      if (!file || !lab) continue;
      if (!this.#opened) {
        this.#opened = true;
        void vscode.commands.executeCommand('setContext', contextKey.labOpened, true);
      }
      // `resourcePath` is one or the other, depending on whether the workbench and the host share a machine.
      const paths = [document.uri.path, document.uri.fsPath];
      const algorithms =
        document.languageId === 'typescript'
          ? runnableOf(this.#algorithms.inEditor(document, lab, file.file), file.copy !== undefined)
          : [];
      if (algorithms.length > 0) algorithmFiles.push(...paths);
      if (algorithms.length > 0 && lab.benchmarked) benchmarkedFiles.push(...paths);
      if (file.copy?.marker.files[`${file.lab}/${file.file}`] !== undefined) copiedFiles.push(...paths);
      for (const { id } of algorithms) void this.#progress.reach(file.lab, id, 'opened');
    }
    void vscode.commands.executeCommand('setContext', contextKey.algorithmFiles, algorithmFiles);
    void vscode.commands.executeCommand('setContext', contextKey.benchmarkedFiles, benchmarkedFiles);
    void vscode.commands.executeCommand('setContext', contextKey.copiedFiles, copiedFiles);
  }

  dispose(): void {
    this.#subscriptions.dispose();
  }
}
