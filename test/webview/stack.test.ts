/** The algorithms of rate limiting above one another on the same arrivals: one act, in all themes, wide and at 300 px. */
import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { after, afterEach, before, describe, it } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import lab from '../../labs/rate-limiting/lab.ts';
import { openBrowser } from '../host/browser.ts';
import { audit } from './harness/audit.ts';
import { dist, openPanel, pictures, type Panel } from './harness/panel-page.ts';
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

/** A finished run of a scenario, with its timeline in front. */
async function finished(scenario: string, options: Partial<Parameters<typeof openPanel>[1]> = {}): Promise<Page> {
  panel = await openPanel(browser, {
    dist,
    labs: [lab],
    reducedMotion: true,
    prepare: (host) => void (host.state = { version: 1, lab: lab.id, scenario }),
    ...options,
  });
  await panel.page.locator('.run-buttons vscode-button').click();
  await panel.page.locator('.lanes h2').waitFor();
  return panel.page;
}

const headings = async (page: Page): Promise<string[]> =>
  (await page.locator('.lanes h2').allInnerTexts()).map((text) => text.replaceAll(/\s+/g, ' ').trim());

async function stackAll(page: Page): Promise<void> {
  await page.getByText('Beside: none').click();
  await page.getByRole('checkbox', { name: 'All', exact: true }).check();
  await page.locator('.lanes').nth(6).waitFor();
  await page.waitForFunction(() => !document.querySelector('.timeline-view')!.textContent!.includes('Running'));
}

describe('the stack', () => {
  it('shows the boundary burst of the fixed window above the others, in one act', async () => {
    const page = await finished('boundary-burst');
    const shown = panel!.host.runs[0]!.summary.id;
    await stackAll(page);
    const all = await headings(page);
    assert.equal(all[0], 'Fixed window at most 20 within 1,000 ms');
    assert.equal(all[1], 'Sliding window log at most 10 within 1,000 ms');
    assert.equal(all.length, 7, 'what is broken on purpose is not among all');
    const asked = panel!.host.received.flatMap((message) => (message.type === 'run' ? message.choice : []));
    assert.equal(asked.filter(({ aside }) => aside).length, 6);
    assert.equal(new Set(asked.map(({ seed, parameters }) => JSON.stringify([seed, parameters]))).size, 1);
    assert.equal(panel!.host.state.run ?? shown, shown, 'the run on the screen stays there');
    assert.equal(await page.getByText('Beside: all').count(), 1);
  });

  it('takes runs that were made before, and lets go of what is not wanted any more', async () => {
    const page = await finished('boundary-burst');
    await stackAll(page);
    await page.getByRole('checkbox', { name: 'All', exact: true }).uncheck();
    await page.waitForFunction(() => document.querySelectorAll('.lanes').length === 1);
    await page.getByRole('checkbox', { name: 'GCRA' }).check();
    await page.locator('.lanes').nth(1).waitFor();
    assert.match((await headings(page))[1]!, /^GCRA at most \d+ within 1,000 ms$/);
    assert.equal(panel!.host.received.filter(({ type }) => type === 'run').length, 7, 'nothing was run twice');
  });

  it('follows to the next run: other parameters are other arrivals for all', async () => {
    const page = await finished('boundary-burst');
    await page.getByText('Beside: none').click();
    await page.getByRole('checkbox', { name: 'Sliding window log' }).check();
    await page.locator('.lanes').nth(1).waitFor();
    await page.getByText('Parameters').first().click();
    await page.locator('vscode-text-field[title*="window admits"]').locator('input').fill('5');
    await page.locator('.run-buttons vscode-button').click();
    await page.getByRole('heading', { name: 'Sliding window log at most 5 within 1,000 ms' }).waitFor();
    assert.equal((await headings(page))[0], 'Fixed window at most 10 within 1,000 ms');
  });

  it('says why a run stands alone', async () => {
    const page = await finished('twice-too-many');
    const { summary, report } = panel!.host.runs[0]!;
    panel!.host.send({ type: 'runFinished', run: { ...summary, events: 300_000 }, report: report! });
    await page.getByText('Beside: none').click();
    await page.getByText('This run has more than 200,000 events: it is not made again for each algorithm.').waitFor();
    assert.ok(await page.getByRole('checkbox', { name: 'All', exact: true }).isDisabled());
  });

  for (const theme of themeKinds) {
    it(`has nothing for axe to find in ${theme}, and fits into 300 px`, async () => {
      const page = await finished(theme.endsWith('light') ? 'burst-after-silence' : 'boundary-burst', {
        theme,
        height: 1300,
      });
      await stackAll(page);
      assert.deepEqual(await audit(page), []);
      await page.screenshot({ path: path.join(pictures, `${theme}-stack.png`) });
      await page.setViewportSize({ width: 300, height: 1700 });
      await page.waitForFunction(() => document.querySelector('.lanes canvas')!.clientWidth < 300);
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      assert.ok(overflow <= 0, `${overflow} px too wide`);
      await page.locator('.timeline-view').scrollIntoViewIfNeeded();
      await page.screenshot({ path: path.join(pictures, `${theme}-stack-narrow.png`) });
    });
  }
});
