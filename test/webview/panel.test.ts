/**
 * The panel in a real browser: what a learner does with mouse and keyboard, in all four kinds of theme, wide and narrow.
 * Wants a built webview (`npm run build`); pictures go to out/screenshots/webview/.
 */
import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { after, afterEach, before, describe, it } from 'node:test';
import type { Browser, Locator, Page } from 'playwright-core';
import lab from '../../labs/consistent-hashing/lab.ts';
import other from '../../labs/load-balancing/lab.ts';
import { audit } from './harness/audit.ts';
import { openBrowser } from '../host/browser.ts';
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

async function open(options: Partial<PanelOptions> = {}): Promise<Page> {
  panel = await openPanel(browser, { dist, labs: [lab], ...options });
  return panel.page;
}

/** Runs what is in the form and waits until its picture stands at the end. */
async function run(page: Page): Promise<void> {
  const before = panel!.host.runs.length;
  await page.locator('.run-buttons vscode-button').click();
  while (panel!.host.runs.length === before) await page.waitForTimeout(10);
  const { events, hash } = panel!.host.runs[0]!.summary;
  await page.locator('.facts', { hasText: hash!.slice(0, 12) }).waitFor();
  await page.waitForFunction(
    (last) => document.querySelector<HTMLInputElement>('.scrubber input')?.max === String(last),
    events - 1,
  );
  await slider(page).press('End');
  const all = events.toLocaleString('en-US');
  await page.locator('.now', { hasText: `${all} / ${all}` }).waitFor();
  await page.waitForTimeout(50); // the picture follows with the next frame
}

const slider = (page: Page): Locator => page.getByRole('slider', { name: 'Position in the run' });
const ring = (page: Page): Locator => page.getByRole('application', { name: /Ring of servers/ });
const explanation = (page: Page): Promise<string> => page.locator('.explanation').innerText();

const field = (page: Page, label: string): Locator =>
  page.locator(`vscode-text-field[aria-label="${label}" i]`).locator('input');

async function choose(page: Page, label: string, option: string): Promise<void> {
  const dropdown = page.locator(`vscode-dropdown[aria-label="${label}"]`);
  await dropdown.click();
  await dropdown.locator('vscode-option', { hasText: option }).first().click();
}

describe('a run', () => {
  it('invites, runs, shows what happened and what it means', async () => {
    const page = await open();
    await page.getByRole('heading', { name: 'Consistent hashing', level: 2 }).waitFor();
    await run(page);
    assert.match(await explanation(page), /24 keys on 4 servers; 4 moved/);
    assert.match(await page.locator('.metrics').innerText(), /Moved when servers left keys\s+4/);
    assert.match(await page.locator('.checks').innerText(), /No key moves between two servers that stay held/);
    const shown = await page.locator('.seed .field-note').innerText();
    assert.equal(shown, `trace ${panel!.host.runs[0]!.report!.trace.hash.slice(0, 12)}`);
    assert.ok(panel!.host.mostInFlight <= 2);
  });

  it('is stepped, stepped back and scrubbed', async () => {
    const page = await open({ reducedMotion: true });
    await run(page);
    const at = (): Promise<string> => page.locator('.now').innerText();
    assert.match(await at(), /^43 \/ 43/);
    await page.getByRole('button', { name: 'One event back' }).click();
    assert.match(await at(), /^42 \/ 43/);
    await page.locator('.explanation', { hasText: '3 moved' }).waitFor();
    await page.getByRole('button', { name: 'One event on' }).click();
    await page.getByRole('button', { name: 'To the previous mark' }).click();
    assert.match(await at(), /1 server leave/);
    await slider(page).fill('5');
    assert.match(await at(), /^6 \/ 43/);
    await page.locator('.explanation', { hasText: /^0 keys on 3 servers/ }).waitFor();
  });

  it('has bars and tables that agree with the ring, on every step and after every jump', async () => {
    const page = await open({ reducedMotion: true });
    await run(page);
    await page.getByText('Servers and keys as tables').click();
    const agree = (): Promise<unknown> =>
      page.waitForFunction(() => {
        const numbers = (selector: string): number[] =>
          [...document.querySelectorAll(selector)].map((one) => Number(one.firstChild!.textContent));
        const keys = Number.parseInt(document.querySelector('.explanation')!.textContent, 10);
        const bars = numbers('.bars .bar-figure');
        const rows = numbers('.as-table table:first-of-type tbody td:nth-child(2)');
        return bars.reduce((sum, load) => sum + load, 0) === keys && String(bars) === String(rows);
      });
    for (let back = 0; back < 12; back++) {
      await agree();
      await page.getByRole('button', { name: 'One event back' }).click();
    }
    for (let on = 0; on < 6; on++) {
      await page.getByRole('button', { name: 'One event on' }).click();
      await agree();
    }
    for (const event of ['20', '42', '35', '42', '10']) {
      await slider(page).fill(event);
      await agree();
    }
  });

  it('plays by itself, and pauses', async () => {
    const page = await open();
    await page.locator('.run-buttons vscode-button').click();
    await page.waitForFunction(() => Number(document.querySelector<HTMLInputElement>('.scrubber input')?.value) > 1);
    await page.getByRole('button', { name: 'Pause' }).click();
    await page.getByRole('button', { name: 'Play' }).waitFor();
  });

  it('takes parameters, says what is wrong with one, and that a change is for the next run', async () => {
    const page = await open();
    await run(page);
    await page.getByText('Parameters', { exact: true }).click();
    const keys = field(page, 'keys');
    await keys.fill('0');
    await page.getByText(/keys must be a whole number from 1 to/).waitFor();
    await keys.fill('30');
    await page.getByText('Changes apply to the next run.').waitFor();
    await run(page);
    assert.match(await explanation(page), /30 keys on 4 servers/);
  });

  it('shows the parameters that its algorithm uses, and names the others', async () => {
    const page = await open();
    await page.getByText('Parameters', { exact: true }).click();
    await field(page, 'virtual nodes').waitFor();
    await page.getByText('Without meaning here: ε').waitFor();
    await page.screenshot({ path: path.join(pictures, 'parameters-of-the-ring.png') });
    await choose(page, 'Algorithm', 'Modulo');
    await page.getByText(/Without meaning here: virtual nodes, ε/).waitFor();
    assert.equal(await field(page, 'virtual nodes').count(), 0);
  });

  it('is of another lab once that is picked, whose tour is fetched when it is taken', async () => {
    const page = await open({ labs: [lab, other], reducedMotion: true });
    await run(page);
    await page.getByRole('button', { name: `Lab: ${lab.title}` }).click();
    await page.getByRole('button', { name: `Lab: ${other.title}` }).waitFor();
    const asked = (): string[] => panel!.host.received.map(({ type }) => type).filter((type) => type === 'tour');
    assert.deepEqual(asked(), []);
    await page.locator('.run-buttons vscode-button').click();
    await page.getByText('Take the tour').click();
    await page.getByRole('heading', { name: /Step 1 of/ }).waitFor();
    assert.deepEqual(asked(), ['tour']);
    await page.screenshot({ path: path.join(pictures, 'another-lab.png') });
    await page.getByRole('tab', { name: 'Runs' }).click();
    const { algorithm } = panel!.host.runs.at(-1)!.summary;
    const { title } = lab.algorithms.find(({ id }) => id === algorithm)!;
    await page.locator('.history-title', { hasText: title }).waitFor();
  });

  it('branches where a server is removed, and keeps both', async () => {
    const page = await open({ reducedMotion: true });
    await run(page);
    await page.getByRole('button', { name: 'To the previous mark' }).click();
    await page.getByText('Servers and keys as tables').click();
    await page.getByRole('button', { name: 'Remove this server: shard-0' }).click();
    await page.locator('.explanation', { hasText: '24 keys on 3 servers' }).waitFor();
    const [branch, parent] = panel!.host.runs;
    assert.equal(branch!.summary.parent, parent!.summary.id);
    await page.getByRole('radio', { name: /^Original/ }).waitFor();
    await page.screenshot({ path: path.join(pictures, 'branched.png') });
    await page.getByRole('tab', { name: 'Runs' }).click();
    assert.equal(await page.locator('.history li').count(), 2);
    await page.locator('.history-open').nth(1).click();
    await page.locator('.now', { hasText: '43 / 43' }).waitFor();
  });

  it('adds a server at a click on the circle', async () => {
    const page = await open({ reducedMotion: true });
    await run(page);
    await page.getByRole('button', { name: 'Add a server' }).click();
    await page.locator('.explanation', { hasText: 'on 5 servers' }).waitFor();
    assert.equal(panel!.host.runs[0]!.summary.interventions[0]!.action, 'addServer');
  });

  it('is compared with the other half of its scenario', async () => {
    const page = await open({
      reducedMotion: true,
      prepare: (host) => void (host.state = { version: 1, lab: lab.id, scenario: 'the-fullest-server' }),
    });
    await run(page);
    await page.getByRole('button', { name: /Run with Bounded loads/ }).click();
    await page.locator('.metrics th', { hasText: 'ring' }).waitFor();
    assert.equal(panel!.host.runs[0]!.summary.algorithm, 'bounded-loads');
    await page.getByText(/They part at/).waitFor();
    await page.screenshot({ path: path.join(pictures, 'compared.png') });
    assert.deepEqual(await audit(page), []);
  });

  it('that fails says why and where, and the next one is well', async () => {
    const page = await open();
    await page.getByText('Parameters', { exact: true }).click();
    const remove = field(page, 'remove');
    await remove.fill('5');
    await page.locator('.run-buttons vscode-button').click();
    await page
      .getByText(/remove must leave a server/)
      .first()
      .waitFor();
    await page
      .getByRole('button', { name: /ring.ts, line 42/ })
      .first()
      .click();
    assert.deepEqual(await audit(page), []);
    assert.ok(panel!.host.received.some((message) => message.type === 'openSource' && message.line === 42));
    await remove.fill('1');
    await run(page);
  });

  it('is back after a reload, and nothing was run for it', async () => {
    const page = await open({ reducedMotion: true });
    await run(page);
    await slider(page).fill('20');
    await page.waitForFunction(() => document.querySelector('.now')?.textContent?.startsWith('21'));
    await page.waitForTimeout(300); // what is kept is kept a tenth of a second after the cursor came to rest
    await page.reload();
    await page.locator('.now', { hasText: '21 / 43' }).waitFor();
    assert.equal(panel!.host.runs.length, 1);
  });
});

describe('messages of the wrong shape', () => {
  it('are dropped and logged, and the panel goes on', async () => {
    const page = await open();
    await run(page);
    const shown = await page.locator('.now').innerText();
    const { id } = panel!.host.runs[0]!.summary;
    const wrong: object[] = [
      { type: 'erase' },
      { type: 'runFinished' },
      { type: 'progress', run: 7, share: 'much' },
      { type: 'frame', frame: 99, request: 1, run: id, first: 0, length: 3, last: true },
      { type: 'frame', frame: 100, request: 12345, run: id, restated: {} },
      { type: 'overview', request: 5, run: id },
      { type: 'open', state: null },
    ];
    for (const message of wrong) panel!.host.send(message as never);
    await page.waitForTimeout(200);
    assert.equal(await page.locator('.now').innerText(), shown);
    await run(page);
    const told = panel!.problems.splice(0);
    assert.ok(
      told.some((text) => text.startsWith("'erase' could not be taken in")),
      told.join('\n'),
    );
    assert.ok(told.every((text) => text.includes('could not be taken in')));
  });
});

describe('the keyboard', () => {
  it('reaches run, views, timeline and ring, with the focus in sight', async () => {
    const page = await open({ reducedMotion: true });
    await run(page);
    await page.locator('body').press('Tab');
    const reached = new Set<string>();
    for (let i = 0; i < 40; i++) {
      reached.add(
        await page.evaluate(() => {
          const element = document.activeElement!;
          return element.getAttribute('aria-label') ?? element.textContent?.trim() ?? '';
        }),
      );
      await page.keyboard.press('Tab');
    }
    for (const name of ['Scenario', 'Seed', 'Run', 'Ring', 'Position in the run', 'Play', 'Results']) {
      assert.ok(
        [...reached].some((text) => text.startsWith(name)),
        `${name} was not among ${[...reached].join(', ')}`,
      );
    }
  });

  it('walks the ring and explains what it meets', async () => {
    const page = await open({ reducedMotion: true });
    await run(page);
    await ring(page).focus();
    await page.keyboard.press('ArrowUp');
    await page.locator('.explanation', { hasText: /shard-\d owns \d+ of 24 keys/ }).waitFor();
    await page.keyboard.press('ArrowDown');
    await page.locator('.explanation', { hasText: /key-\d+ sits at .* and walks .* clockwise to shard-\d/ }).waitFor();
    await page.keyboard.press('Enter');
    await page.locator('.inspector h2', { hasText: /^key-\d+$/ }).waitFor();
  });

  it('moves through the log, and the picture with it', async () => {
    const page = await open({ reducedMotion: true });
    await run(page);
    await page.getByRole('tab', { name: 'Log' }).click();
    const log = page.getByRole('listbox', { name: /Events/ });
    await log.focus();
    await page.keyboard.press('Home');
    assert.match(await page.locator('.now').innerText(), /^1 \/ 43/);
    await page.keyboard.press('ArrowDown');
    assert.match(await page.locator('.now').innerText(), /^2 \/ 43/);
    await page.locator('.log-tools input').fill('moves');
    await page.getByRole('status').filter({ hasText: '4 of 43' }).waitFor();
  });
});

describe('the look', () => {
  for (const theme of themeKinds) {
    it(`has nothing for axe to find in ${theme}`, async () => {
      const page = await open({ theme, reducedMotion: true });
      await page.screenshot({ path: path.join(pictures, `${theme}-empty.png`) });
      assert.deepEqual(await audit(page), []);
      await run(page);
      await page.getByText('Servers and keys as tables').click();
      assert.deepEqual(await audit(page), []);
      await page.getByText('Servers and keys as tables').click();
      await page.screenshot({ path: path.join(pictures, `${theme}-ring.png`) });
      await page.getByRole('tab', { name: 'Log' }).click();
      await page.getByRole('tab', { name: 'Inspector' }).click();
      assert.deepEqual(await audit(page), []);
      await page.screenshot({ path: path.join(pictures, `${theme}-log.png`) });
      await page.getByRole('tab', { name: 'Runs' }).click();
      await page.getByText('Parameters', { exact: true }).click();
      await field(page, 'keys').fill('0');
      await page.getByText(/keys must be a whole number/).waitFor();
      assert.deepEqual(await audit(page), []);
      await page.screenshot({ path: path.join(pictures, `${theme}-parameters.png`) });
      await page.getByText('Parameters', { exact: true }).click();
      await page.getByRole('tab', { name: 'Ring' }).click();
      await page.getByRole('tab', { name: 'Results' }).click();
      await page.setViewportSize({ width: 300, height: 1500 });
      await page.screenshot({ path: path.join(pictures, `${theme}-narrow.png`) });
    });
  }

  it('follows a change of theme', async () => {
    const page = await open({ reducedMotion: true });
    await run(page);
    const before = await page.locator('.ring-frame').screenshot();
    await panel!.setTheme('light');
    await page.waitForTimeout(100);
    assert.notDeepEqual(await page.locator('.ring-frame').screenshot(), before);
    assert.equal(await page.evaluate(() => getComputedStyle(document.body).backgroundColor), 'rgb(255, 255, 255)');
  });

  for (const [width, height, zoom] of [
    [300, 700, 1],
    [1180, 820, 1],
    [1180, 820, 2],
  ] as const) {
    it(`needs no scrolling sideways at ${width} px${zoom === 1 ? '' : ` and ${100 * zoom} % zoom`}`, async () => {
      const page = await open({ reducedMotion: true, width: width / zoom, height: height / zoom });
      await run(page);
      for (const tab of ['Ring', 'Log', 'Inspector', 'Runs', 'Benchmark', 'Results']) {
        await page.getByRole('tab', { name: tab, exact: true }).click();
        const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
        assert.ok(overflow <= 0, `${tab} is ${overflow} px too wide`);
      }
    });
  }

  for (const [width, height] of [
    [300, 840],
    [420, 840],
    [460, 702],
    [560, 600],
    [760, 840],
    [1180, 820],
  ] as const) {
    it(`has the whole ring above the transport at ${width} × ${height} px`, async () => {
      const page = await open({ reducedMotion: true, width, height });
      await run(page);
      const frame = (await page.locator('.ring-frame').boundingBox())!;
      const transport = (await page.locator('.timeline').boundingBox())!;
      assert.ok(frame.height >= 220);
      assert.ok(
        frame.y + frame.height <= transport.y,
        `the ring ends at ${frame.y + frame.height}, the transport begins at ${transport.y}`,
      );
      assert.ok(transport.y + transport.height <= height);
    });
  }

  it('draws a thousand servers and ten thousand keys, on a circle and in slots', async () => {
    const page = await open({
      reducedMotion: true,
      prepare: (host) => void (host.state = { version: 1, lab: lab.id, scenario: 'at-scale' }),
    });
    await run(page);
    assert.match(await explanation(page), /10,000 keys on 1,000 servers/);
    await page.screenshot({ path: path.join(pictures, 'at-scale-ring.png') });
    await choose(page, 'Algorithm', 'Modulo');
    await run(page);
    await page.screenshot({ path: path.join(pictures, 'at-scale-modulo.png') });
  });
});
