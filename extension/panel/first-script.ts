/**
 * The first script of a panel's page, in the page itself: says that the panel is ready, so that what it is to show comes
 * while its scripts are still loaded, and keeps what comes for them (webview/host.ts). Where they do not load, it says so
 * in their place: a panel is never empty.
 */
import { panelProtocolVersion } from '../../labs/engine/protocol/panel.ts';

export const firstScript = `
globalThis.systemDesignLabs = { api: acquireVsCodeApi(), heard: [] };
systemDesignLabs.hear = ({ data }) => systemDesignLabs.heard.push(data);
addEventListener('message', systemDesignLabs.hear);
addEventListener('error', ({ target, message }) => {
  const app = document.getElementById('app');
  const unloaded = target instanceof HTMLScriptElement;
  if (!app || app.childElementCount > 0 || !(unloaded || message)) return;
  const why = unloaded ? 'one of its files is missing' : message;
  const text = document.createElement('p');
  text.setAttribute('role', 'alert');
  text.append('This panel could not be loaded: ' + why + '. ');
  const link = document.createElement('a');
  link.href = app.dataset.wayBack;
  link.append('Reload it');
  text.append(link);
  app.append(text);
  systemDesignLabs.api.postMessage({ type: 'problem', message: 'The panel could not be loaded: ' + why });
}, true);
systemDesignLabs.api.postMessage({ type: 'ready', version: ${panelProtocolVersion} });
`;
