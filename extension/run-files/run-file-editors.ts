/** The editors of run files: the same panel as the playground's, on what the file holds. */
import path from 'node:path';
import * as vscode from 'vscode';
import { RecordError } from '../../labs/engine/record/record-file.ts';
import type { RunChoice } from '../../labs/engine/protocol/panel.ts';
import { PanelHost, type PanelSurroundings } from '../panel/panel-host.ts';
import { problemHtml } from './problem-html.ts';
import { RunFile, UnreadableRunFile, type RunFileParts } from './run-file.ts';

type Document = RunFile | UnreadableRunFile;

/** How long a file that is being written must be left alone before it is read. */
const restMs = 150;

export interface RunFileEditorParts extends RunFileParts {
  around: PanelSurroundings;
  /** Runs a file's code again, with other interventions: asked for in the file's panel. */
  branch(file: RunFile, choice: RunChoice, panel: PanelHost): Promise<void>;
}

export class RunFileEditors implements vscode.CustomReadonlyEditorProvider<Document> {
  readonly #parts: RunFileEditorParts;
  /** By the panel that shows the file. */
  readonly #open = new Map<PanelHost, RunFile>();

  constructor(parts: RunFileEditorParts) {
    this.#parts = parts;
  }

  get hosts(): readonly PanelHost[] {
    return [...this.#open.keys()];
  }

  /** The open editor of a file; of a run, where it is one of a file. */
  find(wanted: vscode.Uri | string): { file: RunFile; panel: PanelHost } | undefined {
    for (const [panel, file] of this.#open) {
      if (String(file.uri) === String(wanted) || file.run.summary.id === wanted) return { file, panel };
    }
    return undefined;
  }

  async openCustomDocument(uri: vscode.Uri): Promise<Document> {
    const { around } = this.#parts;
    try {
      return await RunFile.read(uri, this.#parts);
    } catch (error) {
      around.log.warn(`${uri.toString(true)}: ${(error as Error).message}`);
      if (!(error instanceof RecordError)) throw error;
      return new UnreadableRunFile(uri, error.message);
    }
  }

  async resolveCustomEditor(file: Document, panel: vscode.WebviewPanel): Promise<void> {
    let shown = await this.#show(file, panel);
    let closed = false;
    const watch = watchFile(file.uri, async () => {
      const changed = await this.openCustomDocument(file.uri).catch(() => undefined);
      if (!changed) return; // gone, or just being written: what is on the screen stays there
      if (closed) return changed.dispose();
      const before = shown;
      shown = vscode.Disposable.from(await this.#show(changed, panel), changed);
      before.dispose();
      vscode.window.setStatusBarMessage(`${path.posix.basename(file.uri.path)} has changed on disk: shown anew.`, 5000);
    });
    panel.onDidDispose(() => {
      closed = true;
      watch.dispose();
      shown.dispose();
    });
  }

  /** Puts what is in a file, or what is wrong with it, into a panel, until that is disposed. */
  async #show(file: Document, panel: vscode.WebviewPanel): Promise<vscode.Disposable> {
    const { webview } = panel;
    if (file instanceof UnreadableRunFile) {
      webview.html = problemHtml(
        path.posix.basename(file.uri.path),
        file.problem,
        'Nothing was executed, and the file is as it was. If it came from somebody else, ask them to save the run again.',
      );
      return vscode.Disposable.from();
    }
    const { around, branch } = this.#parts;
    const { id } = file.run.summary;
    const host = new PanelHost(
      webview,
      'editor',
      {
        ...around,
        runs: async () => [file.run.summary, ...(await around.runs())],
        act: (message, asking) =>
          message.type === 'run' && message.choice.parent === id
            ? branch(file, message.choice, asking)
            : around.act(message, asking),
      },
      undefined,
    );
    this.#open.set(host, file);
    const focus = panel.onDidChangeViewState(() => {
      if (!panel.active) host.loseFocus();
    });
    await host.show(file.run);
    return vscode.Disposable.from(focus, host, new vscode.Disposable(() => this.#open.delete(host)));
  }
}

/** Calls back when a file was written, once it has come to rest. */
function watchFile(uri: vscode.Uri, changed: () => Promise<void>): vscode.Disposable {
  // By the ending and not by the name, in which a bracket would mean something else.
  const pattern = new vscode.RelativePattern(vscode.Uri.joinPath(uri, '..'), `*${path.posix.extname(uri.path)}`);
  const watcher = vscode.workspace.createFileSystemWatcher(pattern);
  let timer: NodeJS.Timeout | undefined;
  const soon = (written: vscode.Uri): void => {
    if (written.path !== uri.path) return;
    clearTimeout(timer);
    timer = setTimeout(() => void changed(), restMs);
  };
  watcher.onDidChange(soon);
  watcher.onDidCreate(soon);
  return vscode.Disposable.from(watcher, new vscode.Disposable(() => clearTimeout(timer)));
}
