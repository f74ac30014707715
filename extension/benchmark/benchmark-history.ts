/**
 * Earlier benchmarks: the list that a panel compares by, and `sdlabs-benchmark:/<file>?<lab>/<id>/<n>`, the texts that
 * they measured.
 */
import path from 'node:path';
import * as vscode from 'vscode';
import type { BenchmarkHistoryMessage } from '../../labs/engine/protocol/panel.ts';
import { bundledUri } from '../files/bundled-files.ts';
import type { SourceFile } from '../run/run.ts';

export const benchmarkScheme = 'sdlabs-benchmark';

/** Which two texts are wanted. */
export interface TextComparison {
  lab: string;
  algorithm: string;
  /** Id of a kept benchmark. */
  before: string;
  /** Of another; left out: what stands in the editor. */
  after?: string | undefined;
  /** Root of the copy that is edited; undefined: the bundled text. */
  root: string | undefined;
}

export class BenchmarkHistory implements vscode.TextDocumentContentProvider {
  readonly #folder: string;

  /** @param storage where the benchmarks of this workspace are kept */
  constructor(storage: vscode.Uri) {
    this.#folder = path.join(storage.fsPath, 'benchmarks');
  }

  /** Where `keepBenchmark` keeps them. */
  get folder(): string {
    return this.#folder;
  }

  async messageFor(lab: string, algorithm: string): Promise<BenchmarkHistoryMessage> {
    const { earlierBenchmarks, keptOf, keptPerLab } = await import('../run/benchmark/history.ts');
    const kept = keptOf(await earlierBenchmarks(this.#folder, lab), algorithm);
    return { type: 'benchmarkHistory', lab, algorithm, kept, limit: keptPerLab };
  }

  async provideTextDocumentContent(uri: vscode.Uri): Promise<string> {
    const [lab = '', id = '', index = ''] = uri.query.split('/');
    if (index === '') return ''; // the side of a file that was not there
    return (await this.#filesOf(lab, id))[Number(index)]?.text ?? '';
  }

  /** Opens a diff of every file that differs; says so where none does, or where one is no longer kept. */
  async showTexts(comparison: TextComparison): Promise<void> {
    try {
      await this.#showTexts(comparison);
    } catch (error) {
      void vscode.window.showWarningMessage((error as Error).message);
    }
  }

  async #showTexts(comparison: TextComparison): Promise<void> {
    const { lab, before, after } = comparison;
    const earlier = await this.#sides(lab, before);
    const later = after === undefined ? await sidesNow(comparison, earlier) : await this.#sides(lab, after);
    const names = [...new Set([...earlier.keys(), ...later.keys()])];
    const differing = names.filter((file) => earlier.get(file)?.text !== later.get(file)?.text).sort();
    if (differing.length === 0) {
      void vscode.window.showInformationMessage('Both have measured the same text.');
      return;
    }
    const changes = differing.map((file): [vscode.Uri, vscode.Uri, vscode.Uri] => {
      const left = earlier.get(file)?.uri ?? nothing(file);
      const right = later.get(file)?.uri ?? nothing(file);
      return [right, left, right];
    });
    const title = `${differing.length === 1 ? differing[0]! : comparison.algorithm} (${momentOf(before)} ↔ ${
      after === undefined ? 'now' : momentOf(after)
    })`;
    const [[, left, right]] = changes as [[vscode.Uri, vscode.Uri, vscode.Uri]];
    if (changes.length === 1) await vscode.commands.executeCommand('vscode.diff', left, right, title);
    else await vscode.commands.executeCommand('vscode.changes', title, changes);
  }

  /** The texts of a kept benchmark, by file. */
  async #sides(lab: string, id: string): Promise<Map<string, Side>> {
    const sides = new Map<string, Side>();
    for (const [index, { file, text }] of (await this.#filesOf(lab, id)).entries()) {
      const name = file.replace(/\.ts$/, ` (${momentOf(id)}).ts`);
      const uri = vscode.Uri.from({ scheme: benchmarkScheme, path: `/${name}`, query: `${lab}/${id}/${index}` });
      sides.set(file, { text, uri });
    }
    return sides;
  }

  async #filesOf(lab: string, id: string): Promise<readonly SourceFile[]> {
    const { readBenchmark } = await import('../run/benchmark/history.ts');
    const kept = await readBenchmark(this.#folder, lab, id);
    if (!kept) throw new Error('This benchmark is no longer kept, and its text with it.');
    if (kept.files.length === 0) throw new Error('The text of this benchmark was too long to be kept with it.');
    return kept.files;
  }
}

/** One side of a diff. */
interface Side {
  text: string;
  uri: vscode.Uri;
}

/** What the files that were measured then say now: in the editor, saved or not. */
async function sidesNow({ lab, root }: TextComparison, earlier: ReadonlyMap<string, Side>): Promise<Map<string, Side>> {
  const sides = new Map<string, Side>();
  for (const file of earlier.keys()) {
    const uri = root === undefined ? bundledUri(lab, file) : vscode.Uri.file(path.join(root, lab, file));
    const document = await vscode.workspace.openTextDocument(uri).then(
      (opened) => opened,
      () => undefined,
    );
    if (document) sides.set(file, { text: document.getText(), uri });
  }
  return sides;
}

function nothing(file: string): vscode.Uri {
  return vscode.Uri.from({ scheme: benchmarkScheme, path: `/${file}`, query: 'nothing' });
}

/** When a kept benchmark was held: its id begins with the time. Without slashes, since it becomes part of a name. */
function momentOf(id: string): string {
  const at = new Date(parseInt(id, 10));
  const date = at.toLocaleDateString('en', { day: 'numeric', month: 'short' });
  return `${date} ${at.toLocaleTimeString('en', { hour: '2-digit', minute: '2-digit', second: '2-digit', hour12: false })}`;
}
