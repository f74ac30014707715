/** Whole runs: what each way of sharing a limit lets through, and what it costs. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { describeLab } from '../engine/lab/catalogue.ts';
import { runLab, type Wanted } from '../engine/testing/run-lab.ts';
import { TheLastOne } from './exercises/1-the-last-one.ts';
import { CompareAndSet } from './exercises/2-compare-and-set.ts';
import { PermitsInAdvance } from './exercises/3-permits-in-advance.ts';
import { RoomForOne } from './exercises/solutions/1-the-last-one.ts';
import { OnlyIfStillTrue } from './exercises/solutions/2-compare-and-set.ts';
import { NoMoreThanGiven } from './exercises/solutions/3-permits-in-advance.ts';
import lab from './lab.ts';

const run = (wanted: Wanted) => runLab(lab, { seed: 7, ...wanted }).report;
/** The figures of a run that the tests below speak of. */
interface Figures {
  admitted: number;
  overAdmitted: number;
  refusedWithoutNeed: number;
  meanDelay: number;
  messages: number;
}
const metricsOf = (wanted: Wanted) => run(wanted).metrics as unknown as Figures;

/** Any gateways, quota, load and network. */
const anything = fc.record({
  gateways: fc.integer({ min: 1, max: 8 }),
  limit: fc.integer({ min: 1, max: 60 }),
  requests: fc.integer({ min: 1, max: 120 }),
  rate: fc.integer({ min: 1, max: 2000 }),
  skew: fc.constantFrom(0, 0.3, 1),
  latency: fc.integer({ min: 0, max: 50 }),
  spread: fc.constantFrom('constant', 'exponential'),
  syncEvery: fc.integer({ min: 1, max: 300 }),
});

test('the declaration is sound', () => {
  const { algorithms } = describeLab(lab as unknown as Parameters<typeof describeLab>[0]);
  assert.equal(
    algorithms.map(({ id }) => id).join(' '),
    'store-decides read-then-write own-share sync-now-and-then one-trip-for-all',
  );
});

test('the store that decides and shares of one’s own never let too much through; every request is decided', () => {
  fc.assert(
    fc.property(anything, fc.integer({ min: 0, max: 100 }), (parameters, seed) => {
      for (const { id: algorithm } of lab.algorithms) {
        const { metrics, checks } = run({ algorithm, parameters, seed });
        assert.equal(metrics.admitted! + metrics.refused!, parameters.requests);
        if (algorithm === 'store-decides' || algorithm === 'own-share') assert.equal(checks[0]!.verdict, 'held');
      }
    }),
    { numRuns: 40 },
  );
});

test('the store that decides refuses nothing without need, whatever the load', () => {
  fc.assert(
    fc.property(anything, (parameters) => {
      const { admitted } = metricsOf({ algorithm: 'store-decides', parameters: { ...parameters, timeout: 60_000 } });
      assert.equal(admitted, Math.min(parameters.limit, parameters.requests));
    }),
    { numRuns: 30 },
  );
});

test('reading and then writing is right alone and wrong together, and the worse the farther the store is', () => {
  const over = (parameters: Record<string, number>): number =>
    metricsOf({ algorithm: 'read-then-write', parameters }).overAdmitted;
  assert.equal(over({ latency: 0 }), 0);
  assert.ok(over({ latency: 1 }) > 0);
  assert.ok(over({ latency: 10 }) > over({ latency: 1 }));
  const { checks } = run({ algorithm: 'read-then-write' });
  assert.equal(checks[0]!.verdict, 'broken');
  assert.ok(checks[0]!.ok, 'as declared');
});

test('syncing more often lets less through that should not be, at more messages and no delay', () => {
  const often = metricsOf({ algorithm: 'sync-now-and-then', parameters: { syncEvery: 10, rate: 400 } });
  const seldom = metricsOf({ algorithm: 'sync-now-and-then', parameters: { syncEvery: 200, rate: 400 } });
  assert.ok(often.overAdmitted < seldom.overAdmitted);
  assert.ok(often.messages > seldom.messages);
  assert.equal(often.meanDelay, 0);
});

test('shares of one’s own refuse without need where the load is uneven', () => {
  assert.ok(metricsOf({ algorithm: 'own-share', scenario: 'uneven-load' }).refusedWithoutNeed > 0);
  assert.equal(metricsOf({ algorithm: 'store-decides', scenario: 'uneven-load' }).refusedWithoutNeed, 0);
});

for (const [implementation, scenario] of [
  [TheLastOne, 'read-then-write'],
  [CompareAndSet, 'read-then-write'],
  [PermitsInAdvance, 'stale-counts'],
] as const) {
  test(`${implementation.name}: the check leads to the request that was one too many`, () => {
    const { report, events } = runLab(lab, { seed: 7, implementation, scenario });
    const { event } = report.checks.find(({ name }) => name === 'quota')!;
    assert.equal(events[event!]!.kind, 'admit');
    assert.equal(events.slice(0, event!).filter(({ kind }) => kind === 'admit').length, 100, 'the quota before it');
  });
}

for (const implementation of [RoomForOne, OnlyIfStillTrue, NoMoreThanGiven]) {
  test(`${implementation.name} keeps the quota in every scenario, whatever the seed, and decides every request`, () => {
    for (const { id } of lab.scenarios) {
      for (const seed of [1, 7, 42]) {
        const { report, events } = runLab(lab, { implementation, scenario: id, seed });
        for (const { name, verdict, detail } of report.checks) {
          assert.equal(verdict, 'held', `${id}, seed ${seed}: ${name}: ${detail}`);
        }
        const decided = events.filter(({ kind }) => kind === 'admit' || kind === 'reject').length;
        assert.equal(report.metrics.admitted! + report.metrics.refused!, decided);
      }
    }
  });
}
