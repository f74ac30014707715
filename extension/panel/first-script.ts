/**
 * The first script of a panel's page, in the page itself: says that the panel is ready, so that what it is to show comes
 * while its scripts are still loaded, and keeps what comes for them (webview/host.ts).
 */
import { panelProtocolVersion } from '../../labs/engine/protocol/panel.ts';

export const firstScript = `
globalThis.systemDesignLabs = { api: acquireVsCodeApi(), heard: [] };
systemDesignLabs.hear = ({ data }) => systemDesignLabs.heard.push(data);
addEventListener('message', systemDesignLabs.hear);
systemDesignLabs.api.postMessage({ type: 'ready', version: ${panelProtocolVersion} });
`;
