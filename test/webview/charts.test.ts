/** Charts of a run beside theory and beside the other half of its scenario. */
import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { after, before, test } from 'node:test';
import type { Browser } from 'playwright-core';
import lab from '../../labs/load-balancing/lab.ts';
import { openBrowser } from '../host/browser.ts';
import { audit } from './harness/audit.ts';
import { dist, openPanel, pictures, type Panel } from './harness/panel-page.ts';
import { themeKinds } from './harness/themes.ts';

let browser: Browser;
let panel: Panel;

before(async () => {
  await mkdir(pictures, { recursive: true });
  browser = await openBrowser();
  panel = await openPanel(browser, {
    dist,
    labs: [lab],
    reducedMotion: true,
    prepare: (host) => void (host.state = { version: 1, lab: lab.id, scenario: 'failover' }),
  });
});
after(() => browser.close());

test('the theory is shaded behind the curve that it speaks of, and said in words', async () => {
  const { page, host } = panel;
  await page.locator('.run-buttons vscode-button').click();
  await page.locator('.facts').waitFor();
  const { summary, report } = host.runs[0]!;
  const theory = {
    metric: 'p50',
    measured: 1,
    low: 0.9,
    high: 1.2,
    expected: 1,
    agrees: true,
    formula: 'for this test',
    curve: { chart: 'Time in system, ms', title: '50th percentile', scale: 200 },
  };
  host.send({ type: 'runFinished', run: { ...summary }, report: { ...report!, theory: [theory] } });
  await page.getByRole('tab', { name: 'Charts', exact: true }).click();
  await page.getByText('Shaded: what theory allows the run as a whole: 50th percentile 180 to 240.').waitFor();
});

test('the compared run lies over it, in the figures too', async () => {
  const { page } = panel;
  await page.getByRole('button', { name: /^Run with/ }).click();
  await page.getByText(/They part at/).waitFor();
  await page.locator('.u-legend', { hasText: 'finished, ' }).waitFor();
  await page.getByText('Finished per second in figures').click();
  const rows = await page.locator('.chart').first().locator('.as-table tbody tr').allInnerTexts();
  assert.equal(rows.length, 2);
  assert.deepEqual(await audit(page), []);
  await page.screenshot({ path: path.join(pictures, 'charts-compared.png') });
  assert.deepEqual(panel.problems, []);
});

test('histograms of both runs lie over each other, as bins and as what exceeds them', async () => {
  const { page } = panel;
  await page.setViewportSize({ width: 1180, height: 1100 });
  await page.getByRole('tab', { name: 'Histograms', exact: true }).click();
  await page.getByText('Time in system in figures').click();
  await page.locator('.histogram-box canvas').nth(1).waitFor();
  const measured = page.locator('.sweep-theory').first().locator('li');
  assert.match((await measured.allInnerTexts()).join('\n'), /requests, measured\n.*requests, \S+/);
  for (const theme of themeKinds) {
    await panel.setTheme(theme);
    await page.waitForTimeout(150); // until it is drawn in the new colours
    assert.deepEqual(await audit(page), [], theme);
    await page.screenshot({ path: path.join(pictures, `${theme}-histograms.png`) });
  }
  const look = page.getByRole('combobox', { name: 'How to show: time in system' });
  await look.evaluate((element: HTMLElement & { value: string }) => {
    element.value = 'tail';
    element.dispatchEvent(new Event('change'));
  });
  await page.waitForTimeout(150);
  await page.setViewportSize({ width: 300, height: 1400 });
  await page.waitForTimeout(150);
  await page.screenshot({ path: path.join(pictures, 'narrow-histograms.png') });
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  assert.ok(overflow <= 0, `${overflow} px too wide`);
  await page.setViewportSize({ width: 1180, height: 820 });
  assert.deepEqual(panel.problems, []);
});

for (const theme of themeKinds) {
  test(`axe finds nothing in the timeline of both runs in ${theme}`, async () => {
    const { page } = panel;
    await panel.setTheme(theme);
    await page.getByRole('tab', { name: 'Timeline', exact: true }).click();
    await page.locator('.lanes').nth(1).waitFor();
    assert.deepEqual(await audit(page), []);
    await page.screenshot({ path: path.join(pictures, `${theme}-timeline.png`) });
  });
}
