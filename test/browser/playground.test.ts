/** The packaged extension as a learner uses it: run, edit, run again, reload the window; in all four kinds of theme. */
import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import axe from 'axe-core';
import type { Browser, Frame, Page } from 'playwright-core';
import { filesMatching } from '../../scripts/files.ts';
import { copyLabs } from '../../scripts/start/learner-copy.ts';
import {
  clickLens,
  openBrowser,
  openWorkbench,
  patienceMs,
  runCommand,
  screenshot,
  webviewFrame,
  workbenchReady,
} from '../host/browser.ts';
import { keepPictureOfFailure } from '../host/failure-picture.ts';
import { serve, type Server } from '../host/serve.ts';
import { builtPackage } from '../host/vsix.ts';

let server: Server;
let browser: Browser;
let page: Page;
let folder: string;
let ring: string;
/** What the page complained of that is ours to mend. */
const complaints: string[] = [];

before(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'sdl-workspace-'));
  await copyLabs(folder, ['consistent-hashing']);
  ring = path.join(folder, 'system-design-labs/consistent-hashing/ring.ts');
  server = await serve({ vsix: await builtPackage() });
  browser = await openBrowser();
  // Not by the address: with that, a reload would open the file again instead of what was open.
  page = await openWorkbench(browser, server, folder);
  page.on('console', (message) => {
    const { url } = message.location();
    const text = message.text();
    const ours = /vscode-webview|extensions\/system-design-labs|systemDesignLabs/.test(url + text);
    if (/Content Security Policy/.test(text) || (message.type() === 'error' && ours))
      complaints.push(`${text} (${url})`);
  });
});

after(async () => {
  await browser?.close();
  await server?.stop();
  await rm(folder, { recursive: true, force: true });
});

keepPictureOfFailure(() => page);

/** The hash of the trace that the panel shows: it names the run's every event. */
async function shownHash(other?: string): Promise<string> {
  const note = webviewFrame(page, 'panel').locator('.seed .field-note');
  const pattern = /^trace [0-9a-f]{12}$/;
  for (const deadline = Date.now() + patienceMs; Date.now() < deadline;) {
    await note.filter({ hasText: pattern }).waitFor();
    const hash = await note.innerText();
    if (hash !== other) return hash;
    await page.waitForTimeout(100);
  }
  throw new Error(`the panel goes on showing ${other}`);
}

/** Brings the algorithm to the front, with the focus. */
async function openRing(): Promise<void> {
  await page.keyboard.press('Control+p');
  await page.locator('.quick-input-widget input[type="text"]').fill('ring.ts');
  await page.locator('.quick-input-list .monaco-list-row', { hasText: 'ring.ts' }).first().click();
  await page.locator('.editor-instance .monaco-editor.focused').waitFor();
}

/** Moves the cursor of the editor that has the focus. */
async function goToLine(line: number): Promise<void> {
  await page.keyboard.press('Control+g');
  await page.locator('.quick-input-widget input[type="text"]').fill(`:${line}`);
  await page.keyboard.press('Enter');
}

/** Id of the process of the extension host that was started last, as the server's log has it. */
async function extensionHost(): Promise<number> {
  const logs = await filesMatching(['profile/logs/*/remoteagent.log'], server.home);
  const text = await readFile(path.join(server.home, logs.sort().at(-1)!), 'utf8');
  const started = [...text.matchAll(/<(\d+)> Launched Extension Host Process/g)];
  return Number(started.at(-1)![1]);
}

/** Files of kept runs. */
const keptRuns = (): Promise<string[]> => filesMatching(['**/runs/*.sdlrun'], server.home);

test('Run draws a ring from what the code did', async () => {
  await openRing();
  await clickLens(page, 'Run');
  await shownHash();
  await webviewFrame(page, 'panel').locator('.ring-stage canvas').first().waitFor();
  await page.locator('.codelens-decoration', { hasText: 'as expected' }).waitFor();
  await screenshot(page, 'playground-run');
});

test('an edit changes the next run', async () => {
  const first = await shownHash();
  const lines = (await readFile(ring, 'utf8')).split('\n');
  const line = lines.findIndex((text) => text.includes('ownerOf(key: string): string {')) + 1;
  assert.ok(line > 0);
  await openRing();
  await goToLine(line);
  await page.keyboard.press('End');
  await page.keyboard.insertText(`\n    if (key.length > 0) return [...this.#points.keys()][0]!;`);
  await goToLine(1); // the lens is above what was typed, and may have gone out of sight
  await goToLine(lines.findIndex((text) => text.startsWith('export class Ring ')) + 1);
  await clickLens(page, 'Run');
  await shownHash(first);
  await screenshot(page, 'playground-edited');
});

test('after a reload of the window the panel is back, and nothing has run', async () => {
  const shown = await shownHash();
  const kept = await keptRuns();
  assert.ok(kept.length >= 2);
  // The command, not the browser's button: it gives VS Code the time to write down what was open.
  await Promise.all([page.waitForEvent('load'), runCommand(page, 'Developer: Reload Window')]);
  await workbenchReady(page);
  assert.equal(await shownHash(), shown);
  await webviewFrame(page, 'panel').locator('.ring-stage canvas').first().waitFor();
  assert.deepEqual(await keptRuns(), kept);
});

test('when the extension host ends the panel says so and runs nothing, and is back with the next one', async () => {
  const shown = await shownHash();
  process.kill(await extensionHost());
  const panel = webviewFrame(page, 'panel');
  const notice = panel.getByRole('alert').filter({ hasText: 'does not answer' });
  await notice.waitFor();
  await notice.getByText('What stands here is of before.').waitFor();
  await panel.locator('.run-buttons vscode-button[disabled]').first().waitFor();
  await screenshot(page, 'playground-without-host');
  await Promise.all([page.waitForEvent('load'), runCommand(page, 'Developer: Reload Window')]);
  await workbenchReady(page);
  assert.equal(await shownHash(), shown);
  await notice.waitFor({ state: 'detached' });
});

const themes = [
  ['Light Modern', 'vscode-light'],
  ['Dark Modern', 'vscode-dark'],
  ['Dark High Contrast', 'vscode-high-contrast'],
  ['Light High Contrast', 'vscode-high-contrast-light'],
] as const;

for (const [theme, kind] of themes) {
  test(`axe finds nothing in the panel in ${theme}`, async () => {
    await runCommand(page, 'Preferences: Color Theme');
    await page.locator('.quick-input-widget input[type="text"]').fill(theme);
    await page.locator('.quick-input-list .monaco-list-row').getByText(theme, { exact: true }).first().click();
    const body = webviewFrame(page, 'panel').locator(`body.${kind}`);
    await body.waitFor();
    const frame = (await (await body.elementHandle())!.ownerFrame())!;
    assert.deepEqual(await audit(frame), []);
    await screenshot(page, `playground-${kind}`);
  });
}

test('the page never complained', () => {
  assert.deepEqual(complaints, []);
});

/** What axe has to say of a frame, in a line for each complaint. */
async function audit(frame: Frame): Promise<string[]> {
  await frame.evaluate(axe.source);
  return frame.evaluate(async () => {
    const { violations } = await (window as unknown as { axe: typeof axe }).axe.run(document.body);
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`);
  });
}
