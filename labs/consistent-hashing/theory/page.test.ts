/** Every figure of the theory page, computed or held by a run. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { randomSource } from 'system-design-labs/engine';
import { complaintsAboutFigures } from '../../engine/testing/held-figures.ts';
import { runLab, type Wanted } from '../../engine/testing/run-lab.ts';
import { hashes } from '../hash.ts';
import { jumpHash } from '../jump.ts';
import lab from '../lab.ts';
import { underModulo } from './moving.ts';
import { loadOfEqualShares, loadOnTheRing } from './spread.ts';

const metrics = (wanted: Wanted): Readonly<Record<string, number>> =>
  runLab(lab, { seed: 7, maxEvents: 0, ...wanted }).report.metrics;

const near = (measured: number, said: number, within: number): void =>
  assert.ok(Math.abs(measured - said) <= within, `${measured} is not about ${said}`);

/** A share's standard deviation beside its mean, for many servers of so many points: the scatter of the keys taken away. */
function unevenness(points: number): number {
  const [keys, servers] = [10_000, 1000];
  const ofArcs = loadOnTheRing(keys, servers, points).variance - loadOfEqualShares(keys, servers).variance;
  return Math.sqrt(ofArcs) / (keys / servers);
}

/** Keys of 1,000 that move when one of 20 servers leaves a jump hash, on average over seeds. */
function movedUnderJump(removeFrom: string): number {
  const seeds = Array.from({ length: 12 }, (_, i) => i + 1);
  const parameters = { servers: 20, keys: 1000, remove: 1, add: 0, removeFrom };
  const moved = seeds.map((seed) => metrics({ algorithm: 'jump', seed, parameters }).movedOnRemove!);
  return moved.reduce((sum, one) => sum + one, 0) / seeds.length;
}

const stays = (algorithm: string): void =>
  assert.equal(metrics({ algorithm, scenario: 'one-leaves' }).movedBetweenSurvivors, 0);

test('what the page says in figures is so', () => {
  const complaints = complaintsAboutFigures(new URL('../theory.md', import.meta.url), [
    { text: 'Which server has key `user:4711`?' },
    {
      text: 'one server goes, n becomes n − 1, and nearly every remainder is another one',
      holds: () => assert.equal(underModulo(1e6, 1000, 999, []).counts.mean, 1e6 * (1 - 1 / 1000)),
    },
    {
      text: 'From 1,000 servers to 950 it is 50 / 1000: **95 % of all keys move**, where 5 % would do.',
      holds: () => {
        assert.equal(underModulo(10_000, 1000, 950, []).counts.mean, 9500);
        near(metrics({ algorithm: 'modulo', scenario: 'at-scale' }).movedOnRemove! / 10_000, 0.95, 0.01);
        near(metrics({ algorithm: 'maglev', scenario: 'at-scale' }).movedOnRemove! / 10_000, 0.05, 0.015);
      },
    },
    { text: 'A cache with 95 % of its keys in the wrong place is an empty cache' },
    { text: 'A data store has to copy 95 % of what it holds.' },
    { text: 'Karger and others (1997)' },
    {
      text: 'k1 and k2 move, k3 and k4 have no reason to',
      holds: () => stays('ring'),
    },
    {
      text: 'the share of one server is Beta(1, n − 1), its standard deviation nearly as large as its mean, and the longest arc is about ln n times the mean',
      holds: () => {
        near(unevenness(1), 1, 0.01);
        const draws = randomSource(7).stream('points');
        let longest = 0;
        for (let ring = 0; ring < 200; ring++) {
          const points = Array.from({ length: 100 }, () => draws.uniform()).sort((a, b) => a - b);
          longest += Math.max(
            ...points.map((point, i) => (i === 0 ? point + 1 - points.at(-1)! : point - points[i - 1]!)),
          );
        }
        near((100 * longest) / 200, Math.log(100), 1); // exactly the 100th harmonic number, 5.19
      },
    },
    { text: 'its share becomes Beta(v, (n − 1)·v)' }, // spread.ts, against exact values in theory.test.ts
    { text: '| 1 | 1.00 |', holds: () => near(unevenness(1), 1, 0.005) },
    { text: '| 3 | 0.58 |', holds: () => near(unevenness(3), 0.58, 0.005) },
    { text: '| 10 | 0.32 |', holds: () => near(unevenness(10), 0.32, 0.005) },
    { text: '| 100 | 0.10 |', holds: () => near(unevenness(100), 0.1, 0.005) },
    { text: '| 1000 | 0.03 |', holds: () => near(unevenness(1000), 0.03, 0.005) },
    {
      text: 'It falls as 1/√v. Keys add a scatter of their own: m keys on n servers with equal shares still have a standard deviation of √(m/n · (1 − 1/n)).',
      holds: () => {
        near(unevenness(400) / unevenness(100), 1 / 2, 0.005);
        const [m, n] = [10_000, 100];
        near(Math.sqrt(loadOfEqualShares(m, n).variance), Math.sqrt((m / n) * (1 - 1 / n)), 1e-9);
      },
    },
    { text: '| modulo | O(1) | none | even | yes | nearly everything |' }, // as above
    {
      text: '| ring, v points | O(1) with buckets, O(log n·v) by binary search | n·v points | 1/√v | yes | none |',
      holds: () => stays('ring'),
    },
    {
      text: '| jump | O(log n) | none | even | only the last | none at the end, else half of all keys on average, nearly all from the front |',
      holds: () => {
        near(movedUnderJump('last'), 50, 10);
        near(movedUnderJump('random'), 500, 200);
        near(movedUnderJump('first'), 1000, 10);
      },
    },
    { text: '| Maglev | O(1), one read | a table of 100·n or more |' }, // run/placement-run.ts: the paper's two sizes
    {
      text: '| bounded loads | O(1) for a placed key | one entry a key | never above (1 + ε) times the mean |',
      holds: () => {
        const { loadMax, loadMean } = metrics({
          algorithm: 'bounded-loads',
          scenario: 'the-fullest-server',
          parameters: { epsilon: 0.1 },
        });
        assert.ok(loadMax! <= Math.ceil(1.1 * loadMean!));
      },
    },
    { text: '**Jump hash** (Lamping and Veach 2014)' },
    {
      text: 'the n-th gets it with probability 1/n',
      holds: () => {
        let moved = 0;
        const halves = new Uint32Array(2);
        for (let key = 0; key < 20_000; key++) {
          hashes.md5.halves(`key-${key}`, halves);
          const [high, low] = halves as unknown as [number, number];
          if (jumpHash(high, low, 20) !== jumpHash(high, low, 19)) moved++;
        }
        near(moved / 20_000, 1 / 20, 0.01);
      },
    },
    { text: '**Rendezvous hashing** (Thaler and Ravishankar 1998)' },
    { text: '**Maglev** (Eisenbud and others 2016)' },
    { text: '**Bounded loads** (Mirrokni and others 2016) gives each server a capacity of ⌈(1 + ε)·m/n⌉' },
    {
      text: 'Raw FNV-1a throws `shard-7#0`, `shard-7#1` and `shard-7#2` next to each other',
      holds: () => {
        const positions = [0, 1, 2].map((index) => hashes.fnv1a.position(`shard-7#${index}`));
        assert.ok(Math.max(...positions) - Math.min(...positions) < 0.02, String(positions));
      },
    },
    { text: '`shard-1` + `11` and `shard-11` + `1` are the same text. (Exercise 2.)' },
  ]);
  assert.deepEqual(complaints, []);
});
