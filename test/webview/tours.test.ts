/** Tours in a real browser, on real runs: by keyboard alone, right and wrong, in all four kinds of theme. */
import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { after, afterEach, before, describe, it } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import consistentHashing from '../../labs/consistent-hashing/lab.ts';
import type { Lab } from '../../labs/engine/lab/lab.ts';
import twoPhaseCommit from '../../labs/two-phase-commit/lab.ts';
import { openBrowser } from '../host/browser.ts';
import { audit } from './harness/audit.ts';
import { dist, openPanel, pictures, type Panel, type PanelOptions } from './harness/panel-page.ts';
import { themeKinds } from './harness/themes.ts';

const labs = [consistentHashing, twoPhaseCommit] as unknown as Lab[];
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

async function open(lab: string, options: Partial<PanelOptions> = {}): Promise<Page> {
  const { prepare, ...rest } = options;
  panel = await openPanel(browser, {
    dist,
    labs,
    reducedMotion: true,
    prepare(host) {
      host.state = { version: 1, lab };
      prepare?.(host);
    },
    ...rest,
  });
  return panel.page;
}

/** Tabs on from where the focus is until it stands on something whose text contains this, and presses Enter. */
async function press(page: Page, text: string): Promise<void> {
  for (let i = 0; i < 80; i++) {
    const focused = await page.evaluate(() => {
      const element = document.activeElement as HTMLElement | null;
      return `${element?.innerText ?? ''} ${element?.getAttribute('aria-label') ?? ''}`;
    });
    // A container has the texts of all that is in it: what is wanted is short.
    if (focused.includes(text) && focused.length < text.length + 60) return page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
  }
  assert.fail(`'${text}' cannot be reached by Tab`);
}

const tour = (page: Page) => page.locator('.tour');
const cursor = (page: Page): Promise<number> => page.locator('.scrubber input').inputValue().then(Number);

describe('a tour', () => {
  it('is taken by keyboard alone: a wrong choice, the run that refutes it, the line, a right choice', async () => {
    const page = await open('consistent-hashing');
    await press(page, 'Take the tour');
    await tour(page).getByText('One server is about to leave. Which keys move?').waitFor();
    assert.match(
      await page.locator('.now').innerText(),
      /1 server leaves/,
      'it stops where the server is about to leave',
    );

    await press(page, 'Nearly all of them');
    await tour(page)
      .getByText(/Not so\..*depends on how many servers there are/)
      .waitFor();
    await press(page, 'See it run: Modulo');
    await tour(page)
      .getByText(/Moved when servers left: \d+ here, \d+ there/)
      .waitFor();
    assert.equal(panel!.host.runs[0]!.summary.algorithm, 'modulo');
    assert.equal(panel!.host.runs[0]!.summary.seed, panel!.host.runs[1]!.summary.seed);
    await page.locator('.inspector').waitFor();
    await page.screenshot({ path: path.join(pictures, 'tour-contrast.png') });

    await press(page, 'Show the line in ring.ts');
    const source = panel!.host.received.findLast(({ type }) => type === 'openSource');
    assert.ok(source?.type === 'openSource' && source.file === 'ring.ts' && source.find !== undefined);

    await press(page, 'Next');
    await tour(page).getByText('Step 2 of 2').waitFor();
    await tour(page).getByText('Who got the keys of the server that left?').waitFor();
    await press(page, 'One server: the next clockwise');
    await tour(page).getByText('Right.').waitFor();
    await tour(page)
      .getByText(/The arc that ended at the lost point/)
      .waitFor();
    assert.deepEqual(panel!.host.answers, [
      {
        lab: 'consistent-hashing',
        scenario: 'one-leaves',
        step: 'which-keys-move',
        right: false,
        misconception: 'owner-depends-on-count',
      },
      { lab: 'consistent-hashing', scenario: 'one-leaves', step: 'who-inherits', right: true },
    ]);
    await press(page, 'Done');
    await tour(page).waitFor({ state: 'detached' });
  });

  it('plays to where it happens, and can be skipped there', async () => {
    const page = await open('two-phase-commit', { reducedMotion: false });
    await tour(page).getByRole('button', { name: 'Take the tour' }).click();
    await tour(page).getByRole('button', { name: 'Skip there' }).click();
    await tour(page).getByText('What does the coordinator do now?').waitFor();
    const stopped = await cursor(page);
    await page.waitForTimeout(400);
    assert.equal(await cursor(page), stopped, 'it stays there');
  });

  it('asks for a number, and judges it by what was measured', async () => {
    const page = await open('consistent-hashing', {
      prepare: (host) => (host.state = { version: 1, lab: 'consistent-hashing', scenario: 'at-scale' }),
    });
    await press(page, 'Take the tour');
    await tour(page).getByText('How many keys will have to be copied?').waitFor();
    const guess = tour(page).locator('vscode-text-field input');
    await guess.fill('some');
    await guess.press('Enter');
    await tour(page).getByText('Write a number').waitFor();
    await guess.fill('9,500');
    await guess.press('Enter');
    const moved = panel!.host.runs[0]!.report!.metrics.movedOnRemove!;
    await tour(page).getByText(`You said 9,500; it is ${moved} keys.`).waitFor();
    assert.equal(panel!.host.answers[0]?.right, false);
  });

  it('shows what was answered before, and is not offered where it is switched off', async () => {
    let page = await open('consistent-hashing', {
      prepare: (host) =>
        host.answers.push({ lab: 'consistent-hashing', scenario: 'one-leaves', step: 'who-inherits', right: true }),
    });
    await tour(page).getByText('1 of 2 answered').waitFor();
    await tour(page).getByRole('button', { name: 'Close the tour' }).click();
    await tour(page).waitFor({ state: 'detached' });
    await panel!.close();
    page = await open('consistent-hashing', { prepare: (host) => (host.toursOffered = false) });
    await page.locator('.run-buttons').waitFor();
    assert.equal(await tour(page).count(), 0);
  });

  for (const theme of themeKinds) {
    it(`has nothing for axe to find in ${theme}, and fits 300 px`, async () => {
      const page = await open('two-phase-commit', { theme });
      const picture = (name: string) => page.screenshot({ path: path.join(pictures, `tour-${theme}-${name}.png`) });
      await press(page, 'Take the tour');
      await tour(page).getByText('What does the coordinator do now?').waitFor();
      await page.waitForTimeout(150); // until what is drawn on the next frame is there
      assert.deepEqual(await audit(page), []);
      await picture('question');
      await press(page, 'It waits for the other vote');
      await tour(page)
        .getByText(/Not so\./)
        .waitFor();
      assert.deepEqual(await audit(page), []);
      await picture('answer');
      await page.setViewportSize({ width: 300, height: 900 });
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      assert.ok(overflow <= 0, `${overflow} px too wide`);
      await tour(page).scrollIntoViewIfNeeded();
      await page.waitForTimeout(150);
      await picture('narrow');
    });
  }
});
