/** A window without a folder, on the packaged extension and a profile of its own: with a copy that is remembered nothing is asked. */
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
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

before(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'sdl-workspace-'));
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

const editorOf = (name: string) => page.locator('.tab.active', { hasText: name });

test('Open Lab in a window without a folder asks where, makes the copy there and opens it', async () => {
  const home = path.join(folder, 'chosen');
  await mkdir(home);
  await openWindow({ ew: 'true' });
  await runCommand(page, 'System Design Labs: Open Lab');
  await pick('Consistent hashing');
  const where = page.locator('.quick-input-widget input[type="text"]');
  await page.locator('.quick-input-title', { hasText: 'Choose the folder' }).waitFor();
  // It fills itself in when it has looked around, over whatever is typed before.
  await page.locator('.quick-input-list .monaco-list-row', { hasText: '..' }).first().waitFor();
  await where.fill(`${home}/`);
  await page.waitForTimeout(500); // it looks into the folder before it takes it
  await Promise.all([
    page.waitForEvent('load'),
    page.locator('.quick-input-widget .monaco-button', { hasText: 'Make the Copy Here' }).click(),
  ]);
  await workbenchReady(page);
  await editorOf('jump.ts').or(editorOf('ring.ts')).or(editorOf('modulo.ts')).first().waitFor();
  await webviewFrame(page, 'panel').locator('.invitation').waitFor();
  assert.ok(existsSync(path.join(home, 'system-design-labs/consistent-hashing/lab.ts')));
  await screenshot(page, 'windows-no-folder');
  await page.close();
});
