import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { describe, it } from 'node:test';
import { builtFiles } from '../testing/built.ts';

async function lab(...words: string[]): Promise<{ status: number; out: string; err: string }> {
  const cli = path.join(await builtFiles(), 'cli.mjs');
  const child = spawn(process.execPath, [cli, ...words], { stdio: ['ignore', 'pipe', 'pipe'] });
  const [out, err, [status]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
  return { status: status as number, out, err };
}

const few = ['--set', 'count=20'];

describe('run --seeds', () => {
  it('runs each seed and says how the figures scatter', async () => {
    const { status, out } = await lab('run', 'counting', '--seeds', '1..5', ...few, '--json');
    assert.equal(status, 0);
    assert.deepEqual(JSON.parse(out), {
      lab: 'counting',
      algorithm: 'plain',
      scenario: 'many',
      runs: 5,
      fine: 5,
      broken: [],
      checks: [{ check: 'exact', held: 5, broken: 0, unknown: 0, expectedBreaks: 0, notShown: 0 }],
      failures: [],
      ignored: [],
      unapplied: [],
      metrics: { counted: { mean: 20, low: 20, high: 20, level: 0.95, count: 5 } },
    });
  });

  it('lists the seeds that break a check, with a command that replays the first', async () => {
    const { status, out } = await lab('run', 'counting', '--algorithm', 'doubling', '--seeds', '4..6', ...few);
    assert.equal(status, 1);
    assert.ok(out.includes('0 of 3 seeds: every check as expected'), out);
    assert.ok(out.includes('exact: not as expected with seeds 4, 5, 6'), out);
    assert.match(out, /exact {2}broken with 3 of 3 seeds/);
    const replay = /npm run -s lab -- (.*)/.exec(out)![1]!.split(' ');
    const again = await lab(...replay, '--json');
    const report = JSON.parse(again.out) as { seed: number; checks: { verdict: string }[] };
    assert.deepEqual([again.status, report.seed, report.checks[0]!.verdict], [1, 4, 'broken']);
  });

  it('refuses a list that is none and a parameter that is not there', async () => {
    const list = await lab('run', 'counting', '--seeds', '5..1');
    assert.deepEqual([list.status, list.out], [2, '']);
    assert.match(list.err, /'5..1' is no list of seeds/);
    const parameter = await lab('run', 'counting', '--seeds', '1..3', '--set', 'size=1');
    assert.equal(parameter.status, 2);
    assert.match(parameter.err, /no parameter 'size'/);
  });
});

describe('compare', () => {
  it('sets two algorithms side by side on the same seeds', async () => {
    const { status, out } = await lab('compare', 'counting', '--with', 'doubling', '--seeds', '1..3', ...few, '--json');
    assert.equal(status, 0);
    const { a, b, seeds, differences } = JSON.parse(out) as {
      a: { algorithm: string };
      b: { algorithm: string };
      seeds: number;
      differences: { metric: string; a: number; b: number; differs: boolean }[];
    };
    assert.deepEqual([a.algorithm, b.algorithm, seeds], ['plain', 'doubling', 3]);
    const { metric, differs, ...means } = differences[0]!;
    assert.deepEqual([metric, means.a, differs], ['counted', 20, true]);
    assert.ok(means.b > 20);
  });

  it('sets two values of a parameter side by side', async () => {
    const { out } = await lab('compare', 'counting', '--with-set', 'count=7', '--seeds', '1..3', ...few);
    assert.match(out, /A: plain count=20\nB: plain count=7/);
    assert.match(out, /counted +20 +7 +-13/);
  });

  it('wants something to compare with, and two seeds', async () => {
    const nothing = await lab('compare', 'counting');
    assert.equal(nothing.status, 2);
    assert.match(nothing.err, /say --with <algorithm> or --with-set/);
    const single = await lab('compare', 'counting', '--with', 'doubling', '--seeds', '1');
    assert.equal(single.status, 2);
    assert.match(single.err, /two seeds or more/);
  });
});

describe('sweep', () => {
  it('gives a curve', async () => {
    const { status, out } = await lab('sweep', 'counting', '--vary', 'count=5..15/5', '--json');
    assert.equal(status, 0);
    const { parameter, curves } = JSON.parse(out) as {
      parameter: string;
      curves: { counted: { value: number; mean: number; interval: null }[] };
    };
    assert.equal(parameter, 'count');
    assert.deepEqual(
      curves.counted.map(({ value, mean, interval }) => [value, mean, interval]),
      [5, 10, 15].map((value) => [value, value, null]),
    );
  });

  it('refuses a sweep that is none and a metric that is not there', async () => {
    assert.match((await lab('sweep', 'counting', '--vary', 'count')).err, /'count' is no sweep/);
    assert.match(
      (await lab('sweep', 'counting', '--vary', 'speed=1,2')).err,
      /no parameter 'speed'.*: use count, events, work/,
    );
    const { status, err } = await lab('sweep', 'counting', '--vary', 'count=1,2', '--metric', 'speed');
    assert.equal(status, 2);
    assert.match(err, /counting has no metric 'speed': use counted/);
  });
});
