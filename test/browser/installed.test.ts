import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { copyLabs } from '../../scripts/start/learner-copy.ts';
import { clickLens, openBrowser, openWorkbench, runCommand, screenshot, webviewFrame } from '../host/browser.ts';
import { keepPictureOfFailure } from '../host/failure-picture.ts';
import { serve, type Server } from '../host/serve.ts';
import { builtPackage } from '../host/vsix.ts';

let server: Server;
let browser: Browser;
let page: Page;
let folder: string;

before(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'sdl-workspace-'));
  await copyLabs(folder, ['consistent-hashing']);
  server = await serve({ vsix: await builtPackage() });
  browser = await openBrowser();
  const ring = path.join(folder, 'system-design-labs/consistent-hashing/ring.ts');
  page = await openWorkbench(browser, server, folder, { openFile: ring });
});

after(async () => {
  await browser?.close();
  await server?.stop();
  await rm(folder, { recursive: true, force: true });
});

keepPictureOfFailure(() => page);

test('the package installs and shows its views', async () => {
  await runCommand(page, 'View: Show System Design Labs');
  await page.getByRole('treeitem').first().waitFor();
  await screenshot(page, 'installed-tree');
});

test('Run in the editor draws a picture in a webview', async () => {
  await clickLens(page, 'Run');
  const drawing = webviewFrame(page, 'panel').locator('canvas').first();
  await drawing.waitFor();
  assert.ok(await drawing.isVisible());
  await screenshot(page, 'installed-run');
});
