/** From a message in the panel to the line that sent it: the text that ran opens there, whatever the file says by now. */
import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { copyLabs } from '../../scripts/start/learner-copy.ts';
import { clickLens, openBrowser, openWorkbench, screenshot, webviewFrame } from '../host/browser.ts';
import { keepPictureOfFailure } from '../host/failure-picture.ts';
import { serve, type Server } from '../host/serve.ts';
import { builtPackage } from '../host/vsix.ts';

let server: Server;
let browser: Browser;
let page: Page;
let folder: string;
let source: string;

before(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'sdl-workspace-'));
  await copyLabs(folder, ['two-phase-commit']);
  source = path.join(folder, 'system-design-labs/two-phase-commit/two-phase.ts');
  server = await serve({ vsix: await builtPackage() });
  browser = await openBrowser();
  page = await openWorkbench(browser, server, folder);
});

after(async () => {
  await browser?.close();
  await server?.stop();
  await rm(folder, { recursive: true, force: true });
});

keepPictureOfFailure(() => page);

test('a click on the line of a message opens the text that ran, there', async () => {
  await page.keyboard.press('Control+p');
  await page.locator('.quick-input-widget input[type="text"]').fill('two-phase.ts:40'); // in sight of the lens
  await page.locator('.quick-input-list .monaco-list-row', { hasText: 'two-phase.ts' }).first().click();
  await clickLens(page, 'Run');
  const panel = webviewFrame(page, 'panel');
  await panel.locator('.facts').waitFor();
  const ran = await readFile(source, 'utf8');
  // By now the file says something else: its lines are not those that ran.
  await writeFile(source, `// one more line\n${ran}`);

  await panel.getByRole('button', { name: 'To the beginning' }).click();
  await panel.getByRole('tab', { name: 'Log', exact: true }).click();
  await panel.locator('.log-line', { hasText: 'coordinator sends prepare #0' }).click();
  const link = panel.locator('.inspector dd .source-link');
  await link.waitFor();
  const [, line] = /two-phase\.ts:(\d+)/.exec(await link.innerText())!;
  assert.match(ran.split('\n')[Number(line) - 1]!, /context\.send\(/);
  await link.click();

  await page.locator('.tab.active', { hasText: 'two-phase (as it ran).ts' }).waitFor();
  await page.getByRole('button', { name: `Ln ${line}, Col 1` }).waitFor();
  await screenshot(page, 'source-line');
});
