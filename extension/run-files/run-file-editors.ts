/** The editors of run files: the same panel as the playground's, on what the file holds. */
import path from 'node:path';
import * as vscode from 'vscode';
import { RecordError } from '../../labs/engine/record/record-file.ts';
import type { RunChoice } from '../../labs/engine/protocol/panel.ts';
import type { Catalogue } from '../labs/catalogue.ts';
import { PanelHost, type PanelSurroundings } from '../panel/panel-host.ts';
import type { Runs } from '../runs/runs.ts';
import { problemHtml } from './problem-html.ts';
import { RunFile, UnreadableRunFile } from './run-file.ts';

type Document = RunFile | UnreadableRunFile;

export interface RunFileEditorParts {
  around: PanelSurroundings;
  catalogue: Catalogue;
  runs: Runs;
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
    const { around, catalogue, runs } = this.#parts;
    try {
      return await RunFile.read(uri, catalogue, runs);
    } catch (error) {
      around.log.warn(`${uri.toString(true)}: ${(error as Error).message}`);
      if (!(error instanceof RecordError)) throw error;
      return new UnreadableRunFile(uri, error.message);
    }
  }

  async resolveCustomEditor(file: Document, panel: vscode.WebviewPanel): Promise<void> {
    const { webview } = panel;
    if (file instanceof UnreadableRunFile) {
      webview.html = problemHtml(path.posix.basename(file.uri.path), file.problem);
      return;
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
    panel.onDidChangeViewState(() => {
      if (!panel.active) host.loseFocus();
    });
    panel.onDidDispose(() => {
      this.#open.delete(host);
      host.dispose();
    });
    await host.show(file.run);
  }
}
