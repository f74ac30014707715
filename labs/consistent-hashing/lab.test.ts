/** Whole runs: figures, checks, theory, traces, interventions, limits. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { describeLab } from '../engine/lab/catalogue.ts';
import { runLab, type Happening, type Wanted } from '../engine/testing/run-lab.ts';
import { CloseTheCircle } from './exercises/1-close-the-circle.ts';
import { PointsThatVanish } from './exercises/2-points-that-vanish.ts';
import { JumpOverGaps } from './exercises/3-jump-over-gaps.ts';
import lab from './lab.ts';

const run = (wanted: Wanted): ReturnType<typeof runLab> => runLab(lab, { algorithm: 'ring', ...wanted });

const sound = lab.algorithms.filter((algorithm) => !algorithm.broken).map(({ id }) => id);
const small = { servers: 10, keys: 200, remove: 2, add: 2 };

test('the six algorithms are there, and the declaration is sound', () => {
  assert.deepEqual(sound, ['modulo', 'ring', 'jump', 'rendezvous', 'maglev', 'bounded-loads']);
  const entry = describeLab(lab as Parameters<typeof describeLab>[0]);
  assert.equal(entry.scenarios[0]!.id, 'one-leaves');
  const defaults = Object.fromEntries(entry.parameters.map((parameter) => [parameter.name, parameter.default]));
  assert.deepEqual(defaults, {
    servers: 1000,
    virtualNodes: 3,
    keys: 10_000,
    hash: 'md5',
    remove: 50,
    removeFrom: 'random',
    add: 50,
    epsilon: 0.25,
  });
});

for (const id of sound) {
  test(`${id}: every scenario runs, every check is as expected, every declared metric is there`, () => {
    for (const scenario of lab.scenarios) {
      for (const parameters of [{}, { ...scenario.beside?.parameters }]) {
        const { report } = run({ algorithm: id, scenario: scenario.id, seed: 7, parameters });
        assert.deepEqual(Object.keys(report.metrics).sort(), Object.keys(lab.metrics).sort());
        for (const check of report.checks) {
          assert.ok(check.name in lab.checks);
          assert.ok(check.ok, `${scenario.id}: ${check.name}: ${check.detail}`);
        }
        for (const line of report.theory) {
          // A count of 0 is all one expects where the mean is 0.01.
          const inside = line.low <= Math.ceil(line.expected) && Math.floor(line.expected) <= line.high;
          assert.ok(inside, `${line.metric} of ${scenario.id}`);
          assert.equal(line.agrees === null, line.condition !== undefined);
        }
        assert.ok(report.takeaways.length >= 2);
      }
    }
  });

  test(`${id}: the same seed gives the same trace, another seed another`, () => {
    const hashOf = (seed: number): string => run({ algorithm: id, seed, parameters: small }).report.trace.hash;
    assert.equal(hashOf(5), hashOf(5));
    assert.notEqual(hashOf(5), hashOf(6));
  });

  test(`${id}: the smallest runs`, () => {
    for (const parameters of [
      { servers: 1, keys: 1, remove: 0, add: 0 },
      { servers: 1, keys: 10, remove: 0, add: 3 },
      { servers: 8, keys: 50, remove: 7, add: 0 },
      { servers: 8, keys: 50, remove: 7, add: 7, removeFrom: 'first' },
      { servers: 8, keys: 50, remove: 7, add: 0, removeFrom: 'last', epsilon: 0 },
      { servers: 30, keys: 1, remove: 0, add: 0, virtualNodes: 1 },
    ]) {
      const { report } = run({ algorithm: id, parameters });
      for (const check of report.checks) assert.ok(check.ok, `${check.name}: ${check.detail}`);
      for (const value of Object.values(report.metrics)) assert.ok(Number.isFinite(value));
    }
  });

  test(`${id}: the trace tells where every key is`, () => {
    fc.assert(
      fc.property(
        fc.record({
          servers: fc.integer({ min: 2, max: 12 }),
          keys: fc.integer({ min: 1, max: 60 }),
          remove: fc.integer({ min: 0, max: 1 }),
          add: fc.integer({ min: 0, max: 3 }),
          virtualNodes: fc.integer({ min: 1, max: 5 }),
          hash: fc.constantFrom('md5', 'fnv1a', 'murmur3'),
        }),
        fc.nat(),
        (parameters, seed) => {
          const { report, events } = run({ algorithm: id, parameters, seed });
          const { owners, servers, moves } = replay(events);
          assert.equal(owners.size, parameters.keys);
          for (const owner of owners.values()) assert.ok(servers.has(owner));
          assert.equal(moves, report.metrics.movedOnRemove! + report.metrics.movedOnAdd!);
          assert.equal(servers.size, parameters.servers - parameters.remove + parameters.add);
        },
      ),
      { numRuns: id === 'maglev' ? 10 : 50 },
    );
  });
}

/** What a view knows at the end of a trace. */
function replay(events: readonly Happening[]): { owners: Map<number, string>; servers: Set<string>; moves: number } {
  const owners = new Map<number, string>();
  const servers = new Set<string>();
  const points = new Map<string, number>();
  let moves = 0;
  for (const [index, { kind, node, peer, id, value, label, cause }] of events.entries()) {
    assert.ok(cause < index);
    if (kind === 'join') servers.add(node);
    if (kind === 'leave') assert.ok(servers.delete(node));
    if (kind === 'point') points.set(`${node} ${id}`, value);
    if (kind === 'unpoint') assert.equal(points.get(`${node} ${id}`), value);
    if (kind === 'place' || kind === 'move') {
      assert.equal(label, 'key-');
      assert.ok(value >= 0 && value < 1);
      assert.equal(owners.get(id), kind === 'move' ? peer : undefined);
      owners.set(id, node);
    }
    if (kind === 'move') {
      moves++;
      assert.ok(['join', 'leave'].includes(events[cause]!.kind));
    }
  }
  return { owners, servers, moves };
}

test('ring at scale: known owners, 500 ± 46 keys move, none between two servers that stay', () => {
  const moved = Array.from({ length: 12 }, (_, seed) => {
    const { report } = run({ seed });
    assert.deepEqual((report.result as { owners: string[] }).owners.slice(0, 2), ['shard-470', 'shard-848']);
    assert.equal((report.result as { owners: string[] }).owners.length, 10);
    assert.equal(report.metrics.movedBetweenSurvivors, 0);
    assert.equal(report.metrics.loadMean, 10);
    return report.metrics.movedOnRemove!;
  });
  const mean = moved.reduce((sum, one) => sum + one, 0) / moved.length;
  assert.ok(Math.abs(mean - 500) < (4 * 46) / Math.sqrt(moved.length), `${mean}`);
  for (const one of moved) assert.ok(Math.abs(one - 500) < 4 * 46, `${one}`);
});

test('modulo at scale: about 95 % move, whichever servers leave', () => {
  for (const removeFrom of ['random', 'first', 'last']) {
    const { report } = run({ algorithm: 'modulo', parameters: { removeFrom } });
    assert.ok(Math.abs(report.metrics.movedOnRemove! / 10_000 - 0.95) < 0.01);
    assert.equal(report.checks.find(({ name }) => name === 'monotonicity')!.verdict, 'broken');
  }
});

test('jump: the last may go for free, any other costs nearly everything', () => {
  const last = run({ algorithm: 'jump', parameters: { removeFrom: 'last' } }).report;
  assert.equal(last.metrics.movedBetweenSurvivors, 0);
  assert.ok(last.checks.every(({ ok, verdict }) => ok && verdict === 'held'));
  const random = run({ algorithm: 'jump' }).report;
  assert.ok(random.metrics.movedOnRemove! > 9000);
  assert.ok(random.checks.every(({ ok }) => ok));
});

test('a run of 0 removals and 0 additions moves nothing', () => {
  const { report, events } = run({ parameters: { ...small, remove: 0, add: 0 } });
  assert.equal(report.metrics.movedOnRemove, 0);
  assert.equal(report.metrics.movedOnAdd, 0);
  assert.ok(!events.some(({ kind }) => kind === 'move'));
});

test('removing every server is refused, with the mend', () => {
  for (const servers of [1, 5]) {
    assert.throws(() => run({ parameters: { servers, remove: servers } }), {
      name: 'ParameterError',
      message: `remove must leave a server: remove at most ${servers - 1} of ${servers}, or raise servers`,
    });
  }
});

test('one more server that leaves does not change which others do', () => {
  const leaving = (remove: number): string[] =>
    run({ seed: 3, parameters: { ...small, remove } })
      .events.filter(({ kind }) => kind === 'leave')
      .map(({ node }) => node);
  assert.deepEqual(leaving(4).slice(0, 3), leaving(3));
});

test('marks tell the phases apart', () => {
  const { events } = run({ parameters: { servers: 1200, keys: 1, remove: 1, add: 2 } });
  assert.deepEqual(
    events.filter(({ kind }) => kind === 'mark').map(({ label }) => label),
    ['1,200 servers join', '1 key is placed', '1 server leaves', '2 servers join'],
  );
});

test('a learner removes a server and adds one: keys move at once, and theory steps back', () => {
  const before = run({ scenario: 'one-leaves', seed: 7 });
  // Operations 0 … 30: a mark, 5 joins, a mark, 24 placements.
  const interventions = [
    { anchor: '#30', action: 'removeServer', arguments: { server: 'shard-2' } },
    { anchor: '#30', action: 'addServer', arguments: {} },
  ];
  const { report, events } = run({ scenario: 'one-leaves', seed: 7, interventions });
  const { owners, servers } = replay(events);
  assert.ok(!servers.has('shard-2') && servers.has('shard-5'));
  assert.equal(servers.size, 4);
  for (const owner of owners.values()) assert.ok(servers.has(owner));
  assert.deepEqual(report.unapplied, []);
  assert.notEqual(report.trace.hash, before.report.trace.hash);
  for (const { metric, agrees } of report.theory)
    assert.equal(agrees, metric === 'movedBetweenSurvivors' ? true : null);
  assert.ok(report.checks.every(({ ok }) => ok));
  assert.ok(events.some(({ kind, time }) => kind === 'move' && time === 30));
});

test('a learner interferes while keys are placed, before the first and after the last operation', () => {
  for (const id of sound) {
    for (const anchor of ['#-1', '#3', '#15', '#31', '#32', '#40']) {
      const interventions = [{ anchor, action: 'addServer', arguments: {} }];
      const { report } = run({ algorithm: id, scenario: 'one-leaves', interventions });
      for (const check of report.checks) assert.ok(check.ok, `${id} at ${anchor}: ${check.detail}`);
    }
  }
});

test('interventions that make no sense are refused by name', () => {
  const attempt = (action: string, given: Record<string, string>, parameters = {}): (() => unknown) => {
    const interventions = [{ anchor: '#30', action, arguments: given }];
    return () => run({ scenario: 'one-leaves', parameters, interventions });
  };
  assert.throws(attempt('removeServer', { server: 'shard-9' }), /there is no server 'shard-9' to remove/);
  assert.throws(attempt('removeServer', {}), /there is no server/);
  assert.throws(attempt('explode', {}), /no action 'explode' in this lab: use removeServer or addServer/);
  assert.throws(attempt('removeServer', { server: 'shard-0' }, { servers: 2 }), /is the last server and has to stay/);
});

test('raw FNV-1a: the formulas do not claim to hold', () => {
  const { report } = run({ scenario: 'a-hash-that-clumps' });
  const spread = report.theory.filter(({ metric }) => metric !== 'movedBetweenSurvivors');
  assert.ok(spread.length > 0);
  for (const { agrees, condition } of spread) {
    assert.equal(agrees, null);
    assert.match(condition!, /FNV-1a/);
  }
});

test('a trace that is full changes neither the figures nor the hash', () => {
  const whole = run({ parameters: small }).report;
  const cut = run({ parameters: small, maxEvents: 20 });
  assert.equal(cut.events.length, 20);
  assert.equal(cut.report.trace.hash, whole.trace.hash);
  assert.deepEqual(cut.report.metrics, whole.metrics);
});

test('a million keys', () => {
  const { report } = run({ parameters: { keys: 1_000_000, hash: 'murmur3' }, maxEvents: 1000 });
  assert.ok(report.trace.events > 1_000_000);
  assert.equal(report.metrics.loadMean, 1000);
  for (const check of report.checks) assert.ok(check.ok, check.detail);
});

test('points beyond what can be drawn are left out, and a mark says so', () => {
  const { events } = run({ parameters: { servers: 1000, virtualNodes: 200, keys: 1, remove: 1, add: 1 } });
  assert.ok(!events.some(({ kind }) => kind === 'point' || kind === 'unpoint'));
  assert.ok(events.some(({ kind, label }) => kind === 'mark' && /not drawn/.test(label)));
});

test('what the exercises break names a key, as their texts say, and the seed', () => {
  for (const [implementation, check, wanted] of [
    [CloseTheCircle, 'ownership', { scenario: 'one-leaves' }],
    [PointsThatVanish, 'monotonicity', { parameters: { virtualNodes: 20 } }],
    [JumpOverGaps, 'monotonicity', {}],
  ] as const) {
    const { checks } = run({ implementation, seed: 7, ...wanted }).report;
    assert.match(checks.find(({ name }) => name === check)!.detail, /key-\d+.*seed 7/);
  }
});
