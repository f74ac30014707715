/** The page of a panel: no more than a place for the app to draw in, under a strict content policy. */
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import * as vscode from 'vscode';
import { firstScript } from './first-script.ts';

/** The folder that a panel may load from. */
export function webviewRoot(extensionUri: vscode.Uri): vscode.Uri {
  return vscode.Uri.joinPath(extensionUri, 'dist', 'webview');
}

/** What the entry imports: named in the page they are loaded with it, not after it. Written by the build. */
function modulesOf(extensionUri: vscode.Uri): string[] {
  const { fsPath } = vscode.Uri.joinPath(webviewRoot(extensionUri), 'panel-modules.json');
  return JSON.parse(readFileSync(fsPath, 'utf8')) as string[];
}

/**
 * The page.
 * @param title read out by a screen reader
 * @param wayBack the command that its link to a panel that works calls
 */
export function panelHtml(webview: vscode.Webview, extensionUri: vscode.Uri, title: string, wayBack: string): string {
  const nonce = randomBytes(16).toString('base64');
  const uri = (file: string): string =>
    webview.asWebviewUri(vscode.Uri.joinPath(webviewRoot(extensionUri), file)).toString();
  const policy = [
    `default-src 'none'`,
    // The nonce is for the entry; the chunks that it imports come from the same folder.
    `script-src 'nonce-${nonce}' ${webview.cspSource}`,
    // 'unsafe-inline': Mermaid writes style elements into its pictures.
    `style-src 'unsafe-inline' ${webview.cspSource}`,
    `font-src ${webview.cspSource}`,
    `img-src ${webview.cspSource}`,
  ].join('; ');
  const modules = modulesOf(extensionUri).map((file) => `<link rel="modulepreload" href="${uri(file)}">`);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<script nonce="${nonce}">${firstScript}</script>
${modules.join('\n')}
<link rel="stylesheet" href="${uri('codicon.css')}">
<link rel="stylesheet" href="${uri('panel-style.css')}">
<title>${title}</title>
</head>
<body>
<div id="app" data-way-back="command:${wayBack}"></div>
<script type="module" nonce="${nonce}" src="${uri('panel.js')}"></script>
</body>
</html>`;
}
