/** The Benchmark tab in a real browser: what it shows of a result, in all themes, wide and at 300 px. */
import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { after, afterEach, before, describe, it } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import type { BenchmarkMessage, BenchmarkRow, KeptBenchmark } from '../../labs/engine/protocol/panel.ts';
import lab from '../../labs/consistent-hashing/lab.ts';
import sharedLimit from '../../labs/shared-rate-limit/lab.ts';
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
  machine: { processor: 'Analytical Engine', cores: 2, platform: 'linux x64', node: '24.1.0' },
  warnings: ['ring lookup: other programs took 22 % of the processor meanwhile; close them and measure again'],
};

/** Three results of the ring: as it ships, and after two edits. */
const kept: KeptBenchmark[] = [
  { version: '7e91ba02', nsPerOp: 390, ratio: 0.54 },
  { version: '0c380fe7', nsPerOp: 433, ratio: 0.48 },
  { version: '0.1.0', nsPerOp: 210, ratio: 1 },
].map(({ version, nsPerOp, ratio }, n) => {
  const edited = ratio !== 1;
  const [, , peer] = finished.results!;
  const besideOurs = { ratio, low: ratio * 0.98, high: ratio * 1.02, verdict: '' };
  const own = row({
    contender: 'ring',
    kind: edited ? 'edited' : 'ours',
    version,
    nsPerOp,
    ratioToBestPeer: 2.1 * ratio,
    low: 2.02 * ratio,
    high: 2.17 * ratio,
    bytesPerOp: edited ? 48 : 0,
    ...(edited ? { besideOurs } : {}),
  });
  const ours = row({ ...finished.results![0]!, version: '0.1.0' });
  const beside = edited ? [ours, peer!] : [peer!];
  return { id: `${170_000 - n}-${n}`, at: Date.UTC(2026, 0, 3 - n, 12), machine: finished.machine!, row: own, beside };
});

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

  it('sets two earlier results side by side: the speed by what both stood beside, the texts as a diff', async () => {
    const page = await showing(finished, { prepare: (host) => (host.benchmarks = kept) });
    const comparison = page.locator('.bench-comparison');
    await comparison.getByText('1.08–1.2× faster than before.').waitFor();
    await comparison.getByText('beside the version that ships, 0.1.0, measured in turn with it').waitFor();
    await page.getByRole('radio', { name: /before: .* as shipped in 0\.1\.0/ }).check();
    await comparison.getByText('1.8–1.9× slower than before.').waitFor();
    await comparison.getByRole('button', { name: 'Compare the code' }).click();
    const [first, second, third] = kept;
    assert.deepEqual(
      panel!.host.received.findLast(({ type }) => type === 'compareBenchmarks'),
      {
        type: 'compareBenchmarks',
        lab: lab.id,
        algorithm: 'ring',
        before: third!.id,
        after: first!.id,
      },
    );
    await page.getByRole('radio', { name: 'after: what stands in the editor' }).check();
    await comparison.getByText('has no figures until it is measured').waitFor();
    await page.getByRole('radio', { name: /before: .* 0c380fe7/ }).check();
    await comparison.getByRole('button', { name: 'Compare the code' }).click();
    await page.waitForTimeout(0);
    const asked = panel!.host.received.findLast(({ type }) => type === 'compareBenchmarks');
    assert.deepEqual(asked, { type: 'compareBenchmarks', lab: lab.id, algorithm: 'ring', before: second!.id });
  });

  it('asks for the list again when there is one result more', async () => {
    const page = await showing(finished);
    await page.locator('.bench-row').nth(5).waitFor();
    const asked = panel!.host.received.filter(({ type }) => type === 'benchmarkHistory').length;
    panel!.host.benchmarks = kept;
    panel!.host.send({ ...finished, state: 'running', share: 0.1 });
    await page.getByText(/Measuring… 10 %/).waitFor();
    panel!.host.send(finished);
    await page.locator('.bench-kept').nth(3).waitFor();
    assert.ok(panel!.host.received.filter(({ type }) => type === 'benchmarkHistory').length > asked);
  });

  it('is not offered for a lab that has none, and the tab says why', async () => {
    panel = await openPanel(browser, { dist, labs: [sharedLimit], reducedMotion: true });
    const { page } = panel;
    await page.getByRole('button', { name: 'Run', exact: true }).first().click();
    await page.getByRole('tab', { name: 'Benchmark' }).click();
    await page.getByText(/has no benchmark: its algorithms cost messages and waiting/).waitFor();
    assert.equal(await page.getByRole('button', { name: 'Run the benchmark of this algorithm' }).count(), 0);
  });

  for (const theme of themeKinds) {
    it(`has nothing for axe to find in ${theme}, and fits into 300 px`, async () => {
      const page = await showing(finished, {
        theme,
        height: 1900,
        prepare: (host) => (host.benchmarks = kept),
      });
      await page.locator('.bench-comparison table').waitFor();
      await page.locator('.bench-sizes canvas').waitFor();
      assert.deepEqual(await audit(page), []);
      await page.screenshot({ path: path.join(pictures, `${theme}-benchmark.png`) });
      await page.setViewportSize({ width: 300, height: 2600 });
      await page.waitForFunction(() => document.querySelector('.bench-sizes canvas')!.clientWidth < 300);
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      assert.ok(overflow <= 0, `${overflow} px too wide`);
      await page.locator('.benchmark').scrollIntoViewIfNeeded();
      await page.screenshot({ path: path.join(pictures, `${theme}-benchmark-narrow.png`) });
    });
  }
});
