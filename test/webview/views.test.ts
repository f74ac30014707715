/** Views are loaded by themselves, and offered where a run has something for them. */
import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import balancing from '../../labs/load-balancing/lab.ts';
import hashing from '../../labs/consistent-hashing/lab.ts';
import commit from '../../labs/two-phase-commit/lab.ts';
import { openBrowser } from '../host/browser.ts';
import { audit } from './harness/audit.ts';
import { dist, openPanel, pictures, type PanelOptions } from './harness/panel-page.ts';
import { fileOf, loads } from './harness/view-files.ts';

let browser: Browser;
before(async () => {
  await mkdir(pictures, { recursive: true });
  browser = await openBrowser();
});
after(() => browser.close());

const tabs = (page: Page): Promise<string[]> =>
  page.getByRole('tablist', { name: 'Views' }).getByRole('tab').allInnerTexts();

async function run(page: Page): Promise<void> {
  await page.locator('.run-buttons vscode-button').click();
  await page.locator('.facts').waitFor();
}

describe('a view', () => {
  it('that will be looked at is loaded before anything is run, and none that the lab has not', async () => {
    const { page, problems, close } = await openPanel(browser, { dist, labs: [balancing, hashing] });
    for (const view of ['timeline', 'cluster', 'charts', 'state', 'log', 'diagram'] as const) await loads(page, view);
    const loaded = await page.evaluate(() =>
      performance.getEntriesByType('resource').map(({ name }) => new URL(name).pathname.slice(1)),
    );
    assert.ok(!loaded.includes(fileOf('ring')));
    assert.deepEqual(problems, []);
    await close();
  });

  it('that a run cannot fill is not offered once it is over', async () => {
    const { page, problems, close } = await openPanel(browser, {
      dist,
      labs: [commit],
      reducedMotion: true,
      prepare: (host) => void (host.state = { version: 1, lab: commit.id, scenario: 'all-well' }),
    });
    await run(page);
    await page.getByRole('tab', { name: 'Timeline', exact: true }).waitFor({ state: 'detached' });
    assert.deepEqual(await tabs(page), ['Sequence', 'State', 'Cluster', 'Charts', 'Log', 'Diagram']);
    assert.deepEqual(problems, []);
    await close();
  });

  it('that was chosen keeps its tab, and says why it is empty', async () => {
    const { page, problems, close } = await openPanel(browser, {
      dist,
      labs: [commit],
      reducedMotion: true,
      prepare: (host) => void (host.state = { version: 1, lab: commit.id, scenario: 'all-well', view: 'timeline' }),
    });
    await run(page);
    await page.getByText(/Timeline has nothing to draw: nothing was admitted/).waitFor();
    await page.getByRole('tab', { name: 'Timeline', selected: true }).waitFor();
    assert.deepEqual(await audit(page), []);
    await page.screenshot({ path: path.join(pictures, 'view-without-anything.png') });
    await page.getByRole('tab', { name: 'State', exact: true }).click();
    await page.locator('.state-view').waitFor();
    assert.ok(!(await tabs(page)).includes('Timeline'));
    assert.deepEqual(problems, []);
    await close();
  });

  it('that could not be loaded says so, and can be asked for again', async () => {
    const options: PanelOptions = { dist, labs: [hashing], reducedMotion: true, missing: fileOf('log') };
    const { page, close } = await openPanel(browser, options);
    await run(page);
    await page.locator('.ring-view').waitFor();
    await page.getByRole('tab', { name: 'Log', exact: true }).click();
    await page.getByRole('alert').getByText('The view “Log” could not be loaded').waitFor();
    assert.deepEqual(await audit(page), []);
    await page.screenshot({ path: path.join(pictures, 'view-not-loaded.png') });
    delete options.missing;
    await page.getByText('Try again').click();
    await page.locator('.log-view').waitFor();
    await close();
  });
});
