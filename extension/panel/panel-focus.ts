/** Which panel has the keyboard: the playground's keys are for that one, wherever it stands. */
import * as vscode from 'vscode';
import { contextKey } from '../ids.ts';
import type { PanelHost } from './panel-host.ts';

export class PanelFocus {
  #host: PanelHost | undefined;

  /** The panel that has the focus. */
  get host(): PanelHost | undefined {
    return this.#host;
  }

  /** A panel has got the focus, or lost it. That of a panel which has never had it is no news. */
  tell(host: PanelHost, focused: boolean): void {
    if (focused === (this.#host === host)) return;
    this.#host = focused ? host : undefined;
    void vscode.commands.executeCommand('setContext', contextKey.panelFocused, focused);
  }
}
