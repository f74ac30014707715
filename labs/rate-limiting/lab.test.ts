/** Whole runs: figures, theory, checks, decisions, arrivals, limits. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { randomSource } from 'system-design-labs/engine';
import { describeLab } from '../engine/lab/catalogue.ts';
import { runLab, type Wanted } from '../engine/testing/run-lab.ts';
import { OneMoreThanAllowed } from './exercises/1-one-more-than-allowed.ts';
import { ForgetsTooEarly } from './exercises/2-forgets-too-early.ts';
import { CreditWithoutEnd } from './exercises/3-credit-without-end.ts';
import { NoCreditForSilence } from './exercises/solutions/3-credit-without-end.ts';
import lab from './lab.ts';
import { arrivalsOf } from './run/arrivals.ts';
import { jainIndex, peakWithin } from './run/peak.ts';
import { NewAlgorithm } from './templates/new-algorithm.ts';

/** The report of a run; seed 7 where none is named. */
const run = (wanted: Wanted) => runLab(lab, { seed: 7, ...wanted }).report;

const sound = lab.algorithms.filter((algorithm) => !algorithm.broken).map(({ id }) => id);
const decisions = (options: Wanted): unknown => (run(options).result as { decisions: string | null }).decisions;

test('the seven algorithms are there, and the declaration is sound', () => {
  const ids = 'fixed-window sliding-log sliding-counter token-bucket leaky-bucket leaky-meter gcra';
  assert.equal(sound.join(' '), ids);
  const entry = describeLab(lab as Parameters<typeof describeLab>[0]);
  const names = 'limit window rate burst clients arrivals interval times requests';
  assert.equal(entry.parameters.map(({ name }) => name).join(' '), names);
  const { parameters } = lab.scenarios.find(({ id }) => id === lab.defaultScenario)!;
  assert.equal(parameters, undefined, 'the defaults are the default scenario');
});

for (const id of sound) {
  test(`${id}: every scenario runs, every check holds, the peak stays below the bound of theory`, () => {
    for (const { id: scenario } of lab.scenarios) {
      const { metrics, checks, theory, takeaways } = run({ algorithm: id, scenario });
      assert.deepEqual(Object.keys(metrics).sort(), Object.keys(lab.metrics).sort());
      assert.deepEqual(
        checks.map(({ name }) => name),
        ['promise', 'exactness', 'memory'],
      );
      for (const { name, ok, detail } of checks) assert.ok(ok, `${scenario}: ${name}: ${detail}`);
      assert.equal(theory[0]!.metric, 'peakInAnyWindow');
      assert.equal(theory[0]!.agrees, true);
      assert.ok(takeaways.length >= 2);
    }
  });

  test(`${id}: whatever comes, decisions are exact, promises are kept, requests are all counted`, () => {
    const any = fc.record({
      limit: fc.integer({ min: 1, max: 20 }),
      window: fc.integer({ min: 1, max: 3000 }),
      rate: fc.integer({ min: 1, max: 1000 }),
      burst: fc.integer({ min: 1, max: 20 }),
      clients: fc.integer({ min: 1, max: 5 }),
      arrivals: fc.constantFrom('constant', 'poisson', 'bursty', 'boundary'),
      interval: fc.integer({ min: 0, max: 300 }),
      requests: fc.integer({ min: 1, max: 150 }),
    });
    fc.assert(
      fc.property(any, fc.integer({ min: 0, max: 1000 }), (parameters, seed) => {
        const { metrics, checks, theory } = run({ algorithm: id, parameters, seed });
        for (const { name, ok, detail } of checks) assert.ok(ok, `${name}: ${detail}`);
        assert.equal(theory[0]!.agrees, true);
        assert.equal(metrics.admitted! + metrics.refused!, parameters.requests);
        assert.ok(metrics.fairness! > 0 && metrics.fairness! <= 1 + 1e-12);
      }),
      { numRuns: 40 },
    );
  });

  test(`${id}: the same seed gives the same trace, another seed another`, () => {
    const hashOf = (seed: number): string => run({ algorithm: id, seed }).trace.hash;
    assert.equal(hashOf(5), hashOf(5));
    assert.notEqual(hashOf(5), hashOf(6));
  });
}

test('the boundary burst gets twice the limit through a fixed window, and the limit through the log', () => {
  const peak = (algorithm: string): number => run({ algorithm, scenario: 'boundary-burst' }).metrics.peakInAnyWindow!;
  assert.equal(peak('fixed-window'), 20);
  assert.equal(peak('sliding-log'), 10);
});

test('decisions are written out up to 1,000 requests', () => {
  const steady = { arrivals: 'constant', interval: 100, rate: 1, requests: 15 };
  assert.equal(decisions({ algorithm: 'token-bucket', parameters: steady }), 'TTTTTTTTTTTFFFF');
  assert.equal(
    decisions({ algorithm: 'leaky-meter', parameters: { ...steady, burst: 5, requests: 10 } }),
    'TTTTTFFFFF',
  );
  assert.equal((decisions({ parameters: { requests: 1000 } }) as string).length, 1000);
  assert.equal(decisions({ parameters: { requests: 1001 } }), null);
});

test('arrivals are in order, and one client more changes no time', () => {
  const kinds = ['constant', 'poisson', 'bursty', 'boundary'] as const;
  for (const arrivals of kinds) {
    const defaults = Object.fromEntries(
      Object.entries(lab.parameters).map(([name, { default: value }]) => [name, value]),
    );
    const timesWith = (clients: number): number[] =>
      arrivalsOf({ ...defaults, arrivals, clients } as never, randomSource(7)).map(({ time }) => time);
    const times = timesWith(1);
    assert.deepEqual(
      times,
      times.toSorted((a, b) => a - b),
    );
    assert.equal(times.length, 200);
    assert.deepEqual(timesWith(9), times);
  }
});

test('bad input gets one clear message each', () => {
  const refuses = (parameters: Record<string, number | string>, message: string): void =>
    assert.throws(() => run({ parameters }), { name: 'ParameterError', message });
  refuses({ limit: -1 }, "limit must be a whole number from 1 to 10000, not '-1'");
  refuses({ window: 0 }, "window must be a whole number from 1 to 3600000, not '0'");
  refuses({ times: '0, 500, 300' }, 'times: 300 comes after 500: put the times in order');
  refuses(
    { times: '0, , 300' },
    'times: a time is missing after 0,: write whole milliseconds with one comma between two of them',
  );
  refuses({ times: '-5' }, "times: write whole milliseconds from 0 with commas between them, not '-5'");
  refuses({ times: '1.5' }, "times: write whole milliseconds from 0 with commas between them, not '1.5'");
  refuses({ arrivals: 'list' }, 'times must list arrivals: 0, 100, 250 for example');
});

test('the smallest and the largest runs', () => {
  for (const id of sound) {
    const least = { limit: 1, window: 1, rate: 1, burst: 1, interval: 0, requests: 1, arrivals: 'constant' };
    assert.equal(run({ algorithm: id, parameters: least }).metrics.admitted, 1);
    const most = { limit: 10_000, window: 3_600_000, rate: 1_000_000, burst: 10_000, clients: 10_000 };
    const { metrics } = run({ algorithm: id, parameters: { ...most, interval: 60_000, requests: 5000 } });
    assert.equal(metrics.admitted, 5000);
  }
});

test('peaks and fairness', () => {
  assert.deepEqual(peakWithin([], 10), { count: 0, from: 0, last: -1 });
  assert.deepEqual(peakWithin([0, 9, 10, 11, 30], 10), { count: 3, from: 9, last: 3 });
  assert.equal(jainIndex([5, 5, 5]), 1);
  assert.equal(jainIndex([9, 0, 0]), 1 / 3);
  assert.equal(jainIndex([0, 0]), 1);
});

test('what is said of a run excuses no bug: too much is called too much, and nothing is explained away', () => {
  const unnamed = [OneMoreThanAllowed, ForgetsTooEarly, CreditWithoutEnd, NewAlgorithm];
  const runs = lab.scenarios.flatMap(({ id: scenario }) => [
    ...lab.algorithms.map(({ id }) => run({ algorithm: id, scenario })),
    ...unnamed.map((implementation) => run({ implementation, scenario })),
  ]);
  let broken = 0;
  for (const { algorithm, scenario, checks, takeaways } of runs) {
    const said = takeaways.join(' ');
    const where = `${algorithm} in ${scenario}: ${said}`;
    assert.doesNotMatch(said, /undefined|NaN|Infinity|on purpose/, where);
    const verdictOf = (name: string): string | undefined => checks.find((check) => check.name === name)?.verdict;
    assert.equal(/where this limiter promises \d+ at the most/.test(said), verdictOf('promise') === 'broken', where);
    assert.equal(/goes on growing/.test(said), verdictOf('memory') === 'broken', where);
    if (verdictOf('promise') !== 'broken') continue;
    broken++;
    assert.doesNotMatch(said, /allow|limit is/, where);
  }
  assert.ok(broken > 5, `only ${broken} of ${runs.length} runs let too much through`);
});

for (const { id, broken } of lab.algorithms) {
  if (!broken) continue;
  test(`${id}: ${broken.check} breaks with seed ${broken.seed}, and the detail names the seed`, () => {
    const { checks } = run({
      algorithm: id,
      seed: broken.seed,
      ...(broken.scenario ? { scenario: broken.scenario } : {}),
    });
    const check = checks.find(({ name }) => name === broken.check)!;
    assert.equal(check.verdict, 'broken');
    assert.match(check.detail, new RegExp(`seed ${broken.seed}`));
    for (const other of checks) assert.ok(other.ok, `${other.name}: ${other.detail}`);
  });
}

test('what the exercises break is a promise, at an event, and the seed is named', () => {
  for (const [implementation, scenario, parameters] of [
    [OneMoreThanAllowed, 'boundary-burst', { requests: 30 }],
    [ForgetsTooEarly, 'twice-too-many', { arrivals: 'constant', interval: 111, limit: 9 }],
    [CreditWithoutEnd, 'burst-after-silence', { window: 100 }],
  ] as const) {
    const { detail, event } = run({ implementation, scenario, parameters }).checks.find(
      ({ name }) => name === 'promise',
    )!;
    assert.match(detail, /seed 7/);
    assert.ok(event! >= 0);
  }
});

test('credit without end, solved, decides as the token bucket does', () => {
  assert.equal(decisions({ implementation: NoCreditForSilence, scenario: 'on-a-hair' }), 'TTTTTTTTTTTFFFF');
});
