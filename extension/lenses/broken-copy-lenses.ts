/** A line at the top of every file of a copy whose record is broken, where its lenses would be: it says so, and mends. */
import path from 'node:path';
import * as vscode from 'vscode';
import type { Copies } from '../copies/copies.ts';
import { command } from '../ids.ts';

export class BrokenCopyLenses implements vscode.CodeLensProvider, vscode.Disposable {
  readonly #copies: Copies;
  readonly #subscription: vscode.Disposable;
  #registration: vscode.Disposable | undefined;

  constructor(copies: Copies) {
    this.#copies = copies;
    this.#subscription = copies.onDidChange((news) => {
      if (news.copies) this.#register();
    });
  }

  provideCodeLenses({ uri }: vscode.TextDocument): vscode.CodeLens[] {
    const copy = this.#copies.broken.find(({ root }) => uri.fsPath.startsWith(root + path.sep));
    if (!copy) return [];
    const lens = {
      title: '$(warning) This copy has a broken record, so it does not run: mend it',
      command: command.mendCopy,
      arguments: [copy.root],
      tooltip: copy.problem,
    };
    return [new vscode.CodeLens(new vscode.Range(0, 0, 0, 0), lens)];
  }

  #register(): void {
    this.#registration?.dispose();
    const files = this.#copies.broken.flatMap(({ root, labs }) =>
      labs.map((lab) => ({
        language: 'typescript',
        scheme: 'file',
        pattern: new vscode.RelativePattern(vscode.Uri.joinPath(vscode.Uri.file(root), lab), '**/*.ts'),
      })),
    );
    this.#registration = files.length > 0 ? vscode.languages.registerCodeLensProvider(files, this) : undefined;
  }

  dispose(): void {
    vscode.Disposable.from(this.#subscription, ...(this.#registration ? [this.#registration] : [])).dispose();
  }
}
