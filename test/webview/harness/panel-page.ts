/** Opens the panel in a real browser, with the mock host behind it and VS Code's themes around it. */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { firstScript } from '../../../extension/panel/first-script.ts';
import type { Lab } from '../../../labs/engine/lab/lab.ts';
import type { HostMessage, PanelMessage } from '../../../labs/engine/protocol/panel.ts';
import { MockHost } from './mock-host.ts';
import { bodyOf, themeVariables, type ThemeKind } from './themes.ts';

const root = path.resolve(import.meta.dirname, '../../..');

/** The built webview: dist/, or where `SDL_DIST` says. */
export const dist = path.resolve(root, process.env.SDL_DIST ?? 'dist', 'webview');

/** Where pictures go, for people to look at. */
export const pictures = path.join(root, 'out/screenshots/webview');

const origin = 'http://panel.test';
const types: Record<string, string> = {
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.ttf': 'font/ttf',
  '.map': 'application/json',
};

export interface PanelOptions {
  /** The folder of the built webview. */
  dist: string;
  labs: readonly Lab[];
  theme?: ThemeKind;
  width?: number;
  height?: number;
  reducedMotion?: boolean;
  /** A file of the webview that cannot be loaded. */
  missing?: string;
  /** What says that the panel has been drawn; its controls where left out. */
  drawn?: string;
  /** Before the panel says that it is ready. */
  prepare?: (host: MockHost) => void;
}

export interface Panel {
  page: Page;
  host: MockHost;
  /** Console errors, page errors and violations of the content policy. */
  problems: string[];
  setTheme(kind: ThemeKind): Promise<void>;
  close(): Promise<void>;
}

/** A page with the panel in it, opened and ready. */
export async function openPanel(browser: Browser, options: PanelOptions): Promise<Panel> {
  if (!existsSync(path.join(options.dist, 'panel.js'))) {
    throw new Error(`there is no panel in ${options.dist}: build first (npm run build)`);
  }
  const { theme = 'dark', width = 1180, height = 820 } = options;
  const context = await browser.newContext({
    viewport: { width, height },
    reducedMotion: options.reducedMotion === true ? 'reduce' : 'no-preference',
  });
  const page = await context.newPage();
  const problems: string[] = [];
  page.on('console', (message) => message.type() === 'error' && problems.push(message.text()));
  page.on('pageerror', (error) => problems.push(error.stack ?? error.message));

  // In order: a frame must not overtake the one before it.
  let sending: Promise<unknown> = Promise.resolve();
  const host = new MockHost(options.labs, (message) => {
    sending = sending.then(() => deliver(page, message)).catch(() => undefined);
  });
  options.prepare?.(host);
  await page.exposeFunction('sendToHost', (message: PanelMessage) => {
    if (message.type === 'problem') problems.push(message.message);
    host.receive(message);
  });
  await page.addInitScript(() => {
    const page = window as unknown as { acquireVsCodeApi: unknown; sendToHost: (message: unknown) => void };
    page.acquireVsCodeApi = () => ({
      postMessage: (message: unknown) => page.sendToHost(message),
      setState: () => undefined,
      getState: () => undefined,
    });
  });
  await page.route(`${origin}/**`, async (route) => {
    const name = new URL(route.request().url()).pathname.slice(1);
    if (name === 'first.js') return route.fulfill({ contentType: 'text/javascript', body: firstScript });
    if (name === '') return route.fulfill({ contentType: 'text/html', body: html(theme) });
    if (name === options.missing) return route.fulfill({ status: 404 });
    const body = await readFile(path.join(options.dist, name));
    return route.fulfill({ contentType: types[path.extname(name)] ?? 'application/octet-stream', body });
  });
  await page.goto(`${origin}/`);
  await page.locator(options.drawn ?? '.controls').waitFor();
  return {
    page,
    host,
    problems,
    setTheme: (kind) =>
      page.evaluate(
        ({ variables, body }) => {
          document.documentElement.style.cssText = variables;
          document.body.className = body.class;
          document.body.dataset.vscodeThemeKind = body.kind;
        },
        { variables: styleOf(kind), body: bodyOf[kind] },
      ),
    close: () => context.close(),
  };
}

/** Bytes do not survive the driver's JSON: they go as text and become bytes again in the page. */
async function deliver(page: Page, message: HostMessage): Promise<void> {
  const base64 = (bytes: Uint8Array): { base64: string } => ({ base64: Buffer.from(bytes).toString('base64') });
  const text = JSON.stringify(message, (_, value: unknown) => (value instanceof Uint8Array ? base64(value) : value));
  await page.evaluate((text) => {
    const data = JSON.parse(text, (_, value) =>
      typeof value?.base64 === 'string'
        ? Uint8Array.from(atob(value.base64), (character) => character.charCodeAt(0))
        : value,
    );
    window.dispatchEvent(new MessageEvent('message', { data }));
  }, text);
}

function styleOf(theme: ThemeKind): string {
  return Object.entries(themeVariables(theme))
    .map(([name, value]) => `${name}: ${value}`)
    .join('; ');
}

function html(theme: ThemeKind): string {
  const policy = `default-src 'none'; script-src ${origin}; style-src 'unsafe-inline' ${origin}; font-src ${origin}; img-src ${origin}`;
  const { class: className, kind } = bodyOf[theme];
  return `<!doctype html>
<html lang="en" style="${styleOf(theme).replaceAll('"', '&quot;')}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<script src="${origin}/first.js"></script>
<link rel="stylesheet" href="${origin}/codicon.css">
<link rel="stylesheet" href="${origin}/panel-style.css">
<title>Playground</title>
</head>
<body class="${className}" data-vscode-theme-kind="${kind}">
<div id="app" data-way-back="command:systemDesignLabs.openPlayground"></div>
<script type="module" src="${origin}/panel.js"></script>
</body>
</html>`;
}
