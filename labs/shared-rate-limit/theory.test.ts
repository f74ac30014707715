/** Every figure of the theory page, held by runs. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { complaintsAboutFigures } from '../engine/testing/held-figures.ts';
import { runLab, type Wanted } from '../engine/testing/run-lab.ts';
import lab from './lab.ts';

const seeds = Array.from({ length: 30 }, (_, i) => i + 1);

/** A metric's mean over the seeds. */
function mean(metric: string, wanted: Wanted): number {
  const sum = seeds.reduce(
    (sum, seed) => sum + runLab(lab, { ...wanted, seed, maxEvents: 0 }).report.metrics[metric]!,
    0,
  );
  return sum / seeds.length;
}

const near = (measured: number, said: number, within: number): void =>
  assert.ok(Math.abs(measured - said) <= within * said, `${measured} is not about ${said}`);

const readThenWrite = { algorithm: 'read-then-write', scenario: 'read-then-write' };

test('what the page says in figures is so', () => {
  const complaints = complaintsAboutFigures(new URL('theory.md', import.meta.url), [
    {
      text: 'with a store 10 ms away, 20 ms.',
      holds: () => {
        const alone = { ...readThenWrite, parameters: { spread: 'constant', gateways: 1, requests: 2, rate: 1 } };
        const atStore = runLab(lab, alone).events.filter(({ kind, node }) => kind === 'deliver' && node === 'store');
        assert.equal((atStore[1]!.time - atStore[0]!.time) / 1e6, 20);
      },
    },
    {
      text: 'and 20 ms again: at 100 requests a second, one in 10 ms, that is once in 30 ms. The count rises at about a third of the truth, and a quota of 100 lets some 320 requests through',
      holds: () => near(mean('admitted', readThenWrite), 320, 0.05),
    },
    {
      text: 'at 1 ms it is still some 20 too many',
      holds: () => near(mean('overAdmitted', { ...readThenWrite, parameters: { latency: 1 } }), 20, 0.2),
    },
    {
      text: 'a share of (n − 1)/n of all among n gateways: over ≈ (n − 1)/n · rate · (time between syncs + two round trips)',
      holds: () => {
        for (const [syncEvery, latency, gateways] of [
          [100, 10, 4],
          [10, 10, 4],
          [200, 20, 2],
        ] as const) {
          const rate = 400;
          const parameters = { syncEvery, latency, gateways, rate };
          const said = (((gateways - 1) / gateways) * rate * (syncEvery + 4 * latency)) / 1000;
          near(
            mean('overAdmitted', { algorithm: 'sync-now-and-then', scenario: 'stale-counts', parameters }),
            said,
            0.15,
          );
        }
      },
    },
    {
      text: '| the store decides | never | never | a round trip | 2 a request |',
      holds: () => near(mean('messages', { algorithm: 'store-decides' }), 2 * 400, 0),
    },
    {
      text: '| read, then write | without bound | no | a round trip | 3 a request |',
      holds: () => {
        const { report } = runLab(lab, { ...readThenWrite, seed: 1 });
        const { admitted, refused, messages } = report.metrics;
        assert.equal(messages, 3 * admitted! + 2 * refused!); // who is refused does not write
      },
    },
    {
      text: '| sync now and then | by rate · staleness | no | none | 2 a sync |',
      holds: () => assert.equal(mean('meanDelay', { algorithm: 'sync-now-and-then' }), 0),
    },
  ]);
  assert.deepEqual(complaints, []);
});
