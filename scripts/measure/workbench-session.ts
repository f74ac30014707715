/** A window of VS Code with the probe in all its frames, and the gestures that are timed. */
import path from 'node:path';
import type { Browser, Frame, Page } from 'playwright-core';
import { clickLens, patienceMs, runCommand, webviewFrame, workbenchReady } from '../../test/host/browser.ts';
import type { Server } from '../../test/host/serve.ts';

/** When things happened after a click on a lens, in milliseconds since the click. */
export interface Picture {
  /** The panel knew of the run. */
  started: number;
  /** The panel had its first events. */
  events: number;
  /** They were on the screen. */
  total: number;
}

/** What `page/probe.js` has noted in a frame. */
interface Notes {
  pressed: number;
  started: number;
  events: number;
  painted: number;
  frames: { at: number; took: number }[];
  opening: number;
}

interface Probe {
  measured: Notes & { recording: boolean };
}

/** Rarely enough not to disturb what is measured: what happened when is noted in the page itself. */
const pollMs = 100;

export class WorkbenchSession {
  readonly #page: Page;
  /** Names of the panel's files that the window has asked for since this was last emptied. */
  readonly #asked = new Set<string>();

  constructor(page: Page) {
    this.#page = page;
    page.on('request', (request) => {
      const file = /\/dist\/webview\/([^?#]+)/.exec(decodeURIComponent(request.url()))?.[1];
      if (file !== undefined) this.#asked.add(file);
    });
  }

  /** Opens a window on a folder, with a file in the editor, and waits for its lenses. */
  static async open(browser: Browser, server: Server, folder: string, file: string): Promise<WorkbenchSession> {
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    page.setDefaultTimeout(patienceMs);
    await page.addInitScript({ path: path.join(import.meta.dirname, 'page/probe.js') });
    const session = new WorkbenchSession(page);
    await page.goto(server.url(folder, [['openFile', server.remote(file)]]));
    await workbenchReady(page);
    return session;
  }

  /** Clicks Run and waits for the picture; then puts the panel's cursor to the end, so that nothing moves. */
  async clickRun(): Promise<Picture> {
    await clickLens(this.#page, 'Run');
    const { pressed } = await notesOf(this.#page.mainFrame());
    const { started, events, painted } = await this.#painted(pressed);
    await this.panel().getByRole('slider', { name: 'Position in the run' }).press('End');
    return { started: started - pressed, events: events - pressed, total: painted - pressed };
  }

  /** Opens the panel by the lens, and lets the run end. */
  async openPanel(): Promise<void> {
    await clickLens(this.#page, 'Run');
    await this.panel().locator('.facts').waitFor();
  }

  /** Runs a scenario from the panel and notes every frame while it is played. */
  async playRing(scenario: string): Promise<{ work: number[]; gaps: number[] }> {
    const panel = this.panel();
    await panel.locator('vscode-dropdown[aria-label="Scenario"]').click();
    await panel.locator('vscode-option', { hasText: scenario }).first().click();
    const before = Date.now();
    await panel.locator('.run-buttons vscode-button').first().click();
    await this.#painted(before);
    const frame = await this.panelFrame();
    await frame.evaluate(() => {
      (globalThis as unknown as Probe).measured.recording = true;
    });
    await panel.getByRole('button', { name: 'Play', exact: true }).waitFor(); // it reads Pause until the end
    const { frames } = await notesOf(frame);
    const gaps = frames.slice(1).map(({ at }, i) => at - frames[i]!.at);
    return { work: frames.map(({ took }) => took), gaps };
  }

  /**
   * Closes all panels and opens an empty one.
   * @returns when it first painted, in milliseconds from the beginning of its page, the panel's files that it asked for,
   *   and the bytes of the message that told it what to show
   */
  async openEmptyPanel(): Promise<{ paint: number; asked: string[]; opening: number }> {
    await runCommand(this.#page, 'View: Close All Editors');
    await this.#page.locator('iframe.webview').first().waitFor({ state: 'detached' });
    this.#asked.clear();
    await runCommand(this.#page, 'System Design Labs: Open Playground');
    await this.panel().locator('.invitation').waitFor();
    const frame = await this.panelFrame();
    const paint = await this.#until(() =>
      frame.evaluate(() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime),
    );
    const { opening } = await notesOf(frame);
    return { paint, asked: [...this.#asked], opening };
  }

  /** How long the extension took to activate, in whole milliseconds, from VS Code's own list. */
  async activation(): Promise<number> {
    await runCommand(this.#page, 'Developer: Show Running Extensions');
    const list = this.#page.locator('.runtime-extensions-editor');
    await list.locator('.extension').first().hover();
    const row = list.locator('.extension', { hasText: 'System Design Labs' });
    // The slowest come first, and only rows in sight exist.
    const time = await this.#until(async () => {
      if ((await row.count()) > 0) return row.locator('.activation-time').innerText();
      await this.#page.mouse.wheel(0, 300);
      return undefined;
    });
    await this.#page.keyboard.press('Escape');
    return Number(/(\d+)\s?ms/.exec(time)![1]);
  }

  /** Leaves nothing open that a next window would bring back. */
  async close(): Promise<void> {
    await runCommand(this.#page, 'View: Close All Editors');
    await this.#page.close();
  }

  /** The panel, for gestures. */
  panel(): ReturnType<typeof webviewFrame> {
    return webviewFrame(this.#page, 'panel');
  }

  /** The panel's page, to be asked. */
  async panelFrame(): Promise<Frame> {
    const handle = await this.panel().locator('#app').elementHandle();
    return (await handle!.ownerFrame())!;
  }

  /** Waits until the panel shows a run that it has heard of after a moment. */
  async #painted(after: number): Promise<Notes> {
    await this.panel().locator('#app').waitFor();
    const frame = await this.panelFrame();
    return this.#until(async () => {
      const notes = await notesOf(frame);
      return notes.started >= after && notes.painted > 0 ? notes : undefined;
    });
  }

  /** Asks again and again: the panel's content policy forbids the page to do that for Playwright. */
  async #until<Found>(probe: () => Promise<Found | undefined>): Promise<Found> {
    const deadline = Date.now() + patienceMs;
    while (Date.now() < deadline) {
      const found = await probe();
      if (found !== undefined) return found;
      await this.#page.waitForTimeout(pollMs);
    }
    throw new Error(`the panel did not get there within ${patienceMs / 1000} s`);
  }
}

function notesOf(frame: Frame): Promise<Notes> {
  return frame.evaluate(() => (globalThis as unknown as Probe).measured);
}
