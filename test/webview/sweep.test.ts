/** A sweep in the panel, from its fields to the run behind a point. */
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
    height: 1100,
    prepare(host) {
      const parameters = { servers: 4, requests: 2000 };
      host.state = { version: 1, lab: lab.id, scenario: 'luck-or-choice', algorithm: 'random', seed: 3, parameters };
    },
  });
  const { page } = panel;
  await page.locator('.run-buttons vscode-button').click();
  await page.locator('.facts').waitFor();
  await page.getByRole('tab', { name: 'Charts', exact: true }).click();
  await page.getByRole('tab', { name: 'Sweep', exact: true }).click();
});
after(() => browser.close());

test('the fields begin with what the lab suggests, and say what is wrong', async () => {
  const { page } = panel;
  const to = page.getByRole('textbox', { name: 'To', exact: true });
  assert.equal(await to.inputValue(), '0.95');
  await page.getByText('Run 24 runs').waitFor();
  await to.fill('0.05');
  await page.getByText('It must lie above the beginning.').waitFor();
  await to.fill('12');
  await page.getByText('It is a number from 0.001 to 10.').waitFor();
  await to.fill('0.9');
  await page.getByRole('textbox', { name: 'Points', exact: true }).fill('40');
  await page.getByRole('textbox', { name: 'Seeds', exact: true }).fill('20');
  await page.getByText('800 runs are more than 400: take fewer points or seeds.').waitFor();
});

test('it runs with progress, and stops', async () => {
  const { page } = panel;
  await page.getByRole('textbox', { name: 'Points', exact: true }).fill('20');
  await page.getByRole('checkbox', { name: /^Short runs/ }).uncheck();
  await page.getByRole('button', { name: 'Run 400 runs' }).click();
  await page.getByText(/[1-9]\d* of 400 runs/).waitFor();
  await page.getByRole('button', { name: 'Stop', exact: true }).last().click();
  await page.getByText(/Stopped after \d+ of 400 runs/).waitFor();
});

test('its points lie on the line that theory draws, which says what it is', async () => {
  const { page } = panel;
  await page.getByRole('textbox', { name: 'Points', exact: true }).fill('5');
  await page.getByRole('textbox', { name: 'Seeds', exact: true }).fill('3');
  await page
    .locator('.sweep-fields vscode-dropdown[aria-label=Beside]')
    .evaluate((element: HTMLElement & { value: string }) => {
      element.value = 'two-choices';
      element.dispatchEvent(new Event('change'));
    });
  await page.getByRole('button', { name: 'Run 30 runs' }).click();
  await page.getByText('Sweep finished: 30 runs.').waitFor({ state: 'attached' });
  await page.getByText('Random: points measured, line M/M/1 at each server (Kendall 1953).').waitFor();
  const rows = await page.locator('.sweep-figure tbody tr').allInnerTexts();
  assert.equal(rows.length, 10);
  assert.match(rows[0]!, /^0\.1\s+Random\s+1\.\d+ ± 0\.\d+\s+1\.11/);
  await page.locator('.sweep-box canvas').waitFor();
  assert.deepEqual(await audit(page), []);
});

for (const theme of themeKinds) {
  test(`it has nothing for axe to find in ${theme}`, async () => {
    const { page } = panel;
    await panel.setTheme(theme);
    await page.waitForTimeout(200); // until it is drawn in the new colours
    assert.deepEqual(await audit(page), []);
    await page.screenshot({ path: path.join(pictures, `${theme}-sweep.png`) });
  });
}

test('a point, in the picture or in the table, is the way to its run', async () => {
  const { page, host } = panel;
  const before = host.runs.length;
  await page.getByRole('button', { name: /open the run with load ρ 0.3, Power of two choices/ }).click();
  await page.getByRole('tab', { name: 'Sweep', selected: true }).waitFor();
  await page.locator('.facts').waitFor();
  assert.equal(host.runs.length, before + 1);
  const { summary } = host.runs[0]!;
  assert.deepEqual([summary.algorithm, summary.seed, summary.parameters.arrivalRate], ['two-choices', 3, 0.3]);
  assert.ok(host.received.some((message) => message.type === 'sweep' && message.sweep.values.includes(0.3)));
});

test('so is a click on a point of the picture', async () => {
  const { page, host } = panel;
  const before = host.runs.length;
  const plot = page.locator('.sweep-box .u-over');
  await plot.scrollIntoViewIfNeeded();
  const { x, y, width, height } = (await plot.boundingBox())!;
  // The first point: 4 % of the range from the left, near the bottom.
  const left = x + (width * 0.04) / 1.08;
  const pointer = () => plot.evaluate((element) => (element as HTMLElement).style.cursor);
  let top = y + height - 2;
  for (; top > y; top -= 4) {
    await page.mouse.move(left, top);
    if ((await pointer()) === 'pointer') break;
  }
  await page.mouse.click(left, top);
  await page.getByRole('tab', { name: 'Sweep', selected: true }).waitFor();
  await page.waitForTimeout(200); // until the host has heard of it
  assert.equal(host.runs.length, before + 1);
  assert.equal(host.runs[0]!.summary.parameters.arrivalRate, 0.1);
});

test('it fits a panel 300 px wide', async () => {
  const { page } = panel;
  await panel.setTheme('dark');
  await page.setViewportSize({ width: 300, height: 1600 });
  await page.waitForTimeout(200);
  await page.screenshot({ path: path.join(pictures, 'narrow-sweep.png') });
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  assert.ok(overflow <= 0, `${overflow} px too wide`);
  assert.deepEqual(panel.problems, []);
});
