/** The first start on a copy: the labs and the walkthrough, instead of an empty editor. */
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { copyLabs } from '../../scripts/start/learner-copy.ts';
import { openBrowser, openWorkbench, screenshot } from '../host/browser.ts';
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
  server = await serve({
    vsix: await builtPackage(),
    settings: { 'workbench.startupEditor': 'welcomePageInEmptyWorkbench' },
  });
  browser = await openBrowser();
  page = await openWorkbench(browser, server, folder);
});

after(async () => {
  await browser?.close();
  await server?.stop();
  await rm(folder, { recursive: true, force: true });
});

keepPictureOfFailure(() => page);

test('the labs and the walkthrough stand there', async () => {
  await page.locator('h2', { hasText: 'Start with System Design Labs' }).waitFor();
  await page.getByRole('treeitem', { name: /Load balancing/ }).waitFor();
  await screenshot(page, 'welcome');
});
