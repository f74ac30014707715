/** The timeline in a real browser: zoom, lanes and marks by pointer and by keyboard, and what follows the cursor. */
import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { after, afterEach, before, describe, it } from 'node:test';
import type { Browser, Locator, Page } from 'playwright-core';
import consistentHashing from '../../labs/consistent-hashing/lab.ts';
import type { Lab } from '../../labs/engine/lab/lab.ts';
import { eventName } from '../../labs/engine/trace/event.ts';
import twoPhaseCommit from '../../labs/two-phase-commit/lab.ts';
import { openBrowser } from '../host/browser.ts';
import { audit } from './harness/audit.ts';
import type { MockHost } from './harness/mock-host.ts';
import { dist, openPanel, pictures, type Panel, type PanelOptions } from './harness/panel-page.ts';
import { themeKinds } from './harness/themes.ts';

const labs = [twoPhaseCommit, consistentHashing] as unknown as Lab[];
let browser: Browser;
let panel: Panel | undefined;

before(async () => {
  await mkdir(pictures, { recursive: true });
  browser = await openBrowser();
});
after(() => browser.close());
afterEach(async () => {
  const problems = panel?.problems ?? [];
  await panel?.close();
  panel = undefined;
  assert.deepEqual(problems, [], 'the page complained');
});

/** Runs the lab's default scenario; branches of it are made in the host, as if the learner had interfered before. */
function storeRun(
  host: MockHost,
  branches: readonly (readonly [at: number, action: string, of?: number])[] = [],
): void {
  const choice = { lab: twoPhaseCommit.id, algorithm: twoPhaseCommit.algorithms[0]!.id, seed: 7, parameters: {} };
  host.run(choice);
  const runs = [host.runs[0]!];
  for (const [at, action, of = 0] of branches) {
    const { summary, store } = runs[of]!;
    const made = { anchor: eventName(store.event(at)), action, arguments: { node: 'coordinator' } };
    const interventions = [...(summary.interventions as (typeof made)[]), made];
    host.run({ ...choice, parent: summary.id, interventions });
    runs.push(host.runs[0]!);
  }
  host.state = { version: 1, lab: twoPhaseCommit.id, run: runs[0]!.summary.id, cursor: 60 };
}

async function open(
  branches: Parameters<typeof storeRun>[1] = [],
  { prepare, ...options }: Partial<PanelOptions> = {},
): Promise<Page> {
  panel = await openPanel(browser, {
    dist,
    labs,
    reducedMotion: true,
    prepare(host) {
      host.toursOffered = false;
      storeRun(host, branches);
      prepare?.(host);
    },
    ...options,
  });
  await panel.page.locator('.facts').waitFor();
  await now(panel.page, /^61 \//);
  return panel.page;
}

const slider = (page: Page): Locator => page.getByRole('slider', { name: 'Position in the run' });
const cursor = (page: Page): Promise<number> => slider(page).inputValue().then(Number);
const now = (page: Page, text: RegExp): Promise<void> => page.locator('.now', { hasText: text }).waitFor();
const lanes = (page: Page): Locator => page.getByRole('radio');
/** The stretch of time in view, as a screen reader hears it. */
const inView = (page: Page): Promise<string> =>
  slider(page).evaluate((input) => document.getElementById(input.getAttribute('aria-describedby')!)!.innerText);
/** Where the field of the lanes is on the screen. */
const field = async (page: Page) => (await page.locator('.scrubber').boundingBox())!;
const shareOfPlayhead = async (page: Page): Promise<number> => {
  const { x, width } = await field(page);
  return ((await page.locator('.playhead').boundingBox())!.x - x) / width;
};

describe('zoom', () => {
  it('by wheel keeps what is under the pointer, and ends with the whole run', async () => {
    const page = await open();
    assert.match(await inView(page), /^In view: the whole run, 0 ns to 160/);
    const before = await shareOfPlayhead(page);
    const { x, y, width } = await field(page);
    await page.mouse.move(x + before * width, y + 10);
    for (let i = 0; i < 5; i++) await page.mouse.wheel(0, -300);
    await page.locator('.overview.zoomed').waitFor();
    assert.doesNotMatch(await inView(page), /whole run/);
    assert.ok(Math.abs((await shareOfPlayhead(page)) - before) < 0.02, 'the cursor stays under the pointer');
    for (let i = 0; i < 6; i++) await page.mouse.wheel(0, 300);
    await page.locator('.overview:not(.zoomed)').waitFor({ state: 'attached' });
    assert.match(await inView(page), /whole run/);
  });

  it('by keys goes in at the cursor, out, and to all, and is announced', async () => {
    const page = await open();
    await slider(page).focus();
    await page.keyboard.press('+');
    await page.keyboard.press('+');
    await page
      .getByRole('status')
      .filter({ hasText: /^In view: [\d.]+ ms to [\d.]+ ms/ })
      .waitFor();
    const close = await inView(page);
    assert.equal(await cursor(page), 60);
    await page.keyboard.press('-');
    assert.notEqual(await inView(page), close);
    await page.keyboard.press('Shift+ArrowRight');
    assert.equal(await cursor(page), 60, 'panning leaves the cursor');
    await page.keyboard.press('0');
    assert.match(await inView(page), /whole run/);
    await page.getByRole('button', { name: 'Zoom in' }).click();
    assert.doesNotMatch(await inView(page), /whole run/);
    await page.getByRole('button', { name: 'Show the whole run' }).click();
    assert.match(await inView(page), /whole run/);
  });

  it('lets the cursor be dragged event by event, and follows it where it is put', async () => {
    const page = await open();
    await slider(page).focus();
    for (let i = 0; i < 4; i++) await page.keyboard.press('+');
    const close = await inView(page);
    const { x, y, width } = await field(page);
    await page.mouse.move(x + 0.1 * width, y + 12);
    await page.mouse.down();
    const first = await cursor(page);
    await page.mouse.move(x + 0.9 * width, y + 12, { steps: 5 });
    const last = await cursor(page);
    await page.mouse.up();
    assert.ok(first < last && last - first < 60, `from ${first} to ${last}: a part of the run`);
    assert.equal(await inView(page), close);
    await page.keyboard.press('End');
    await now(page, /^158 \/ 158/);
    const share = await shareOfPlayhead(page);
    assert.ok(share > 0.4 && share <= 1, 'the window went there too');
    await page.screenshot({ path: path.join(pictures, 'timeline-zoomed.png') });
  });

  it('is moved by its overview', async () => {
    const page = await open();
    await slider(page).focus();
    for (let i = 0; i < 3; i++) await page.keyboard.press('+');
    const bar = (await page.locator('.overview').boundingBox())!;
    await page.mouse.click(bar.x + bar.width - 2, bar.y + 3);
    assert.match(await inView(page), /to 160/);
    assert.equal(await cursor(page), 60);
  });

  it('follows the cursor while it is played', async () => {
    const page = await open([], { reducedMotion: false });
    await slider(page).focus();
    for (let i = 0; i < 3; i++) await page.keyboard.press('+');
    await page.getByRole('button', { name: 'Play', exact: true }).click();
    await page.getByRole('button', { name: 'Play', exact: true }).waitFor();
    await now(page, /^158 \/ 158/);
    assert.match(await inView(page), /to 160/);
  });
});

describe('marks', () => {
  it('are one stop of the Tab key, and walked by arrows', async () => {
    const page = await open();
    const bar = page.getByRole('toolbar', { name: 'Marks in view' });
    await bar.getByRole('button').first().focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Enter');
    const first = await cursor(page);
    assert.notEqual(first, 60);
    await page.keyboard.press('End');
    await page.keyboard.press('Enter');
    assert.ok((await cursor(page)) > first);
  });

  it('that would overlap are a count, which zooming takes apart', async () => {
    const page = await open();
    const many = page.locator('.mark.many').first();
    await many.click();
    const first = await cursor(page);
    await many.click();
    assert.ok((await cursor(page)) > first, 'each click goes to the next of them');
    const counts = await page.locator('.mark.many').count();
    await slider(page).focus();
    for (let i = 0; i < 4; i++) await page.keyboard.press('+');
    assert.ok((await page.locator('.mark.many').count()) < counts);
  });
});

describe('lanes', () => {
  it('show a run and its branches, named by what was done and when; a branch of a branch too', async () => {
    const page = await open([
      [44, 'crash'],
      [80, 'pause'],
      [47, 'restart', 1],
    ]);
    await lanes(page).nth(3).waitFor();
    await page.getByRole('radio', { name: /^restart coordinator at .*branch of crash coordinator/ }).waitFor();
    const names = await lanes(page).evaluateAll((all) => all.map((lane) => lane.getAttribute('aria-label')!));
    assert.match(names[0]!, /^Original; 158 events$/);
    assert.match(names[1]!, /^pause coordinator at [\d.]+ ms; \d+ events, branch of Original$/);
    assert.match(names[2]!, /^crash coordinator at [\d.]+ ms/);
    assert.match(names[3]!, /^restart coordinator/);
    assert.ok((await page.locator('.mark.aside').count()) >= 2, 'the branches have marks of their own');
  });

  it('are switched at a click, at the same moment', async () => {
    const page = await open([
      [44, 'crash'],
      [80, 'pause'],
    ]);
    await lanes(page).nth(2).waitFor();
    const time = async (): Promise<string> => /· (\S+ \S+)/.exec(await page.locator('.now').innerText())![1]!;
    await slider(page).fill('30');
    await now(page, /^31 \/ 158/);
    const before = await time();
    await lanes(page).nth(1).click();
    await now(page, /^31 \/ (?!158)/);
    assert.equal(await time(), before);
    assert.equal(await lanes(page).nth(1).getAttribute('aria-checked'), 'true');
    // The line of another lane does the same as its name.
    const { x, y, width } = await field(page);
    await page.mouse.click(x + 0.9 * width, y + 2 * 22 + 16);
    await page.waitForFunction(() => document.querySelectorAll('[role=radio]')[2]?.ariaChecked === 'true');
    await now(page, /^31 \//);
    assert.equal(panel!.host.runs.length, 3, 'nothing was run for it');
  });

  it('are switched by keys, with the focus', async () => {
    const page = await open([
      [44, 'crash'],
      [80, 'pause'],
    ]);
    await lanes(page).nth(2).waitFor();
    await lanes(page).first().focus();
    await page.keyboard.press('ArrowDown');
    await page.waitForFunction(() => document.activeElement === document.querySelectorAll('[role=radio]')[1]);
    await now(page, /^61 \/ (?!158)/);
    await page.keyboard.press('End');
    await page.waitForFunction(() => document.activeElement === document.querySelectorAll('[role=radio]')[2]);
    assert.equal(await lanes(page).nth(2).getAttribute('aria-checked'), 'true');
    await page.keyboard.press('Home');
    await now(page, /^61 \/ 158/);
  });

  it('that are many scroll, with the one on the screen in sight', async () => {
    const page = await open(
      Array.from({ length: 12 }, (_, i) => [10 + 8 * i, i % 2 === 0 ? 'crash' : 'pause'] as const),
    );
    await lanes(page).nth(12).waitFor();
    await lanes(page).first().focus();
    await page.keyboard.press('End');
    await page.waitForFunction(() => document.querySelectorAll('[role=radio]')[12]?.ariaChecked === 'true');
    const box = (await page.locator('.lanes-scroll').boundingBox())!;
    const lane = (await lanes(page).nth(12).boundingBox())!;
    assert.ok(box.height <= 144);
    assert.ok(lane.y >= box.y - 1 && lane.y + lane.height <= box.y + box.height + 1);
    await page.screenshot({ path: path.join(pictures, 'timeline-many-lanes.png') });
  });

  it('come to be when the learner interferes', async () => {
    const page = await open();
    await page.getByRole('tab', { name: 'Cluster', exact: true }).click();
    await page.getByRole('button', { name: /^coordinator .*; up/ }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Crash', exact: true }).click();
    await page.getByRole('radio', { name: /^crash coordinator at/ }).waitFor();
    assert.equal(await lanes(page).nth(1).getAttribute('aria-checked'), 'true');
    assert.equal(panel!.host.runs[0]!.summary.parent, panel!.host.runs[1]!.summary.id);
  });

  for (const theme of themeKinds) {
    it(`have nothing for axe to find in ${theme}, wide and narrow`, async () => {
      const branches = [
        [44, 'crash'],
        [80, 'pause'],
        [47, 'restart', 1],
      ] as const;
      const page = await open(branches, { theme });
      await lanes(page).nth(3).waitFor();
      await lanes(page).nth(1).click();
      await slider(page).focus();
      for (let i = 0; i < 3; i++) await page.keyboard.press('+');
      await page.waitForTimeout(400); // until the lanes are brought up to date
      assert.deepEqual(await audit(page), []);
      await page.screenshot({ path: path.join(pictures, `${theme}-timeline.png`) });
      await page.setViewportSize({ width: 300, height: 900 });
      await page.waitForTimeout(100);
      assert.deepEqual(await audit(page), []);
      await page.screenshot({ path: path.join(pictures, `${theme}-timeline-narrow.png`) });
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      assert.ok(overflow <= 0, `${overflow} px too wide`);
    });
  }
});

describe('the cursor', () => {
  /** Whether the line of the cursor is inside the box that scrolls. */
  const inSight = (page: Page, box: string, line: string): Promise<boolean> =>
    page.evaluate(
      ([box, line]) => {
        const outer = document.querySelector(box!)!.getBoundingClientRect();
        const inner = document.querySelector(line!)?.getBoundingClientRect();
        return inner !== undefined && inner.top >= outer.top && inner.bottom <= outer.bottom;
      },
      [box, line],
    );

  for (const [width, height] of [
    [1180, 820],
    [300, 800],
  ] as const) {
    it(`is in sight in sequence and log after a run and a jump, at ${width} px`, async () => {
      const page = await open([], { width, height });
      await page.locator('.run-buttons vscode-button').click();
      await now(page, /^158 \/ 158/);
      await page.waitForFunction(() => document.querySelector('.cursor-line'));
      await page.waitForTimeout(400); // until the picture has all that arrived
      assert.ok(await inSight(page, '.sequence-box', '.cursor-line'), 'sequence, after a run');
      await slider(page).fill('70');
      await now(page, /^71 \//);
      assert.ok(await inSight(page, '.sequence-box', '.cursor-line'), 'sequence, after a jump');
      await page.getByRole('tab', { name: 'Log', exact: true }).click();
      await page.locator('.log-line[aria-selected=true]').waitFor();
      assert.ok(await inSight(page, '.log-list', '.log-line[aria-selected=true]'), 'log, when it is opened');
      await slider(page).fill('140');
      await page.locator('.log-line[aria-selected=true]', { hasText: '141' }).waitFor();
      assert.ok(await inSight(page, '.log-list', '.log-line[aria-selected=true]'), 'log, after a jump');
    });
  }

  it('lets a learner look elsewhere while it is played', async () => {
    const page = await open([], { reducedMotion: false });
    await slider(page).fill('100');
    await choose(page, 'Speed', '4 events/s');
    await page.getByRole('button', { name: 'Play', exact: true }).click();
    const box = page.locator('.sequence-box');
    await box.evaluate((element) => (element.scrollTop = 0));
    await now(page, /^1(0[4-9]|[1-3]\d) \//);
    assert.equal(await box.evaluate((element) => element.scrollTop), 0);
    await page.getByRole('button', { name: 'Pause', exact: true }).click();
    await page.getByRole('button', { name: 'One event on' }).click();
    await page.waitForTimeout(100); // until it is drawn
    assert.ok(await inSight(page, '.sequence-box', '.cursor-line'), 'a step shows where it went');
  });

  it('goes on smoothly between two events where it is slow', async () => {
    const page = await open([], { reducedMotion: false });
    // Between two events at different times, so that there is a way to go.
    const { store } = panel!.host.runs[0]!;
    let from = 60;
    while (store.timeAt(from + 1) - store.timeAt(from) < 1e6) from++;
    await slider(page).fill(String(from));
    await choose(page, 'Speed', '1 event in 5 s');
    assert.equal(
      await page.locator('vscode-dropdown[aria-label=Speed]').getAttribute('aria-description'),
      'an event every 5 seconds',
    );
    await slider(page).focus();
    for (let i = 0; i < 4; i++) await page.keyboard.press('+');
    const before = await shareOfPlayhead(page);
    await page.getByRole('button', { name: 'Play', exact: true }).click();
    await page.waitForFunction((left) => {
      const head = document.querySelector('.playhead')!.getBoundingClientRect();
      const field = document.querySelector('.scrubber')!.getBoundingClientRect();
      return (head.x - field.x) / field.width > left + 0.001;
    }, before);
    assert.equal(await cursor(page), from);
    await page.getByRole('button', { name: 'Pause', exact: true }).click();
  });
});

describe('a tour that was closed', () => {
  it('is offered again by a quiet button in its place', async () => {
    const page = await open([], { prepare: (host) => void (host.toursOffered = true) });
    await page.getByRole('button', { name: 'Close the tour' }).focus();
    await page.keyboard.press('Enter');
    const back = page.getByRole('button', { name: 'Tour', exact: true });
    await back.waitFor();
    assert.ok(await back.evaluate((button) => button === document.activeElement), 'the focus has a place');
    await page.screenshot({ path: path.join(pictures, 'tour-closed.png') });
    assert.deepEqual(await audit(page), []);
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: /^Take / }).waitFor();
  });
});

async function choose(page: Page, label: string, option: string): Promise<void> {
  const dropdown = page.locator(`vscode-dropdown[aria-label="${label}"]`);
  await dropdown.click();
  await dropdown.locator('vscode-option', { hasText: option }).first().click();
}
