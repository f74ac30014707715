/** The views of simulated runs in a real browser: drawn from a story written by hand, in all four kinds of theme. */
import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { after, afterEach, before, describe, it } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { TraceStore } from '../../labs/engine/trace/store.ts';
import { commitLab, commitReport, commitRun, commitTrace } from './fixtures/commit-story.ts';
import { audit } from './harness/audit.ts';
import { openBrowser } from '../host/browser.ts';
import { dist, openPanel, pictures, type Panel, type PanelOptions } from './harness/panel-page.ts';
import { loads } from './harness/view-files.ts';
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

/** The panel with the story open at an event. */
async function open(cursor: number, options: Partial<PanelOptions> = {}): Promise<Page> {
  panel = await openPanel(browser, {
    dist,
    labs: [commitLab],
    reducedMotion: true,
    prepare(host) {
      const store = new TraceStore({ maxEvents: commitTrace.length });
      store.append(0, commitTrace.columns, commitTrace.strings);
      host.store(commitRun, store, commitReport);
      host.state = { version: 1, lab: commitLab.id, run: commitRun.id, cursor };
    },
    ...options,
  });
  await panel.page.locator('.facts').waitFor();
  return panel.page;
}

const show = (page: Page, view: string): Promise<void> => page.getByRole('tab', { name: view, exact: true }).click();

const last = commitTrace.length - 1;

describe('the views of a simulated run', () => {
  it('draw messages, losses and crashes over time, and follow the keyboard', async () => {
    const page = await open(last);
    await page.getByText('5 nodes, 29 messages, 4 lost').waitFor();
    const diagram = page.getByRole('application', { name: /Messages between nodes/ });
    await diagram.focus();
    await page.keyboard.press('Home');
    await page.locator('.now', { hasText: 'transaction 1' }).waitFor();
    await page.keyboard.press('ArrowDown');
    await page.locator('.now', { hasText: 'client sends begin' }).waitFor();
    await page.locator('.sequence .message').first().locator('.hit').click({ force: true });
    await page.locator('.inspector h2', { hasText: 'client sends begin #1 to coordinator' }).waitFor();
  });

  it('offer to drop a message that is on its way, as a branch that names it', async () => {
    const page = await open(0);
    await page.getByRole('slider').fill('6');
    await page.locator('.sequence .message').first().locator('.hit').click({ force: true });
    await page.getByRole('button', { name: 'Drop it' }).waitFor();
  });

  it('list how each node is', async () => {
    const page = await open(last);
    await show(page, 'State');
    assert.match(await page.locator('.state-view').innerText(), /coordinator\s+up\s+tx 3: abort/);
  });

  it('show what an event changed, with the words that differ marked', async () => {
    const page = await open(last);
    await show(page, 'Cluster');
    await page.getByRole('button', { name: /^coordinator .*; up/ }).focus();
    await page.keyboard.press('Enter');
    await page.locator('.inspector h2', { hasText: 'coordinator' }).waitFor();
    assert.equal(await page.locator('.change del').count(), 1);
    assert.equal(await page.locator('.change ins').count(), 1);
    await page.screenshot({ path: path.join(pictures, 'inspector-change.png') });
    assert.deepEqual(await audit(page), []);
  });

  it('let nodes of a cluster be chosen by keyboard, with what can be done to them', async () => {
    const page = await open(last);
    await show(page, 'Cluster');
    await page.getByRole('button', { name: /^payment .*; up/ }).focus();
    await page.keyboard.press('Enter');
    await page.locator('.inspector h2', { hasText: 'payment' }).waitFor();
    await page.getByRole('button', { name: 'Crash', exact: true }).waitFor();
  });

  it('load charts and Mermaid only when they are looked at', async () => {
    const page = await open(last);
    // The views themselves come ahead, those that have a tab one after the other.
    for (const view of ['charts', 'log', 'diagram'] as const) await loads(page, view);
    const loaded: string[] = [];
    page.on('request', (request) => loaded.push(new URL(request.url()).pathname));
    await show(page, 'Log');
    assert.deepEqual(loaded, []);
    await show(page, 'Charts');
    await page.locator('.u-over').first().waitFor();
    const forCharts = loaded.length;
    assert.ok(forCharts > 0);
    await show(page, 'Diagram');
    await page.locator('.diagram-box svg').waitFor();
    assert.ok(loaded.length > forCharts);
    await page.getByRole('button', { name: 'Copy as Mermaid' }).click();
    assert.ok(
      panel!.host.received.some((message) => message.type === 'copyText' && message.text.startsWith('sequenceDiagram')),
    );
    await page.getByRole('button', { name: 'Save SVG' }).click();
    assert.ok(panel!.host.received.some((message) => message.type === 'saveText' && message.text.startsWith('<svg')));
  });

  for (const theme of themeKinds) {
    it(`have nothing for axe to find in ${theme}`, async () => {
      const page = await open(40, { theme });
      for (const view of ['Sequence', 'Cluster', 'Charts', 'State', 'Diagram']) {
        await show(page, view);
        if (view === 'Charts') await page.locator('.u-over').first().waitFor();
        if (view === 'Diagram') await page.locator('.diagram-box svg').waitFor();
        await page.waitForTimeout(150); // until what is drawn on the next frame is there
        assert.deepEqual(await audit(page), [], view);
        await page.screenshot({ path: path.join(pictures, `${theme}-${view.toLowerCase()}.png`) });
        const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
        assert.ok(overflow <= 0, `${view} is ${overflow} px too wide`);
      }
    });
  }
});
