/** The one way out of the page: messages to the extension host, and what VS Code keeps for a panel. */
import type { HostMessage, PanelMessage, PanelState } from '../labs/engine/protocol/panel.ts';

/** The host as the panel sees it; a test puts its own in place. */
export interface PanelHost {
  post(message: PanelMessage): void;
  /** Kept by VS Code while the panel is hidden and over a reload of the window. */
  keep(state: PanelState): void;
  /** From now on, and at once for what has come before. */
  listen(receive: (message: HostMessage) => void): void;
  /** Where a link leads that brings the panel back when nobody listens any more. */
  readonly wayBack?: string | undefined;
}

/** What the first script of the page has left: it has told the host that the panel is ready. */
declare const systemDesignLabs: {
  api: { postMessage(message: unknown): void; setState(state: unknown): void };
  /** What has come since. */
  heard: unknown[];
  /** The listener that keeps it. */
  hear: (event: MessageEvent<unknown>) => void;
};

/** The host behind a real webview. */
export function connectHost(): PanelHost {
  const { api, heard, hear } = systemDesignLabs;
  return {
    wayBack: document.getElementById('app')!.dataset.wayBack,
    post: (message) => api.postMessage(message),
    keep: (state) => api.setState(state),
    listen: (receive) => {
      const take = (message: unknown): void => {
        if (typeof message !== 'object' || message === null || !('type' in message)) return;
        try {
          receive(message as HostMessage);
        } catch (error) {
          // Dropped, told to the log, and the next one is taken in as if nothing had been.
          const what = `'${String(message.type)}' could not be taken in: ${(error as Error).stack}`;
          api.postMessage({ type: 'problem', message: what.slice(0, 10_000) } satisfies PanelMessage);
        }
      };
      window.removeEventListener('message', hear);
      window.addEventListener('message', (event: MessageEvent<unknown>) => take(event.data));
      heard.splice(0).forEach(take);
    },
  };
}
