/** The diagrams that a lab has of itself: the states that are marked follow the cursor, and every picture can be kept. */
import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { after, before, test } from 'node:test';
import type { Browser } from 'playwright-core';
import balancing from '../../labs/load-balancing/lab.ts';
import commit from '../../labs/two-phase-commit/lab.ts';
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
    labs: [commit, balancing],
    reducedMotion: true,
    prepare: (host) => void (host.state = { version: 1, lab: commit.id, scenario: 'four-orders', seed: 1 }),
  });
  const { page } = panel;
  await page.locator('.run-buttons vscode-button').click();
  await page.locator('.facts').waitFor();
  await page.getByRole('tab', { name: 'Diagram', exact: true }).click();
});
after(() => browser.close());

/** What is marked in the picture. */
const marked = () => panel.page.locator('.diagram-box .current');

test('the marked state is that of the cursor, step by step', async () => {
  const { page } = panel;
  await page.getByRole('tab', { name: 'Coordinator', exact: true }).click();
  const slider = page.getByRole('slider').first();
  await slider.focus();
  await page.keyboard.press('Home');
  const state = page.locator('.node-states tbody td').first();
  await state.waitFor({ state: 'detached' }); // it joins last
  const seen: string[] = [];
  for (let step = 0; step < 40; step++) {
    await page.keyboard.press('ArrowRight');
    await page.waitForTimeout(300); // the picture follows a few times a second
    const [now] = await state.allInnerTexts();
    if (now !== undefined && seen.at(-1) !== now) seen.push(now);
  }
  assert.deepEqual(seen.slice(0, 3), ['idle', 'waits for votes', 'waits for acknowledgements']);
  await marked()
    .filter({ hasText: await state.innerText() })
    .waitFor();
});

test('it can be copied as Mermaid and Markdown and saved as SVG, as the messages can', async () => {
  const { page, host } = panel;
  const lastText = () => host.received.flatMap((message) => ('text' in message ? [message.text] : [])).at(-1)!;
  for (const [tab, begin] of [
    ['Messages', 'sequenceDiagram'],
    ['Coordinator', 'stateDiagram-v2'],
    ['Participant', 'stateDiagram-v2'],
    ['Architecture', 'flowchart LR'],
  ] as const) {
    await page.getByRole('tab', { name: tab, exact: true }).click();
    await page.locator('.diagram-box svg').waitFor();
    await page.getByRole('button', { name: 'Copy as Mermaid' }).click();
    await page.waitForTimeout(50);
    assert.ok(lastText().startsWith(begin), lastText());
    await page.getByRole('button', { name: 'Copy as Markdown' }).click();
    await page.waitForTimeout(50);
    assert.ok(lastText().startsWith(`\`\`\`mermaid\n${begin}`));
    await page.getByRole('button', { name: 'Save SVG' }).click();
    await page.waitForTimeout(50);
    assert.ok(lastText().startsWith('<svg'));
  }
});

for (const theme of themeKinds) {
  test(`diagrams have nothing for axe to find in ${theme}`, async () => {
    const { page } = panel;
    await panel.setTheme(theme);
    await page.getByRole('tab', { name: 'Participant', exact: true }).click();
    await marked().first().waitFor();
    await page.waitForTimeout(300); // until it is drawn in the new colours
    assert.deepEqual(await audit(page), []);
    await page.screenshot({ path: path.join(pictures, `${theme}-state-machine.png`) });
  });
}

test('a lab without messages shows its architecture first', async () => {
  const { page, host } = panel;
  await panel.setTheme('dark');
  host.send({ type: 'choose', lab: balancing.id, scenario: 'failover' });
  await page.locator('.run-buttons vscode-button').click();
  await page.getByRole('tab', { name: 'Diagram', exact: true }).click();
  await page.getByRole('tab', { name: 'Architecture', selected: true }).waitFor();
  await page.locator('.diagram-box', { hasText: 'server B' }).waitFor();
  await page.getByRole('tab', { name: 'Health of a server', exact: true }).click();
  assert.equal(await page.locator('.node-states tbody tr').count(), 3);
  await page.setViewportSize({ width: 300, height: 1000 });
  await page.waitForTimeout(300);
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  assert.ok(overflow <= 0, `${overflow} px too wide`);
  assert.deepEqual(panel.problems, []);
});
