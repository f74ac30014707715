import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Check, RunReport } from '../lab/report.ts';
import { fanOut } from './fan-out.ts';
import { pairedDifferences } from './paired.ts';
import { parseSeeds, replayCommand, summarizeSeeds } from './seeds.ts';
import type { ParameterEntry } from '../lab/catalogue.ts';
import { curves, parseSweep, requireSweepable } from './sweep.ts';

function report(seed: number, metrics: Record<string, number>, extra: Partial<RunReport> = {}): RunReport {
  return {
    lab: 'queues',
    algorithm: 'random',
    scenario: 'busy',
    seed,
    parameters: { servers: 4 },
    trace: { events: 0, dropped: 0, hash: '' },
    metrics,
    theory: [],
    checks: [],
    result: null,
    takeaways: [],
    unapplied: [],
    ...extra,
  };
}

describe('fan-out', () => {
  it('gives results in the order of the items, on no more lanes than asked for', async () => {
    let running = 0;
    let most = 0;
    const steps: string[] = [];
    const results = await fanOut(
      [30, 1, 2, 3, 20],
      2,
      async (delay) => {
        most = Math.max(most, ++running);
        await new Promise((resolve) => setTimeout(resolve, delay));
        running--;
        return delay * 2;
      },
      (done, of) => steps.push(`${done}/${of}`),
    );
    assert.deepEqual(results, [60, 2, 4, 6, 40]);
    assert.equal(most, 2);
    assert.deepEqual(steps, ['1/5', '2/5', '3/5', '4/5', '5/5']);
  });

  it('stops at the first that throws, after what is under way', async () => {
    const begun: number[] = [];
    const all = fanOut([1, 2, 3, 4, 5, 6], 2, async (item) => {
      begun.push(item);
      await new Promise((resolve) => setTimeout(resolve, 1));
      if (item === 2) throw new Error('two');
      return item;
    });
    await assert.rejects(all, /two/);
    assert.ok(begun.length < 6);
  });

  it('of nothing is nothing', async () => {
    assert.deepEqual(await fanOut([], 4, async () => 1), []);
  });
});

describe('seeds', () => {
  it('are read as one, a range, or a list of both', () => {
    assert.deepEqual(parseSeeds('7'), [7]);
    assert.deepEqual(parseSeeds('1..4'), [1, 2, 3, 4]);
    assert.deepEqual(parseSeeds('1, 5,9..11'), [1, 5, 9, 10, 11]);
  });

  it('are refused with the mend', () => {
    for (const text of ['', 'x', '4..1', '1-4', '-3', '1..', '1.5']) {
      assert.throws(() => parseSeeds(text), /is no list of seeds: write 7, 1..1000 or 1,5,9..12/, text);
    }
    assert.throws(() => parseSeeds('1..2000000'), /more than 1000000 seeds: take fewer/);
  });

  it('that break a check are listed, each check with the command that replays the first', () => {
    const lost: Check = {
      name: 'no-request-lost',
      verdict: 'broken',
      expected: 'held',
      ok: false,
      detail: 'request 7',
    };
    const summary = summarizeSeeds([
      report(1, { mean: 1 }),
      report(2, { mean: 2 }, { checks: [lost], parameters: { servers: 4, failures: '1 down 10; 1 up 15' } }),
      report(3, { mean: 3 }, { checks: [{ ...lost, detail: 'request 9' }] }),
    ]);
    assert.equal(summary.runs, 3);
    assert.equal(summary.fine, 1);
    assert.deepEqual(summary.broken, [
      {
        check: 'no-request-lost',
        seeds: [2, 3],
        detail: 'request 7',
        replay:
          'npm run -s lab -- run queues --algorithm random --scenario busy --seed 2 ' +
          "--set servers=4 --set 'failures=1 down 10; 1 up 15'",
      },
    ]);
    assert.equal(summary.metrics.mean!.mean, 2);
    assert.deepEqual(summary.checks, [
      { check: 'no-request-lost', held: 0, broken: 2, unknown: 0, expectedBreaks: 0, notShown: 0 },
    ]);
  });

  it('count the breaks that were expected, and those that did not show', () => {
    const expected = { name: 'quota', expected: 'broken', ok: true, detail: '' } as const;
    const verdicts = ['broken', 'held', 'broken', 'unknown'] as const;
    const summary = summarizeSeeds(
      verdicts.map((verdict, seed) => report(seed, {}, { checks: [{ ...expected, verdict }] })),
    );
    assert.equal(summary.fine, 4);
    assert.deepEqual(summary.checks, [
      { check: 'quota', held: 1, broken: 2, unknown: 1, expectedBreaks: 2, notShown: 2 },
    ]);
  });

  it('replay with quotes that a shell takes', () => {
    assert.ok(replayCommand(report(1, {}, { parameters: { note: "it's" } })).endsWith(`--set 'note=it'\\''s'`));
    assert.ok(replayCommand(report(1, {}, { parameters: { note: '@home' } })).endsWith(`--set 'note=@@home'`));
  });
});

describe('a paired comparison', () => {
  it('sees a small difference under a large scatter', () => {
    const luck = [10, 90, 40, 70, 20, 60];
    const a = luck.map((base, seed) => report(seed, { mean: base }));
    const b = luck.map((base, seed) => report(seed, { mean: base - 1 - (seed % 2) * 0.1, only: 1 }));
    const [mean, ...others] = pairedDifferences(a, b);
    assert.equal(others.length, 0, 'metrics that only one side has are left out');
    assert.ok(Math.abs(mean!.difference.mean - -1.05) < 1e-9);
    assert.ok(mean!.difference.high < 0);
    assert.equal(mean!.differs, true);
  });

  it('sees none where there is none', () => {
    const a = [1, 2, 3].map((value, seed) => report(seed, { mean: value }));
    const b = [2, 1, 3].map((value, seed) => report(seed, { mean: value }));
    assert.equal(pairedDifferences(a, b)[0]!.differs, false);
  });

  it('refuses runs that are not paired', () => {
    assert.throws(() => pairedDifferences([report(1, {})], [report(2, {})]), /the same seeds in the same order/);
    assert.throws(() => pairedDifferences([report(1, {})], []), /the same seeds in the same order/);
  });
});

describe('a sweep', () => {
  it('refuses a text, and names what can be swept', () => {
    const parameters = [
      { name: 'rate', type: 'number' },
      { name: 'times', type: 'text' },
      { name: 'policy', type: 'choice' },
    ] as unknown as ParameterEntry[];
    requireSweepable(parameters, 'rate=1,2');
    requireSweepable(parameters, 'policy=a,b');
    assert.throws(() => requireSweepable(parameters, 'times=0,10,20'), {
      message: "'times' is a text and cannot be swept: use rate, policy",
    });
    assert.throws(() => requireSweepable(parameters, 'tmies=0'), {
      message: "there is no parameter 'tmies' to sweep: use rate, policy",
    });
    assert.throws(() => requireSweepable(parameters.slice(1, 2), 'times=0'), /this lab has none that can be/);
  });

  it('is read as a range with a step or as a list', () => {
    assert.deepEqual(parseSweep('arrivalRate=0.1..0.9/0.1').values, [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9]);
    assert.deepEqual(parseSweep('servers=1..10/4').values, [1, 5, 9]);
    assert.deepEqual(parseSweep('servers=1,2,4,8'), { parameter: 'servers', values: [1, 2, 4, 8] });
    assert.deepEqual(parseSweep('topology=perServer,sharedQueue').values, ['perServer', 'sharedQueue']);
  });

  it('is refused with the mend', () => {
    for (const text of ['', 'servers', 'servers=', 'servers=1..9', 'servers=9..1/1', 'servers=1..9/0', 'a=1,,2']) {
      assert.throws(() => parseSweep(text), /is no sweep: write/, text);
    }
    assert.throws(() => parseSweep('servers=0..1/0.0001'), /more than 1000 points: take fewer/);
  });

  it('gives a curve of every metric, with intervals where there are several seeds', () => {
    const sweep = parseSweep('servers=1,2,4');
    const reports = [
      report(1, { mean: 10 }, { parameters: { servers: 1 } }),
      report(2, { mean: 12 }, { parameters: { servers: 1 } }),
      report(1, { mean: 5 }, { parameters: { servers: 2 } }),
    ];
    const { mean } = curves(sweep, reports);
    assert.deepEqual(mean!.map(({ value, mean }) => [value, mean]), [[1, 11], [2, 5]]); // prettier-ignore
    assert.equal(mean![0]!.interval!.count, 2);
    assert.equal(mean![1]!.interval, null);
  });
});
