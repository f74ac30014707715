/** A window with two folders, on the packaged extension. */
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { openBrowser, patienceMs, runCommand, screenshot, webviewFrame, workbenchReady } from '../host/browser.ts';
import { keepPictureOfFailure } from '../host/failure-picture.ts';
import { serve, type Server } from '../host/serve.ts';
import { builtPackage } from '../host/vsix.ts';

let server: Server;
let browser: Browser;
/** One for all windows: what a window keeps in the browser, the others of the same learner have too. */
let context: BrowserContext;
let folder: string;
let page: Page;
let workspace: string;

before(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'sdl-workspace-'));
  workspace = path.join(folder, 'two.code-workspace');
  server = await serve({ vsix: await builtPackage() });
  browser = await openBrowser();
  context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  context.setDefaultTimeout(patienceMs);
});

after(async () => {
  await browser?.close();
  await server?.stop();
  await rm(folder, { recursive: true, force: true });
});

keepPictureOfFailure(() => page);

/** A new window. @param query what it is to open: a folder, a workspace, nothing */
async function openWindow(query: Record<string, string>): Promise<Page> {
  page = await context.newPage();
  await page.goto(`http://127.0.0.1:${server.port}/?${new URLSearchParams(query)}`);
  await workbenchReady(page);
  return page;
}

/** Picks the line of the quick input that has this label. */
async function pick(label: string): Promise<void> {
  await page.locator('.quick-input-list .monaco-list-row', { hasText: label }).first().click();
}

/** Writes down which folders the window has: VS Code follows at once. */
const setFolders = (roots: readonly string[]): Promise<void> =>
  writeFile(workspace, JSON.stringify({ folders: roots.map((root) => ({ path: root })) }));

test('with two folders in the window it asks in which', async () => {
  const roots = ['first', 'second'].map((name) => path.join(folder, name));
  for (const root of roots) await mkdir(root);
  await setFolders(roots);
  await openWindow({ workspace });
  await runCommand(page, 'System Design Labs: Open Lab');
  await pick('Two-phase commit');
  await page.getByPlaceholder(/^In which folder/).waitFor();
  await pick('second');
  await webviewFrame(page, 'panel').locator('.invitation').waitFor();
  assert.deepEqual(
    roots.map((root) => existsSync(path.join(root, 'system-design-labs/two-phase-commit/lab.ts'))),
    [false, true],
  );
});

test('a folder that leaves the window takes its copy along, and brings it back', async () => {
  const roots = ['first', 'second'].map((name) => path.join(folder, name));
  const lenses = page.locator('.codelens-decoration').first();
  const panel = webviewFrame(page, 'panel');
  await page.locator('.tab.active', { hasText: '.ts' }).waitFor();
  await runCommand(page, 'System Design Labs: Run');
  await panel.getByText('Runs your copy').waitFor();
  await lenses.waitFor({ state: 'attached' });

  await setFolders(roots.slice(0, 1));
  await lenses.waitFor({ state: 'detached' });
  await panel.getByText('is gone: nothing runs in its place').waitFor();
  await screenshot(page, 'windows-folder-left');
  await setFolders(roots);
  await lenses.waitFor({ state: 'attached' });
  await panel.getByText('Runs your copy').waitFor();
  await page.close();
});
