/** What a panel says of itself and of what it runs: whose text, that it is gone, that nobody answers, that it cannot be filled. */
import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { after, afterEach, before, describe, it } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import lab from '../../labs/consistent-hashing/lab.ts';
import { openBrowser } from '../host/browser.ts';
import { audit } from './harness/audit.ts';
import { dist, openPanel, pictures, type Panel, type PanelOptions } from './harness/panel-page.ts';

const copy = { root: '/home/ada/copy', label: 'copy' };
let browser: Browser;
let panel: Panel | undefined;

before(async () => {
  await mkdir(pictures, { recursive: true });
  browser = await openBrowser();
});
after(() => browser.close());
afterEach(async () => {
  await panel?.close();
  panel = undefined;
});

async function open(options: Partial<PanelOptions> = {}): Promise<Page> {
  panel = await openPanel(browser, { dist, labs: [lab], ...options });
  return panel.page;
}

const picture = (page: Page, name: string): Promise<unknown> =>
  page.screenshot({ path: path.join(pictures, `${name}.png`) });

describe('a panel', () => {
  it('says whose text it runs, and lets the learner choose the bundled one', async () => {
    const page = await open({ prepare: (host) => void (host.texts = [{ lab: lab.id, copy }]) });
    await page.getByText('Runs your copy (copy)').waitFor();
    await picture(page, 'runs-your-copy');
    await page.getByRole('button', { name: 'Run the bundled text' }).click();
    await page.getByText('Runs the bundled text').waitFor();
    await page.getByRole('button', { name: 'Run your copy' }).waitFor();
    assert.deepEqual(panel!.problems, []);
  });

  it('offers to make a copy where there is none to run instead of the bundled text', async () => {
    const page = await open({ prepare: (host) => void (host.texts = [{ lab: lab.id }]) });
    await page.getByText('Runs the bundled text').waitFor();
    assert.equal(await page.getByRole('button', { name: 'Run your copy' }).count(), 0);
    await page.getByRole('button', { name: 'Make a copy to edit' }).click();
    assert.deepEqual(panel!.host.received.at(-1), { type: 'openLab', lab: lab.id });
  });

  it('refuses a copy that is gone, and runs the bundled text when it is told to', async () => {
    const page = await open({ prepare: (host) => void (host.texts = [{ lab: lab.id, copy, gone: true }]) });
    await page.getByText('Your copy (copy) is gone: nothing runs in its place.').waitFor();
    await page.locator('.run-buttons vscode-button').click();
    const failure = page.getByRole('alert').filter({ hasText: 'Your copy is gone' });
    await failure.waitFor();
    await failure.getByText('Open the lab').click();
    assert.deepEqual(
      panel!.host.received.filter(({ type }) => type === 'openLab'),
      [{ type: 'openLab', lab: lab.id }],
    );
    await picture(page, 'copy-gone');
    assert.deepEqual(await audit(page), []);
    await failure.getByText('Run the bundled text').click();
    await page.getByText('Ran the bundled text').waitFor();
    const asked = panel!.host.received.filter(({ type }) => type === 'run' || type === 'chooseText');
    assert.deepEqual(
      asked.map(({ type }) => type),
      ['run', 'chooseText', 'run'],
    );
    assert.deepEqual(panel!.problems, []);
  });

  it('says what a run ran from what the run knows, whatever is chosen by now', async () => {
    const page = await open();
    await page.locator('.run-buttons vscode-button').click();
    await page.getByText('Ran the bundled text').waitFor();
    const [run] = panel!.host.runs;
    const summary = { ...run!.summary, edited: true, copy };
    panel!.host.send({ type: 'runFinished', run: summary, report: run!.report! });
    await page.getByText('Ran your copy (copy)').waitFor();
    await page.getByRole('tab', { name: 'Runs' }).click();
    await page.locator('.history-facts', { hasText: 'your copy (copy)' }).waitFor();
  });

  it('says when nobody answers any more, stops nothing, and takes it back when somebody does', async () => {
    const page = await open();
    panel!.host.silent = true;
    const notice = page.getByRole('alert').filter({ hasText: 'does not answer' });
    await notice.waitFor();
    const link = notice.getByRole('link', { name: 'Reload this panel' });
    assert.equal(await link.getAttribute('href'), 'command:systemDesignLabs.openPlayground');
    assert.equal(await page.locator('.run-buttons vscode-button').getAttribute('disabled'), '');
    await picture(page, 'nobody-answers');
    assert.deepEqual(await audit(page), []);
    panel!.host.silent = false;
    await notice.waitFor({ state: 'detached' });
  });

  it('says why it cannot be filled, and tries again', async () => {
    let broken = true;
    const page = await open({
      drawn: '.trouble',
      prepare: (host) => {
        const receive = host.receive.bind(host);
        host.receive = (message) => {
          if (message.type === 'ready' && broken)
            host.send({ type: 'unready', message: 'too many files in the folder' });
          else receive(message);
        };
      },
    });
    await page.getByText('This panel could not be filled: too many files in the folder').waitFor();
    await picture(page, 'cannot-be-filled');
    broken = false;
    await page.getByText('Try again').click();
    await page.locator('.controls').waitFor();
    assert.equal(await page.locator('.trouble').count(), 0);
    panel!.host.send({ type: 'unready', message: 'too many files in the folder' });
    await page.getByText('This panel could not be brought up to date').waitFor();
    await page.locator('.controls').waitFor();
  });

  it('says that its files are missing where its scripts do not load', async () => {
    const page = await open({ missing: 'panel.js', drawn: '#app [role=alert]' });
    await page.getByText('This panel could not be loaded: one of its files is missing.').waitFor();
    assert.equal(
      await page.getByRole('link', { name: 'Reload it' }).getAttribute('href'),
      'command:systemDesignLabs.openPlayground',
    );
  });

  it('says that it has come upon a mistake of ours, and can be shown again', async () => {
    const page = await open();
    const message = panel!.host.openMessage();
    // A lab that no component can draw.
    panel!.host.send({ ...message, labs: message.labs.map((entry) => ({ ...entry, scenarios: null! })) });
    panel!.host.send({ ...message, labs: message.labs.map((entry) => ({ ...entry, parameters: [null!] })) });
    await page.getByRole('alert').waitFor();
    assert.notEqual(await page.locator('#app').innerText(), '');
  });
});

describe('small things', () => {
  it('an open list lies over what stands below it', async () => {
    const page = await open({ prepare: (host) => void (host.state = { version: 1, lab: lab.id, view: 'log' }) });
    await page.locator('.run-buttons vscode-button').click();
    await page.getByText('Ran the bundled text').waitFor();
    await page.getByRole('tab', { name: 'Log' }).click();
    await page.locator('.log-tools').waitFor();
    const dropdown = page.locator('vscode-dropdown[aria-label="Scenario"]');
    await dropdown.click();
    await picture(page, 'open-list');
    const covered = await dropdown.evaluate((element) => {
      const options = [...element.querySelectorAll('vscode-option')];
      return options.filter((option) => {
        const { x, y, width, height } = option.getBoundingClientRect();
        const points = [0.1, 0.5, 0.9].map((share) => document.elementFromPoint(x + width * share, y + height / 2));
        return points.some((top) => top !== null && !element.contains(top));
      }).length;
    });
    assert.equal(covered, 0);
  });

  it('every button of the header has a word on it', async () => {
    for (const width of [1180, 420]) {
      const page = await open({ width });
      assert.deepEqual(await page.locator('.run-buttons > *').allInnerTexts(), ['Run', 'Source', 'Benchmark']);
      await picture(page, `words-${width}`);
      await panel!.close();
    }
  });
});
