/** A run of more events than the panel holds in the panel: opened at once, scrubbed anywhere, and never all of it in the page. */
import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { after, afterEach, before, describe, it } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import lab from '../../labs/load-balancing/lab.ts';
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

/** Opens the panel on a finished run of some 600,000 events, with the cursor on one of them. */
async function open(cursor: number, options: Partial<PanelOptions> = {}): Promise<Page> {
  panel = await openPanel(browser, {
    dist,
    labs: [lab],
    prepare: (host) => {
      const [algorithm] = lab.algorithms;
      host.run({ lab: lab.id, algorithm: algorithm!.id, seed: 7, parameters: { requests: 150_000 } });
      const { id } = host.runs[0]!.summary;
      host.state = { version: 1, lab: lab.id, algorithm: algorithm!.id, run: id, cursor, view: 'state' };
    },
    ...options,
  });
  panel.page.setDefaultTimeout(15_000);
  return panel.page;
}

const words = (page: Page) => page.locator('.whole-words');
const whole = (page: Page) => page.getByRole('slider', { name: 'Position in the whole run' });
const kept = (): number => panel!.host.runs[0]!.store.length;
const figure = (value: number): string => value.toLocaleString('en-US');

/** How many events the panel has asked for, one by one. */
function askedFor(): number {
  return panel!.host.received.reduce(
    (sum, message) => sum + (message.type === 'window' ? message.to - message.from : 0),
    0,
  );
}

describe('a run of hundreds of thousands of events', () => {
  it('opens where it was left, with the events around it and how things stood before', async () => {
    const page = await open(400_000);
    await page.locator('.now', { hasText: `400,001 / ${figure(kept())}` }).waitFor();
    await words(page).filter({ hasText: 'The views show events 350,001 to 450,000' }).waitFor();
    assert.ok(askedFor() <= 100_000);
    // Counts are of the whole run: 150,000 requests served by few servers.
    const served = await page.locator('.state-view td.figure').allInnerTexts();
    assert.ok(
      served.some((text) => Number(text.replaceAll(',', '')) > 9_000),
      served.join(' '),
    );
  });

  it('is scrubbed from end to end, and its charts are of all of it', async () => {
    const page = await open(0);
    await words(page).filter({ hasText: 'The views show events 1 to 100,000' }).waitFor();
    await whole(page).focus();
    await page.keyboard.press('End');
    await page.locator('.now', { hasText: `/ ${figure(kept())}` }).waitFor();
    await words(page)
      .filter({ hasText: ` to ${figure(kept())} of ${figure(kept())}` })
      .waitFor();
    await page.getByRole('tab', { name: 'Charts' }).click();
    await page.locator('.chart').first().waitFor();
    await page.locator('.whole-strip svg').waitFor();
    const box = (await page.locator('.chart-box .u-over').first().boundingBox())!;
    await page
      .locator('.chart-box .u-over')
      .first()
      .click({ position: { x: box.width / 2, y: 20 } });
    await words(page).filter({ hasText: 'Fetching' }).waitFor({ state: 'detached' });
    await page.waitForFunction(() => {
      const at = Number(document.querySelector<HTMLInputElement>('.whole-strip input')!.value);
      return at > 200_000 && at < 450_000;
    });
    await page.screenshot({ path: path.join(pictures, 'long-run-charts.png') });
  });

  it('steps and plays over the edge of what is at hand', async () => {
    const page = await open(449_998);
    await words(page).filter({ hasText: '400,001 to 500,000' }).waitFor();
    const last = page.getByRole('slider', { name: 'Position in the run' });
    await last.press('End');
    await page.locator('.now', { hasText: '500,000 /' }).waitFor();
    await page.getByRole('button', { name: 'One event on' }).click();
    await page.locator('.now', { hasText: '500,001 /' }).waitFor();
    await words(page).filter({ hasText: 'The views show' }).waitFor();
    await page.getByRole('button', { name: 'One event back' }).click();
    await page.getByRole('slider', { name: 'Position in the run' }).press('End');
    await page.locator('.now', { hasText: '550,000 /' }).waitFor();
    await page.getByRole('button', { name: 'One event back' }).click();
    await page.getByRole('button', { name: 'Play', exact: true }).click();
    await words(page).filter({ hasText: 'The views show events 500,001 to' }).waitFor();
    await page.getByRole('button', { name: 'Pause', exact: true }).click();
  });

  it('is legible and accessible in every theme, wide and narrow', async () => {
    const page = await open(400_000);
    await page.locator('.whole-strip svg').waitFor();
    for (const theme of themeKinds) {
      await panel!.setTheme(theme);
      await page.setViewportSize({ width: theme === 'light' ? 300 : 1180, height: 820 });
      await words(page).filter({ hasText: '350,001 to 450,000' }).waitFor();
      await page.screenshot({ path: path.join(pictures, `long-run-${theme}.png`) });
      assert.deepEqual(await audit(page), [], theme);
    }
  });
});
