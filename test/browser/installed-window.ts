/** A window of VS Code on an empty folder, with the packaged extension in an empty profile, and what a learner does in it. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Browser, FrameLocator, Locator, Page } from 'playwright-core';
import { filesMatching } from '../../scripts/files.ts';
import type { Target } from '../../scripts/package/targets.ts';
import { clickLens, openBrowser, openWorkbench, patienceMs, repeated, typeInPalette } from '../host/browser.ts';
import { serve, type Server } from '../host/serve.ts';
import { builtPackage } from '../host/vsix.ts';

export interface Command {
  command: string;
  title: string;
}

/** How long the list of the quick input has to stay as it is to count as narrowed down. */
const listRestMs = 200;

export class InstalledWindow {
  readonly page: Page;
  /** The workspace. */
  readonly folder: string;
  /** Where the package was unpacked. */
  readonly extensionPath: string;
  /** What the page complained of that is ours to mend. */
  readonly complaints: string[] = [];
  readonly #browser: Browser;
  readonly #server: Server;

  private constructor(page: Page, folder: string, extensionPath: string, browser: Browser, server: Server) {
    this.page = page;
    this.folder = folder;
    this.extensionPath = extensionPath;
    this.#browser = browser;
    this.#server = server;
    page.on('console', (message) => {
      const { url } = message.location();
      const text = message.text();
      const ours = /vscode-webview|extensions\/system-design-labs|systemDesignLabs/.test(url + text);
      if (/Content Security Policy/.test(text) || (message.type() === 'error' && ours)) {
        this.complaints.push(`${text} (${url})`);
      }
    });
  }

  static async open(target?: Target): Promise<InstalledWindow> {
    const folder = await mkdtemp(path.join(os.tmpdir(), 'sdl-workspace-'));
    const server = await serve({ vsix: await builtPackage(target) });
    const installed = (
      await filesMatching(['system-design-labs.*/package.json'], path.join(server.home, 'extensions'))
    )[0];
    if (installed === undefined) throw new Error('The package was not installed');
    const browser = await openBrowser();
    const page = await openWorkbench(browser, server, folder);
    const extensionPath = path.join(server.home, 'extensions', path.dirname(installed));
    return new InstalledWindow(page, folder, extensionPath, browser, server);
  }

  async close(): Promise<void> {
    await this.#browser.close();
    await this.#server.stop();
    await rm(this.folder, { recursive: true, force: true });
  }

  /** The commands that the package's manifest names. */
  async commands(): Promise<Command[]> {
    const manifest = JSON.parse(await readFile(path.join(this.extensionPath, 'package.json'), 'utf8')) as {
      contributes: { commands: Command[] };
    };
    return manifest.contributes.commands;
  }

  /** The page of the playground, or of the run file that was opened after it. */
  panel(of: 'playground' | 'run file' = 'playground'): FrameLocator {
    const ours = '[src*="extensionId=system-design-labs"]:not([src*="purpose=webviewView"])';
    const frames = this.page.locator(`iframe.webview.ready${ours}`);
    const frame = of === 'run file' ? frames.nth(1) : frames.first();
    return frame.contentFrame().frameLocator('iframe#active-frame');
  }

  /** A line of a view, whatever else stands in it. */
  line(label: string): Locator {
    return this.page.locator('.pane-body .monaco-list-row').filter({
      has: this.page.locator('.label-name').getByText(label, { exact: true }),
    });
  }

  /** The palette with a command in it, by its whole title; not there when it is hidden. */
  async #inPalette(title: string): Promise<Locator> {
    const rows = this.page.locator('.quick-input-list .monaco-list-row');
    await repeated(() => typeInPalette(this.page, `>${title}`), rows.first());
    // While it narrows down, its lines change places: what is clicked then is another command.
    let before: string;
    do {
      before = (await rows.allInnerTexts()).join();
      await this.page.waitForTimeout(listRestMs);
    } while (before !== (await rows.allInnerTexts()).join());
    // By its name, which ends there or goes on with its key: of its text the part that was typed stands by itself.
    return rows.and(this.page.locator(`[aria-label="${title}"], [aria-label^="${title},"]`));
  }

  /** Runs a command from the palette. @param title with its category */
  async run(title: string): Promise<void> {
    await (await this.#inPalette(title)).first().click();
    // The palette goes, or asks the command's own question: what is typed before that is lost.
    const input = this.page.locator('.quick-input-widget input[type="text"]');
    await until(async () => !(await input.isVisible()) || (await input.inputValue()) !== `>${title}`);
  }

  /** Whether the palette offers a command. @param title with its category */
  async offers(title: string): Promise<boolean> {
    const count = await (await this.#inPalette(title)).count();
    await this.page.keyboard.press('Escape');
    await this.page.locator('.quick-input-widget').waitFor({ state: 'hidden' });
    return count > 0;
  }

  /** Runs a command from the menu of a line. @param title without its category */
  async runOn(line: Locator, title: string): Promise<void> {
    const item = this.page.locator('.monaco-menu .action-label').getByText(title, { exact: true });
    await this.page.mouse.move(0, 0); // what is told of a line that the mouse rests on lies over its neighbours
    await this.page.locator('.monaco-hover:visible').first().waitFor({ state: 'hidden' });
    // A menu closes when the focus goes elsewhere, as to the editor after the palette: then one opens it again.
    await repeated(() => line.click({ button: 'right' }), item);
    // And a click that comes too soon after it has opened is taken for the end of the one that opened it.
    await repeated(() => item.click(), item, 'hidden');
  }

  /** Clicks Run above an algorithm, and waits for what comes of it: a lens that says it. */
  async runAbove(outcome: RegExp): Promise<void> {
    // After an edit VS Code draws its lenses anew, more than once where it is slow: a click that falls between is lost.
    await repeated(() => clickLens(this.page, 'Run'), this.lens(outcome));
  }

  /** Picks the line of the quick input that has this label. */
  async pick(label: string): Promise<void> {
    await this.page
      .locator('.quick-input-list .monaco-list-row')
      .filter({ has: this.page.getByText(label, { exact: true }) })
      .first()
      .click();
  }

  /** Answers VS Code's question for a file. */
  async answerWithFile(file: string): Promise<void> {
    const title = this.page.locator('.quick-input-title', { hasText: /Run/ });
    await title.waitFor();
    // It fills itself in when it has looked around, over whatever is typed before.
    await this.page.locator('.quick-input-list .monaco-list-row', { hasText: '..' }).first().waitFor();
    await this.page.locator('.quick-input-widget input[type="text"]').fill(file);
    await this.page.waitForTimeout(500); // it looks into the folder before it takes it
    await this.page.locator('.quick-input-action .monaco-button').first().click();
    await title.waitFor({ state: 'hidden' });
  }

  /** Brings our views into the side bar. */
  async showViews(): Promise<void> {
    const shown = this.page.locator('.sidebar .composite.title', { hasText: 'System Design Labs' });
    if (!(await shown.isVisible()))
      await this.page.locator('.activitybar [aria-label^="System Design Labs"]').first().click();
    await this.page.getByRole('treeitem').first().waitFor();
  }

  /** Opens an algorithm by its line in the Labs view, with the lenses above its class in sight. @param file in the lab's folder */
  async openAlgorithm(lab: string, algorithm: string, file: string): Promise<void> {
    await this.inLab(lab, async () => {
      await this.#inLabLine(algorithm).click();
      await this.page.locator('.tab.active', { hasText: path.basename(file) }).waitFor();
      await this.page.locator('.editor-instance .codelens-decoration').first().waitFor({ state: 'attached' });
    });
    await this.goToLineOf(path.join(this.extensionPath, 'labs', file), 'export class');
  }

  /** Opens the theory of a lab by its line in the Labs view, and waits for its text and its first drawing. */
  async openTheory(lab: string): Promise<void> {
    await this.inLab(lab, () => this.#inLabLine('Theory').click());
    await this.page.locator('.tab.active', { hasText: 'Preview theory.md' }).waitFor();
    const frame = this.page.locator(`iframe.webview.ready[src*="extensionId=vscode.markdown"]`).first();
    const text = frame.contentFrame().frameLocator('iframe#active-frame');
    await text.locator('h1', { hasText: lab }).waitFor();
    await text.locator('.mermaid svg').first().waitFor();
  }

  /** Does something in an unfolded lab, and folds it again: a view shows only as many lines as it has room for. */
  async inLab(lab: string, action: () => Promise<void>): Promise<void> {
    await this.showViews();
    const line = this.line(lab).and(this.page.locator('[aria-level="2"]'));
    await line.and(this.page.locator('[aria-expanded="false"]')).click();
    await line.and(this.page.locator('[aria-expanded="true"]')).waitFor();
    await action();
    await line.and(this.page.locator('[aria-expanded="true"]')).click();
    await line.and(this.page.locator('[aria-expanded="false"]')).waitFor();
  }

  /** Opens a view that is folded up. */
  async unfold(view: string): Promise<void> {
    await this.showViews();
    await this.page.locator('.pane-header[aria-expanded="false"]', { hasText: view }).click();
  }

  /** A line of the unfolded lab: an algorithm may be called like its lab. */
  #inLabLine(label: string): Locator {
    return this.line(label).and(this.page.locator('[aria-level="3"]'));
  }

  /** Opens the walkthrough, and each of its steps. */
  async openWalkthrough(): Promise<void> {
    await this.run('Welcome: Open Walkthrough...');
    await this.pick('Start with System Design Labs');
    const steps = this.page.locator('.gettingStartedSlideDetails .step-title');
    await steps.first().waitFor();
    for (const step of await steps.all()) await step.click();
    await this.page.locator('iframe.webview.ready').first().waitFor({ state: 'attached' });
  }

  /** Opens a file of the workspace, and not the bundled one of the same name. @param file its whole path */
  async openFile(file: string): Promise<void> {
    await this.page.keyboard.press('Control+p');
    await this.page.locator('.quick-input-widget input[type="text"]').fill(file);
    const label = `${path.basename(file)} ${path.relative(this.folder, path.dirname(file))}`;
    await this.page.locator(`.quick-input-list .monaco-list-row[aria-label^="${label}"]`).click();
    await this.page.locator(`.editor-instance .monaco-editor.focused[data-uri$="${file}"]`).waitFor();
  }

  /** Moves the cursor of the editor to the line of a file that begins with a text. */
  async goToLineOf(file: string, beginning: string): Promise<void> {
    const lines = (await readFile(file, 'utf8')).split('\n');
    const line = lines.findIndex((text) => text.trimStart().startsWith(beginning)) + 1;
    if (line === 0) throw new Error(`${file} has no line that begins with ${beginning}`);
    await this.page.keyboard.press('Control+g');
    await this.page.locator('.quick-input-widget input[type="text"]').fill(`:${line}`);
    await this.page.keyboard.press('Enter');
    await this.page.getByRole('button', { name: `Ln ${line},` }).waitFor();
  }

  /** Types a line below the one of a file that begins with a text, and brings the class into sight. */
  async typeBelow(file: string, beginning: string, line: string): Promise<void> {
    await this.goToLineOf(file, beginning);
    await this.page.keyboard.press('End');
    await this.page.keyboard.insertText(`\n    ${line}`);
    await this.goToLineOf(file, 'export class');
  }

  /** The event that the playground's cursor stands at, counted from 1, once it is one that was waited for. */
  async event(expected: (event: number) => boolean): Promise<number> {
    const position = this.panel().getByLabel('Position in the run');
    let event = NaN;
    await until(async () => {
      event = Number(/^event ([\d,]+) of/.exec((await position.getAttribute('aria-valuetext')) ?? '')?.[1]);
      return expected(event);
    });
    return event;
  }

  /** The lens above an algorithm that says what its last run, or its last benchmark, came to. */
  lens(text: RegExp): Locator {
    return this.page.locator('.codelens-decoration', { hasText: text }).first();
  }

  /** The hash of the trace that a panel shows: it names the run's every event. @param other no longer that one */
  async shownHash(other?: string, panel = this.panel()): Promise<string> {
    const note = panel.locator('.seed .field-note');
    await note
      .filter({ hasText: /^trace [0-9a-f]{12}$/ })
      .and(note.filter({ hasNotText: other ?? '–' }))
      .waitFor();
    return note.innerText();
  }

  /** Waits until this many runs are kept. */
  async keptRuns(atLeast = 0): Promise<number> {
    let kept = 0;
    await until(async () => {
      kept = (await filesMatching(['**/runs/*.sdlrun'], this.#server.home)).length;
      return kept >= atLeast;
    });
    return kept;
  }
}

/** Waits for a condition. */
export async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  for (const deadline = Date.now() + patienceMs; !(await condition()); await sleep(100)) {
    if (Date.now() > deadline) throw new Error(`Waited ${patienceMs / 1000} s in vain for ${condition.toString()}`);
  }
}
