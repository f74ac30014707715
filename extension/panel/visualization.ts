/** The view at the side: the same app in a narrow layout, following whatever runs. */
import * as vscode from 'vscode';
import { PanelHost, type PanelSurroundings } from './panel-host.ts';

export class Visualization implements vscode.WebviewViewProvider {
  readonly #around: PanelSurroundings;
  #host: PanelHost | undefined;

  constructor(around: PanelSurroundings) {
    this.#around = around;
  }

  /** The view while it is there. */
  get host(): PanelHost | undefined {
    return this.#host;
  }

  resolveWebviewView(view: vscode.WebviewView, context: vscode.WebviewViewResolveContext): void {
    const host = new PanelHost(view.webview, 'side', this.#around, context.state);
    this.#host = host;
    view.onDidChangeVisibility(() => {
      if (!view.visible) host.loseFocus();
    });
    view.onDidDispose(() => {
      host.dispose();
      if (this.#host === host) this.#host = undefined;
    });
  }
}
