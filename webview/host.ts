/** The one way out of the page: messages to the extension host, and what VS Code keeps for a panel. */
import type { HostMessage, PanelMessage, PanelState } from '../labs/engine/protocol/panel.ts';

/** The host as the panel sees it; a test puts its own in place. */
export interface PanelHost {
  post(message: PanelMessage): void;
  /** Kept by VS Code while the panel is hidden and over a reload of the window. */
  keep(state: PanelState): void;
  listen(receive: (message: HostMessage) => void): void;
}

declare function acquireVsCodeApi(): {
  postMessage(message: unknown): void;
  setState(state: unknown): void;
};

/** The host behind a real webview. */
export function connectHost(): PanelHost {
  const api = acquireVsCodeApi();
  return {
    post: (message) => api.postMessage(message),
    keep: (state) => api.setState(state),
    listen: (receive) => {
      window.addEventListener('message', (event: MessageEvent<unknown>) => {
        const message = event.data;
        if (typeof message === 'object' && message !== null && 'type' in message) receive(message as HostMessage);
      });
    },
  };
}
