/** A browser, a workbench in it, and the few gestures that every UI test needs. */
import { chromium, errors, type Browser, type FrameLocator, type Locator, type Page } from 'playwright-core';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { root } from '../../scripts/folders.ts';
import { beforeEnd } from '../../scripts/lifetime.ts';
import { provideChromium } from './chromium.ts';
import type { Server } from './serve.ts';

/** Two busy cores are slow: every wait for the workbench may take this long. */
export const patienceMs = 60_000;

/** How long lenses have to stay as they are to count as drawn. */
const lensRestMs = 500;

/** Starts the browser without a window. It ends with this process at the latest. */
export async function openBrowser(): Promise<Browser> {
  const browser = await chromium.launch({
    executablePath: provideChromium(console.error),
    // This process sees to that itself, together with everything else it started.
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
    args: [
      '--no-sandbox', // as root, in a container
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
  browser.once(
    'disconnected',
    beforeEnd(() => browser.close()),
  );
  return browser;
}

/**
 * Opens the workbench on a folder and waits until it can be used.
 * @param openFile an absolute path: opened in an editor at once
 */
export async function openWorkbench(
  browser: Browser,
  server: Server,
  folder: string,
  { openFile }: { openFile?: string } = {},
): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  page.setDefaultTimeout(patienceMs);
  await page.goto(server.url(folder, openFile === undefined ? [] : [['openFile', server.remote(openFile)]]));
  await workbenchReady(page);
  return page;
}

/** Waits until the workbench is drawn and its extensions are known: after `goto` and after `reload`. */
export async function workbenchReady(page: Page): Promise<void> {
  await page.locator('.monaco-workbench').waitFor();
  await page.locator('.activitybar [aria-label^="System Design Labs"]').first().waitFor();
}

/** Runs a command by its title, as the palette shows it: `System Design Labs: Run`. */
export async function runCommand(page: Page, title: string): Promise<void> {
  const row = page.locator('.quick-input-list .monaco-list-row', { hasText: title }).first();
  await repeated(() => typeInPalette(page, `>${title}`), row);
  await row.click();
}

/**
 * Opens the palette, if it is not open, and puts a text into it. It may be gone again: what a window that is starting opens
 * takes the focus, and with it the palette away; so does the end of the palette before.
 */
export async function typeInPalette(page: Page, text: string): Promise<void> {
  const input = page.locator('.quick-input-widget input[type="text"]');
  // A list that was opened before its commands were there does not get them any more: it is opened anew.
  if ((await input.isVisible()) && (await input.inputValue()) === text) await page.keyboard.press('Escape');
  if (!(await input.isVisible())) await page.keyboard.press('F1');
  await input.fill(text, { timeout: 2_000 }).catch((error: unknown) => {
    if (!(error instanceof errors.TimeoutError)) throw error; // whoever waits for what comes of it tries again
  });
}

/** Does something that VS Code may lose, as a person does it: once more where nothing comes of it. */
export async function repeated(
  act: () => Promise<void>,
  effect: Locator,
  state: 'visible' | 'hidden' = 'visible',
): Promise<void> {
  const until = Date.now() + patienceMs;
  do await act();
  while (!(await comesSoon(effect, state)) && Date.now() < until);
  await effect.waitFor({ state });
}

/** Whether something comes, or goes, before a person would look for what is wrong. */
async function comesSoon(what: Locator, state: 'visible' | 'hidden'): Promise<boolean> {
  return what.waitFor({ state, timeout: 10_000 }).then(
    () => true,
    (error: unknown) => {
      if (error instanceof errors.TimeoutError) return false;
      throw error;
    },
  );
}

/** Clicks the first code lens that reads exactly `title`, once the lenses have come to rest. */
export async function clickLens(page: Page, title: string): Promise<void> {
  // While lenses are asked for anew VS Code shows the last ones as dead text: only a link does anything. (A role does
  // not find it: the editor hides its widgets from screen readers.)
  const lens = page.locator('.codelens-decoration a', { hasText: new RegExp(`^${title}$`) }).first();
  await lens.waitFor();
  // It draws them anew when they are resolved, too; a click that falls between is lost.
  let before: string;
  do {
    before = await lensesDrawn(page);
    await page.waitForTimeout(lensRestMs);
  } while (before !== (await lensesDrawn(page)));
  await lens.click();
}

/** All lenses and where they stand. */
async function lensesDrawn(page: Page): Promise<string> {
  return page
    .locator('.codelens-decoration')
    .evaluateAll((lenses) => JSON.stringify(lenses.map((lens) => [lens.innerHTML, lens.getBoundingClientRect().top])));
}

/** Inside the playground beside the code (`panel`) or the view in the side bar (`view`): two nested frames. */
export function webviewFrame(page: Page, where: 'panel' | 'view'): FrameLocator {
  const view = '[src*="purpose=webviewView"]';
  const frame = page.locator(`iframe.webview.ready${where === 'view' ? view : `:not(${view})`}`).first();
  return frame.contentFrame().frameLocator('iframe#active-frame');
}

/** Writes out/screenshots/<name>.png: to be looked at. */
export async function screenshot(page: Page, name: string): Promise<string> {
  const file = path.join(root, 'out/screenshots', `${name}.png`);
  await mkdir(path.dirname(file), { recursive: true });
  await page.screenshot({ path: file });
  return file;
}
