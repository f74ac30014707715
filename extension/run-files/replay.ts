/** Running what a file carries. Ours runs at once; anybody else's text only after it was shown, and by a click. */
import { createHash } from 'node:crypto';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import * as vscode from 'vscode';
import type { RunChoice } from '../../labs/engine/protocol/panel.ts';
import { bundledUri } from '../files/bundled-files.ts';
import { runSourceUri } from '../files/run-sources.ts';
import { runFileType } from '../ids.ts';
import { algorithmsIn } from '../labs/algorithms.ts';
import type { Catalogue } from '../labs/catalogue.ts';
import type { PanelRuns } from '../panel/panel-runs.ts';
import type { PanelHost } from '../panel/panel-host.ts';
import type { LabSource } from '../run/run.ts';
import type { Runs } from '../runs/runs.ts';
import { carriedFiles, type CarriedFile } from './carried-code.ts';
import type { RunFile } from './run-file.ts';

/** A carried file beside the one that ships under its name, if one does. */
interface Comparison extends CarriedFile {
  /** The name within the lab's folder. */
  file: string;
  original: string | undefined;
}

export interface ReplayParts {
  catalogue: Catalogue;
  runs: Runs;
  panelRuns: PanelRuns;
  /** Carried code that may run is laid out in here, and is gone when the window is. */
  folder: string;
}

export class Replay {
  readonly #parts: ReplayParts;
  /** Files whose code was shown and told to run. */
  readonly #allowed = new WeakSet<RunFile>();

  constructor(parts: ReplayParts) {
    this.#parts = parts;
  }

  /** Runs a file's code again as it ran. */
  again(file: RunFile, panel: PanelHost): Promise<void> {
    const { lab, algorithm, scenario, seed, parameters, interventions } = file.record;
    const chosen = { lab, algorithm, ...(scenario === '' ? {} : { scenario }), seed, parameters, interventions };
    return this.run(file, chosen, panel);
  }

  /**
   * Runs a file's code.
   *
   * Neither the file's word that it is ours is taken, nor its bundle: texts that equal the shipped ones run as the
   * shipped lab, and others are compiled here, from exactly what was shown.
   * @throws RecordError when the file carries no code, or some from outside of its lab
   */
  async run(file: RunFile, choice: RunChoice, panel: PanelHost): Promise<void> {
    const { runs, panelRuns } = this.#parts;
    const compared = await this.#compare(file);
    const foreign = compared.filter(({ text, original }) => text !== original);
    if (foreign.length > 0 && !(await this.#mayRun(file, foreign))) return;
    const source: LabSource = foreign.length > 0 ? await this.#layOut(file, compared) : { kind: 'bundled' };
    // What the record calls its lab is the folder that was compared.
    panelRuns.follow(panel, await runs.startFrom({ ...choice, lab: file.record.lab }, source));
  }

  #compare({ record }: RunFile): Promise<Comparison[]> {
    return Promise.all(
      carriedFiles(record).map(async (carried) => {
        const [lab, ...rest] = carried.name.split('/');
        const file = rest.join('/');
        const original = lab === record.lab ? await originalOf(lab, file) : undefined;
        return { ...carried, file, original };
      }),
    );
  }

  /** Shows what differs from what ships and waits for a click. */
  async #mayRun(file: RunFile, foreign: readonly Comparison[]): Promise<boolean> {
    if (!vscode.workspace.isTrusted) {
      const manage = 'Manage Workspace Trust';
      const message =
        'This file carries code that is not ours, and this workspace is not trusted: it can be looked at, and does not run.';
      if ((await vscode.window.showWarningMessage(message, manage)) === manage) {
        await vscode.commands.executeCommand('workbench.trust.manage');
      }
      return false;
    }
    if (this.#allowed.has(file)) return true;
    const name = path.posix.basename(file.uri.path);
    // The file's editor may be a preview, which the next one to be opened would replace.
    await vscode.commands.executeCommand('vscode.openWith', file.uri, runFileType, { preview: false });
    await vscode.commands.executeCommand(
      'vscode.changes',
      `Code in ${name}`,
      foreign.map((one) => changeIn(file, one)),
    );
    const files = foreign.length === 1 ? '1 file' : `${foreign.length} files`;
    const run = 'Run This Code';
    const answer = await vscode.window.showWarningMessage(
      `${name} carries code that differs from ours in ${files}. It can do whatever a program of yours can do: read the changes before you run it.`,
      run,
      'Do Not Run',
    );
    if (answer !== run || file.closed) return false;
    this.#allowed.add(file);
    await vscode.commands.executeCommand('vscode.openWith', file.uri, runFileType, { preview: false });
    return true;
  }

  /** Writes the carried files into a folder of their own. */
  async #layOut({ record }: RunFile, files: readonly Comparison[]): Promise<LabSource> {
    const { catalogue, folder } = this.#parts;
    const content = files.map(({ name, text }) => [name, text]);
    const root = path.join(folder, createHash('sha256').update(JSON.stringify(content)).digest('hex').slice(0, 16));
    for (const { name, text } of files) {
      const target = path.join(root, ...name.split('/'));
      await mkdir(path.dirname(target), { recursive: true });
      await writeFile(target, text);
    }
    const lab = catalogue.lab(record.lab)!;
    const own = files
      .filter(({ name }) => name.startsWith(`${lab.id}/`))
      .flatMap(({ file, text }) => algorithmsIn(text, lab, file).map((one) => ({ ...one, file })))
      .filter((one) => one.own);
    const named = lab.algorithms.some(({ id }) => id === record.algorithm);
    const meant =
      own.find(({ id }) => id === record.algorithm) ??
      // Older records: an own algorithm went by the name of its file, in whichever folder.
      (named ? undefined : own.find(({ file }) => path.posix.basename(file, '.ts') === record.algorithm));
    if (!meant) return { kind: 'folder', root };
    const { file, export: exported, contract } = meant;
    const extra = [{ id: record.algorithm, file: path.join(root, lab.id, file), export: exported, contract }];
    return { kind: 'folder', root, extra };
  }

  /** Removes what was laid out. */
  async end(): Promise<void> {
    await rm(this.#parts.folder, { recursive: true, force: true });
  }
}

/** A line of VS Code's changes editor: what it is called, what ships, what is carried. */
function changeIn(
  { record, run }: RunFile,
  { file, index, original, name }: Comparison,
): [vscode.Uri, vscode.Uri | undefined, vscode.Uri] {
  const carried = runSourceUri(run, index, name);
  return [carried, original === undefined ? undefined : bundledUri(record.lab, file), carried];
}

async function originalOf(lab: string, file: string): Promise<string | undefined> {
  try {
    return new TextDecoder().decode(await vscode.workspace.fs.readFile(bundledUri(lab, file)));
  } catch {
    return undefined; // nothing ships under that name
  }
}
