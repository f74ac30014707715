/** `sdlabs-run:/<file>?<run>/<n>`: the texts that a run was made of, whatever has become of the files since. */
import path from 'node:path';
import * as vscode from 'vscode';
import type { Copies } from '../copies/copies.ts';
import { uriOf } from '../diagnostics/run-diagnostics.ts';
import { bundledScheme } from '../ids.ts';
import type { KeptRun } from '../runs/kept-run.ts';
import type { Runs } from '../runs/runs.ts';

export const runSourceScheme = 'sdlabs-run';

export class RunSources implements vscode.TextDocumentContentProvider {
  readonly #runs: Runs;
  readonly #copies: Copies;

  constructor(runs: Runs, copies: Copies) {
    this.#runs = runs;
    this.#copies = copies;
  }

  async provideTextDocumentContent(uri: vscode.Uri): Promise<string> {
    const [id = '', index = ''] = uri.query.split('/');
    const text = (await this.#runs.open(id))?.files[Number(index)]?.text;
    if (text === undefined) throw new Error('This run is no longer kept, and its text with it.');
    return text;
  }

  /**
   * Where to read a file as it ran: the file itself while it still says the same, the kept text otherwise.
   * @param name as in the run's list of files, or relative to the lab's folder
   */
  async uriOf(run: KeptRun, name: string): Promise<vscode.Uri | undefined> {
    const index = run.files.findIndex(({ file }) => file === name || file.replaceAll('\\', '/').endsWith(`/${name}`));
    const source = run.files[index];
    if (!source) return undefined;
    const ours = !this.#runs.isLent(run.summary.id) || source.file.startsWith(`${bundledScheme}:/`);
    const uri = ours ? uriOf(source, this.#copies) : undefined;
    const now = await (uri &&
      vscode.workspace.openTextDocument(uri).then(
        (document) => document.getText(),
        () => undefined,
      ));
    if (now === source.text) return uri;
    const file = `${path.posix.basename(source.file.replaceAll('\\', '/'), '.ts')} (as it ran).ts`;
    return runSourceUri(run, index, file);
  }
}

/**
 * The text of a run's n-th file.
 * @param name under which it is shown, with forward slashes
 */
export function runSourceUri(run: KeptRun, index: number, name: string): vscode.Uri {
  return vscode.Uri.from({ scheme: runSourceScheme, path: `/${name}`, query: `${run.summary.id}/${index}` });
}
