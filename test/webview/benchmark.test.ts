/** The Benchmark tab in a real browser: what it shows of a result, in all themes, wide and at 300 px. */
import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { after, afterEach, before, describe, it } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import type { BenchmarkMessage, BenchmarkRow } from '../../labs/engine/protocol/panel.ts';
import lab from '../../labs/consistent-hashing/lab.ts';
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

const row = (changes: Partial<BenchmarkRow> & Pick<BenchmarkRow, 'contender' | 'kind'>): BenchmarkRow => ({
  group: 'ring lookup',
  version: '1.0.0',
  nsPerOp: NaN,
  ratioToBestPeer: null,
  low: NaN,
  high: NaN,
  ...changes,
});

/** A learner's ring, slower than it was when it shipped. */
const finished: BenchmarkMessage = {
  type: 'benchmark',
  lab: lab.id,
  state: 'finished',
  share: 1,
  results: [
    row({
      contender: 'ring',
      kind: 'ours',
      nsPerOp: 210,
      ratioToBestPeer: 2.1,
      low: 2.02,
      high: 2.17,
      bytesPerOp: 0.03,
      verdict: '2.0–2.2× faster than consistent-hash 1.2.2',
    }),
    row({
      contender: 'ring',
      kind: 'edited',
      version: '0c380fe7',
      nsPerOp: 433,
      ratioToBestPeer: 1.02,
      low: 0.93,
      high: 1.13,
      bytesPerOp: 48,
      verdict: 'no difference from consistent-hash 1.2.2 that this run can show',
      besideOurs: { ratio: 0.48, low: 0.47, high: 0.5, verdict: '2.0–2.1× slower than the version that ships' },
    }),
    row({
      contender: 'consistent-hash',
      kind: 'peer',
      version: '1.2.2',
      nsPerOp: 441,
      ratioToBestPeer: 1,
      low: 1,
      high: 1,
      bytesPerOp: 312,
    }),
    row({ contender: 'hashring', kind: 'peer', version: '', problem: 'is not in this build' }),
    row({
      contender: 'maglev',
      kind: 'ours',
      problem: 'is wrong: key-0 belongs to shard-470, not to shard-3',
    }),
    row({
      contender: 'hash and one read',
      kind: 'floor',
      nsPerOp: 61,
      ratioToBestPeer: 7.2,
      low: 7.1,
      high: 7.3,
      bytesPerOp: 0,
    }),
  ],
  curves: [
    {
      group: 'ring lookup',
      contender: 'ring',
      kind: 'edited',
      unit: 'servers',
      claim: 'O(log n)',
      points: [10, 100, 1000, 10_000].map((n, i) => ({ n, nsPerOp: 250 + 95 * i })),
      verdict: '2.1× the time for 1,000× the servers; O(log n) is claimed',
    },
  ],
  sinceLastEdit: 0.08,
  warnings: ['ring lookup: other programs took 22 % of the processor meanwhile; close them and measure again'],
};

/** The panel with its Benchmark tab in front, and a message in it. */
async function showing(
  message: BenchmarkMessage,
  options: Partial<Parameters<typeof openPanel>[1]> = {},
): Promise<Page> {
  panel = await openPanel(browser, { dist, labs: [lab], reducedMotion: true, ...options });
  panel.host.send({ ...message, state: 'running', share: 0.4, step: 'round 4 of 10', results: [] });
  await panel.page.getByText(/Measuring… 40 %/).waitFor();
  panel.host.send(message);
  return panel.page;
}

describe('a benchmark', () => {
  it('is asked for, and can be cancelled', async () => {
    panel = await openPanel(browser, { dist, labs: [lab], reducedMotion: true });
    const { page, host } = panel;
    await page.getByRole('button', { name: 'Run the benchmark of this algorithm' }).click();
    assert.ok(host.received.some(({ type }) => type === 'benchmark'));
    host.send({ ...finished, state: 'running', share: 0.4, step: 'round 4 of 10', results: [] });
    await page.getByRole('button', { name: 'Cancel' }).click();
    assert.ok(host.received.some(({ type }) => type === 'cancelBenchmark'));
  });

  it('says in words who is faster, by how much, at which cost in memory, and who is not ranked', async () => {
    const page = await showing(finished);
    const rows = page.locator('.bench-row');
    await rows.nth(5).waitFor();
    const texts = (await rows.allInnerTexts()).map((text) => text.replaceAll(/\s+/g, ' ').trim());
    assert.match(texts[0]!, /^hash and one read floor 61 ns allocates nothing$/);
    assert.match(
      texts[1]!,
      /^ring shipped 210 ns 2\.0–2\.2× faster than consistent-hash 1\.2\.2 2\.10× \[2\.02 … 2\.17\]/,
    );
    assert.match(texts[2]!, /ring your edit 433 ns no difference.*2\.0–2\.1× slower than the version that ships/);
    assert.match(texts[2]!, /allocates 48 bytes an operation$/);
    assert.match(texts[3]!, /^consistent-hash npm 1\.2\.2 441 ns allocates 312 bytes/);
    assert.match(texts[4]!, /^hashring npm Not ranked: it is not in this build$/);
    assert.match(texts[5]!, /^maglev shipped Not ranked: it is wrong: key-0/);
    await page.getByText('8 % faster than before your last edit.').waitFor();
    await page.getByText(/other programs took 22 %/).waitFor();
  });

  it('draws bars to one scale, with the interval over the end of each', async () => {
    const page = await showing(finished);
    const widthOf = async (selector: string): Promise<number> => (await page.locator(selector).boundingBox())!.width;
    const [ours, edited] = [await widthOf('.ours .bench-bar'), await widthOf('.edited .bench-bar')];
    assert.ok(Math.abs(edited / ours - 433 / 210) < 0.05, `${edited} beside ${ours}`);
    const bar = (await page.locator('.edited .bench-bar').boundingBox())!;
    const interval = (await page.locator('.edited .bench-interval').boundingBox())!;
    assert.ok(interval.x < bar.x + bar.width && interval.x + interval.width > bar.x + bar.width);
  });

  it('shows how cost grows: a curve beside the claim, words, and a table equal to it', async () => {
    const page = await showing(finished);
    await page.locator('.bench-sizes canvas').waitFor();
    await page.getByText('ring: 2.1× the time for 1,000× the servers; O(log n) is claimed.').waitFor();
    await page.getByText('O(log n), as claimed').waitFor();
    await page.getByText('ring lookup by size, in figures').click();
    const table = await page.locator('.bench-sizes .as-table tbody').innerText();
    assert.match(table.replaceAll(/\s+/g, ' '), /10 250 ns 100 345 ns 1,000 440 ns 10,000 535 ns/);
  });

  for (const theme of themeKinds) {
    it(`has nothing for axe to find in ${theme}, and fits into 300 px`, async () => {
      const page = await showing(finished, { theme, height: 1400 });
      await page.locator('.bench-sizes canvas').waitFor();
      assert.deepEqual(await audit(page), []);
      await page.screenshot({ path: path.join(pictures, `${theme}-benchmark.png`) });
      await page.setViewportSize({ width: 300, height: 1800 });
      await page.waitForFunction(() => document.querySelector('.bench-sizes canvas')!.clientWidth < 300);
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      assert.ok(overflow <= 0, `${overflow} px too wide`);
      await page.locator('.benchmark').scrollIntoViewIfNeeded();
      await page.screenshot({ path: path.join(pictures, `${theme}-benchmark-narrow.png`) });
    });
  }
});
