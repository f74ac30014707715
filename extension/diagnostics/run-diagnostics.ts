/** Marks the line at which a run failed, until that file is edited or the lab runs again. */
import path from 'node:path';
import * as vscode from 'vscode';
import type { RunFailure, SourceLocation } from '../../labs/engine/protocol/failure.ts';
import type { Copies } from '../copies/copies.ts';
import { openDocument, realPath } from '../copies/open-texts.ts';
import { bundledScheme } from '../ids.ts';
import type { Runs, StartedRun } from '../runs/runs.ts';

/** Endings that say something about a line of code, when they come with one. */
const silent: ReadonlySet<RunFailure['reason']> = new Set(['stopped', 'untrusted', 'forecast', 'request']);

export class RunDiagnostics implements vscode.Disposable {
  readonly #collection = vscode.languages.createDiagnosticCollection('System Design Labs');
  readonly #copies: Copies;
  readonly #subscriptions: vscode.Disposable;
  /** Which lab's run marked which files. */
  readonly #marked = new Map<string, vscode.Uri[]>();

  constructor(copies: Copies, runs: Runs) {
    this.#copies = copies;
    this.#subscriptions = vscode.Disposable.from(
      runs.onDidStart(({ target }) => this.clear(target.lab)),
      runs.onDidEnd((started) => void this.#mark(started)),
      vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        if (contentChanges.length > 0) this.#collection.delete(document.uri);
      }),
    );
  }

  /** Takes away what the last run of a lab has marked. */
  clear(lab: string): void {
    for (const uri of this.#marked.get(lab) ?? []) this.#collection.delete(uri);
    this.#marked.delete(lab);
  }

  /** Marks where a failure happened. @param ran the text that it happened in, where that may not be the file's any more */
  async markFailure(lab: string, { reason, message, location }: RunFailure, ran?: string): Promise<void> {
    if (!location || silent.has(reason)) return;
    const uri = uriOf(location, this.#copies);
    const document = await vscode.workspace.openTextDocument(uri).then(undefined, () => undefined);
    // The line is one of the text that ran: another, or none, may stand there by now.
    if (!document || (ran !== undefined && ran !== document.getText())) return;
    const diagnostic = new vscode.Diagnostic(rangeIn(document, location), message, vscode.DiagnosticSeverity.Error);
    diagnostic.source = 'System Design Labs';
    diagnostic.code = reason;
    this.#collection.set(uri, [diagnostic]);
    this.#marked.set(lab, [...(this.#marked.get(lab) ?? []), uri]);
  }

  async #mark({ target, run }: StartedRun): Promise<void> {
    const { failure, summary, files } = run;
    if (!failure) return;
    const branch = summary.parent !== undefined;
    const ran = branch ? files.find(({ file }) => file === failure.location?.file)?.text : undefined;
    await this.markFailure(target.lab, failure, ran);
  }

  dispose(): void {
    vscode.Disposable.from(this.#subscriptions, this.#collection).dispose();
  }
}

/** The file of a location under the name by which the learner has it open, or would open it. */
export function uriOf({ file }: Pick<SourceLocation, 'file'>, copies: Copies): vscode.Uri {
  if (file.startsWith(`${bundledScheme}:`)) return vscode.Uri.parse(file);
  const open = openDocument(file);
  if (open) return open.uri;
  for (const { root } of copies.known) {
    // A copy may be known by a link: its files are then named by that link as well.
    const relative = path.relative(realPath(root), file);
    if (relative !== '' && !relative.startsWith('..') && !path.isAbsolute(relative)) {
      return vscode.Uri.file(path.join(root, relative));
    }
  }
  return vscode.Uri.file(file);
}

/** The characters that a location means: as many as it says, else the word there, else the rest of the line. */
function rangeIn(document: vscode.TextDocument, { line, column, length }: SourceLocation): vscode.Range {
  const text = document.lineAt(Math.min(Math.max(line - 1, 0), document.lineCount - 1));
  const start = new vscode.Position(text.lineNumber, Math.min(Math.max(column - 1, 0), text.text.length));
  if (length !== undefined && length > 0) return new vscode.Range(start, start.translate(0, length));
  const word = document.getWordRangeAtPosition(start);
  if (word) return word;
  return start.isBefore(text.range.end) ? new vscode.Range(start, text.range.end) : text.range;
}
