/** The editor panels: opened beside the code, and put back after a reload of the window. */
import * as vscode from 'vscode';
import { command, playgroundType } from '../ids.ts';
import { PanelHost, type PanelSurroundings } from './panel-host.ts';

interface OpenPanel {
  panel: vscode.WebviewPanel;
  host: PanelHost;
}

export class Playground implements vscode.WebviewPanelSerializer, vscode.Disposable {
  readonly #around: PanelSurroundings;
  /** The one looked at last comes last. */
  #open: OpenPanel[] = [];

  constructor(around: PanelSurroundings) {
    this.#around = around;
  }

  get hosts(): readonly PanelHost[] {
    return this.#open.map(({ host }) => host);
  }

  /** The panel looked at last, if any is open. */
  get current(): PanelHost | undefined {
    return this.#open.at(-1)?.host;
  }

  /**
   * Brings the panel looked at last to the front, or opens one: in the place of one that lost its host, when the
   * extensions were restarted, or beside the code. The focus stays where it is.
   */
  reveal(): PanelHost {
    const last = this.#open.at(-1);
    if (last) {
      if (!last.panel.visible) last.panel.reveal(undefined, true);
      return last.host;
    }
    const lost = lostPanels();
    const panel = vscode.window.createWebviewPanel(playgroundType, 'Playground', {
      viewColumn: lost.at(-1)?.group.viewColumn ?? vscode.ViewColumn.Beside,
      preserveFocus: true,
    });
    if (lost.length > 0) void vscode.window.tabGroups.close(lost, true);
    return this.#adopt(panel, undefined);
  }

  /** VS Code brings a panel of before back: it shows what it showed, and nothing is executed. */
  async deserializeWebviewPanel(panel: vscode.WebviewPanel, state: unknown): Promise<void> {
    this.#adopt(panel, state);
  }

  #adopt(panel: vscode.WebviewPanel, state: unknown): PanelHost {
    panel.iconPath = vscode.Uri.joinPath(this.#around.extensionUri, 'media', 'icon.png');
    const host = new PanelHost(panel.webview, 'editor', this.#around, state, command.openPlayground);
    const entry = { panel, host };
    this.#open.push(entry);
    panel.onDidChangeViewState(() => {
      if (!panel.active) host.loseFocus();
      if (panel.active) this.#open = [...this.#open.filter((other) => other !== entry), entry];
    });
    panel.onDidDispose(() => {
      this.#open = this.#open.filter((other) => other !== entry);
      host.dispose();
    });
    return host;
  }

  dispose(): void {
    for (const { panel } of [...this.#open]) panel.dispose();
  }
}

/** Tabs of playgrounds, when none of them is ours: their host has ended, or they are still to be brought back. */
function lostPanels(): vscode.Tab[] {
  return vscode.window.tabGroups.all
    .flatMap(({ tabs }) => tabs)
    .filter(({ input }) => input instanceof vscode.TabInputWebview && input.viewType.endsWith(playgroundType));
}
