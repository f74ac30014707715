/** The inspector in a real browser: a moment up close, why on a figure, what can be done, and what it led to. */
import assert from 'node:assert/strict';
import { mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { after, afterEach, before, describe, it } from 'node:test';
import type { Browser, Locator, Page } from 'playwright-core';
import type { Lab } from '../../labs/engine/lab/lab.ts';
import type { PanelMessage } from '../../labs/engine/protocol/panel.ts';
import { formatDuration } from '../../labs/engine/scene/event-text.ts';
import { EventKind, type TraceEvent } from '../../labs/engine/trace/event.ts';
import balancing from '../../labs/load-balancing/lab.ts';
import commit from '../../labs/two-phase-commit/lab.ts';
import { openBrowser } from '../host/browser.ts';
import { audit } from './harness/audit.ts';
import { dist, openPanel, pictures, type Panel, type PanelOptions } from './harness/panel-page.ts';
import { themeKinds } from './harness/themes.ts';

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

/** A panel with a lab that has been run. */
async function run(lab: Lab, scenario: string, options: Partial<PanelOptions> = {}): Promise<Page> {
  panel = await openPanel(browser, {
    dist,
    labs: [lab],
    reducedMotion: true,
    ...options,
    prepare: (host) => {
      host.state = { version: 1, lab: lab.id, scenario, view: 'log' };
      options.prepare?.(host);
    },
  });
  const { page, host } = panel;
  await page.locator('.run-buttons vscode-button').click();
  await page.locator('.facts').waitFor();
  await page.waitForFunction(
    (last) => document.querySelector<HTMLInputElement>('.scrubber input')?.max === String(last),
    host.runs[0]!.summary.events - 1,
  );
  return page;
}

const inspector = (page: Page): Locator => page.locator('.inspector');
const tab = (page: Page, name: string): Promise<void> => page.getByRole('tab', { name, exact: true }).click();

/** Puts the cursor on the first event of a kind, and has the inspector follow it. */
async function goTo(page: Page, fits: (event: TraceEvent) => boolean): Promise<TraceEvent> {
  const { store } = panel!.host.runs[0]!;
  const found = Array.from({ length: store.length }, (_, index) => store.event(index)).find(fits)!;
  await page.getByRole('slider', { name: 'Position in the run' }).fill(String(found.index));
  await tab(page, 'Inspector');
  return found;
}

const sent = (type: PanelMessage['type']): PanelMessage[] =>
  panel!.host.received.filter((message) => message.type === type);

describe('a moment', () => {
  it('is shown where the cursor rests: what changed, what carried it, which line asked for it', async () => {
    const page = await run(commit, 'four-orders');
    const yes = await goTo(page, ({ kind, label }) => kind === EventKind.send && label === 'yes');
    await inspector(page).locator('.source-link').first().waitFor();
    assert.match(await inspector(page).innerText(), /Handler\s+onMessage/);
    assert.match(
      await inspector(page).locator('.moment-text').first().innerText(),
      /type: 'yes',\n {2}transaction: '0\.0'/,
    );
    await inspector(page).locator('dd .source-link').click();
    const [opened] = sent('openSource') as Extract<PanelMessage, { type: 'openSource' }>[];
    const text = (await readFile(opened!.file, 'utf8')).split('\n')[opened!.line! - 1]!;
    assert.match(text, /context\.send\(this\.site\.coordinator, vote\('yes'/);
    assert.equal(opened!.run, panel!.host.runs[0]!.summary.id);

    // Its cause: the message that was voted on. Its state before and after, and what it did, each with its line.
    await page.getByRole('list', { name: 'Causes' }).getByRole('button').first().press('Enter');
    await page.locator('.line-diff ins').first().waitFor();
    assert.match(await page.locator('.line-diff').first().innerText(), /⋯ \d+ lines as they were|\+/);
    assert.match(await page.locator('.line-diff ins').allInnerTexts().then(String), /uncertain/);
    const effects = page.getByRole('list', { name: 'Effects' });
    const line = async (says: string): Promise<string> =>
      (await effects.getByRole('listitem').filter({ hasText: says }).innerText()).replaceAll('\n', ' ');
    assert.match(await line('writes log'), /:\d+/);
    assert.match(await line('sends yes'), new RegExp(`^${yes.index + 1} .*:\\d+`)); // it had to wait for the disk
    await page.screenshot({ path: path.join(pictures, 'inspector-moment.png') });
    assert.deepEqual(await audit(page), []);
  });

  it('of the very start has a state too', async () => {
    const page = await run(commit, 'four-orders');
    await goTo(page, ({ kind, node }) => kind === EventKind.join && node === 'inventory');
    await page.locator('.line-diff ins').first().waitFor();
    assert.equal(await page.locator('.line-diff del').count(), 0);
  });

  it('is asked for once, kept, and never while the run is played', async () => {
    const page = await run(commit, 'four-orders');
    await goTo(page, ({ index }) => index === 30);
    await page
      .getByRole('group', { name: /State of/ })
      .or(page.getByText('No node’s state'))
      .first()
      .waitFor();
    const asked = (): number => sent('moment').filter((message) => 'event' in message && message.event === 30).length;
    assert.equal(asked(), 1);
    await page.getByRole('button', { name: 'One event back' }).click();
    await page.getByRole('button', { name: 'One event on' }).click();
    await page
      .getByRole('group', { name: /State of/ })
      .or(page.getByText('No node’s state'))
      .first()
      .waitFor();
    assert.equal(asked(), 1);
    const before = sent('moment').length;
    await page.getByRole('button', { name: 'Play' }).click();
    await page.getByText('Pause to look at the states').waitFor();
    assert.equal(sent('moment').length, before);
  });

  it('that cannot be had says why', async () => {
    const page = await run(commit, 'four-orders', {
      prepare: (host) => void (host.refusesMoments = 'Replay this run first: looking at a file executes nothing.'),
    });
    await goTo(page, ({ index }) => index === 30);
    await page.getByText('Replay this run first').waitFor();
  });
});

describe('why', () => {
  it('is asked of a figure by keyboard, answered by its requests, and leads to one of them and back', async () => {
    const page = await run(balancing, 'one-slow-server');
    const p99 = page.getByRole('button', { name: /Why\? Shows what 99th percentile/ }).first();
    await p99.focus();
    await page.keyboard.press('Enter');
    const heading = inspector(page).locator('h2');
    await heading.filter({ hasText: 'Why is “99th percentile”' }).waitFor();
    assert.ok(await heading.evaluate((element) => element === document.activeElement));
    const rows = page.getByRole('list', { name: 'What is behind it' }).getByRole('listitem');
    assert.equal(await rows.count(), 30);
    assert.match(await rows.first().innerText(), /request-\d+[^]*ms waiting, [^]*at work · served by/);
    await page.screenshot({ path: path.join(pictures, 'why-metric.png') });
    assert.deepEqual(await audit(page), []);
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await heading.filter({ hasText: /has served request-\d+/ }).waitFor();
    await page.getByRole('button', { name: /What is behind “99th percentile”/ }).press('Enter');
    await heading.filter({ hasText: 'Why is' }).waitFor();
  });

  it('splits the time that locks were held, and its mean is the figure', async () => {
    const page = await run(commit, 'four-orders');
    const { lockHoldTime } = panel!.host.runs[0]!.report!.metrics;
    await page.getByRole('button', { name: /Mean time a lock is held/ }).click();
    await inspector(page)
      .getByText(`on average ${formatDuration(lockHoldTime! * 1e6)}:`)
      .waitFor();
    await page
      .locator('.span-row', { hasText: 'inventory: uncertain 0.0' })
      .getByText('25 ms waiting, 10 ms at work')
      .waitFor();
  });
});

describe('interfering', () => {
  it('loses a disk write, and shows at once where the branch parts and what it cost', async () => {
    const page = await run(commit, 'four-orders');
    const wrote = await goTo(page, ({ kind, node }) => kind === EventKind.diskWrite && node === 'inventory');
    await page.getByRole('button', { name: 'inventory', exact: true }).click();
    await inspector(page).getByText('1 write not yet safe').waitFor();
    await inspector(page).getByRole('button', { name: 'Tear its last disk write' }).waitFor();
    await inspector(page).getByRole('button', { name: 'Lose its last disk write' }).click();
    await tab(page, 'Results');
    await page.getByText('They part at').waitFor();
    const [branch, parent] = panel!.host.runs;
    assert.equal(branch!.summary.parent, parent!.summary.id);
    const [intervention] = branch!.summary.interventions;
    assert.deepEqual(intervention, {
      anchor: `inventory#${wrote.owner}`,
      action: 'lose-write',
      arguments: { node: 'inventory' },
    });
    assert.deepEqual(branch!.report!.unapplied, []);
    await page.getByRole('button', { name: `event ${wrote.index + 2}` }).click();
    await page.locator('.now', { hasText: 'you: lose-write inventory' }).waitFor();
    const heads = await page.locator('.metrics thead th').allInnerTexts();
    assert.deepEqual(heads, ['Metric', 'lose write inventory', 'original', 'Difference']);
    await page.screenshot({ path: path.join(pictures, 'branch-compared.png') });
    assert.deepEqual(await audit(page), []);
  });

  it('doubles what goes over a link, which the keyboard reaches from its node', async () => {
    const page = await run(commit, 'four-orders');
    await goTo(page, ({ kind, label }) => kind === EventKind.send && label === 'yes');
    await page.getByRole('button', { name: 'coordinator', exact: true }).press('Enter');
    await page.getByRole('button', { name: 'Link to inventory' }).press('Enter');
    await inspector(page).getByRole('button', { name: 'Double every other message' }).press('Enter');
    await page.getByRole('radio', { name: /^duplicate coordinator – inventory 50 %/ }).waitFor();
    const [branch] = panel!.host.runs;
    assert.ok(
      Array.from({ length: branch!.store.length }, (_, i) => branch!.store.event(i)).some(
        ({ kind }) => kind === EventKind.duplicate,
      ),
    );
  });

  it('says so where an intervention could not be applied', async () => {
    const page = await run(commit, 'four-orders');
    const { summary } = panel!.host.runs[0]!;
    const interventions = [{ anchor: 'inventory#9999', action: 'crash', arguments: { node: 'inventory' } }];
    panel!.host.run({ ...summary, interventions, parent: summary.id });
    await page.getByText('“crash inventory” was not applied: event inventory#9999').waitFor();
  });

  it('says so where a setting did nothing', async () => {
    const page = await run(balancing, 'two-down');
    const { lab, scenario, seed, parameters } = panel!.host.runs[0]!.summary;
    const changed = { ...parameters, weights: '1,1,1,1,1,1,1' };
    panel!.host.run({ lab, scenario, seed, algorithm: 'weighted-smooth', parameters: changed });
    await page.getByText('weights does nothing in this run: it has 7 figures, and there are 4 servers.').waitFor();
  });
});

describe('two variants', () => {
  it('run under several seeds are compared by the interval of their differences', async () => {
    const page = await run(balancing, 'two-down');
    const { lab, scenario, parameters } = panel!.host.runs[0]!.summary;
    for (const algorithm of ['round-robin', 'two-choices']) {
      for (const seed of [7, 8, 9]) panel!.host.run({ lab, scenario, algorithm, parameters, seed });
    }
    await tab(page, 'Runs');
    await page
      .getByRole('button', { name: /^Compare with .*, seed 9/ })
      .first()
      .click();
    await tab(page, 'Results');
    await page.getByText('over the 3 seeds run so far').waitFor();
    assert.match(await page.locator('.metrics').innerText(), /\[[−\d.]+ … [−\d.]+\]/);
    await page.screenshot({ path: path.join(pictures, 'compared-seeds.png') });
  });
});

describe('the look', () => {
  for (const theme of themeKinds) {
    it(`has nothing for axe to find in ${theme}, wide and narrow`, async () => {
      const page = await run(commit, 'four-orders', { theme });
      await goTo(page, ({ kind, label }) => kind === EventKind.deliver && label === 'prepare');
      await page.locator('.line-diff ins').first().waitFor();
      assert.deepEqual(await audit(page), []);
      await page.screenshot({ path: path.join(pictures, `${theme}-moment.png`) });
      await page.setViewportSize({ width: 300, height: 1900 });
      await page.locator('.side').screenshot({ path: path.join(pictures, `${theme}-moment-narrow.png`) });
      await tab(page, 'Results');
      await page.getByRole('button', { name: /Mean time a lock is held/ }).click();
      await page.locator('.spans').waitFor();
      assert.deepEqual(await audit(page), []);
      await page.locator('.side').screenshot({ path: path.join(pictures, `${theme}-why-narrow.png`) });
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      assert.ok(overflow <= 0, `${overflow} px too wide`);
    });
  }
});
