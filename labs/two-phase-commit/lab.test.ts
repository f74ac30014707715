import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Lab } from '../engine/lab/lab.ts';
import { resolveParameters } from '../engine/lab/parameter.ts';
import type { Intervention } from '../engine/lab/report.ts';
import { executeRun } from '../engine/run.ts';
import { runLab } from '../engine/testing/run-lab.ts';
import { GiveItBack } from './exercises/1-give-it-back.ts';
import { InkBeforeWord } from './exercises/2-ink-before-word.ts';
import { AskANeighbour } from './exercises/3-ask-a-neighbour.ts';
import { GaveItBack } from './exercises/solutions/1-give-it-back.ts';
import { WroteFirst } from './exercises/solutions/2-ink-before-word.ts';
import { AskedANeighbour } from './exercises/solutions/3-ask-a-neighbour.ts';
import lab from './lab.ts';
import { parseCouriers, parseOrders, parseStock } from './parameters.ts';

function run(algorithm: string, scenario?: string, parameters: Record<string, string | number> = {}, seed = 1) {
  const request = { lab: lab.id, algorithm, seed, parameters, ...(scenario ? { scenario } : {}) };
  return executeRun(lab as unknown as Lab, request, { maxEvents: 100_000 });
}

type Result = { orders: string[]; stock: Record<string, number> };

test('the four orders: commit, abort, commit, abort, and the stock that is left', () => {
  for (const algorithm of ['two-phase', 'three-phase']) {
    const report = run(algorithm);
    assert.deepEqual(report.result, {
      orders: ['commit', 'abort', 'commit', 'abort'],
      stock: { burger: 4, fries: 10, drink: 6, pizza: 3 },
    });
    assert.ok(report.checks.every(({ verdict, ok }) => verdict === 'held' && ok));
    assert.equal(report.metrics.committed, 2);
    assert.equal(report.metrics.aborted, 2);
    assert.equal(report.metrics.blocked, 0);
  }
});

test('a commit takes 8 messages, an abort with one No takes 5; three phases take 10 and 5', () => {
  assert.equal(run('two-phase', 'all-well', { orders: 'burger×1' }).metrics.messages, 8);
  assert.equal(run('two-phase', 'all-well', { orders: 'pizza×5' }).metrics.messages, 5);
  assert.equal(run('two-phase').metrics.messages, 26);
  assert.equal(run('three-phase', 'all-well', { orders: 'burger×1' }).metrics.messages, 10);
  assert.equal(run('three-phase', 'all-well', { orders: 'pizza×5' }).metrics.messages, 5);
  // the first No decides: whoever has not been heard by then is told, and may have said No as well
  assert.equal(run('two-phase', 'all-well', { orders: 'pizza×5', couriers: '' }).metrics.messages, 5);
});

/** Scenario, algorithm, what becomes of the orders, how many are blocked, whether it stays atomic. */
const fates: [string, string, string[], number, boolean][] = [
  ['out-of-stock', 'two-phase', ['abort', 'commit'], 0, true],
  ['no-courier', 'two-phase', ['commit', 'abort'], 0, true],
  ['last-piece', 'two-phase', ['commit'], 0, true],
  ['crash-before-vote', 'two-phase', ['abort', 'commit'], 0, true],
  ['crash-before-vote', 'three-phase', ['abort', 'commit'], 0, true],
  ['crash-after-vote', 'two-phase', ['commit', 'commit'], 0, true],
  ['crash-after-vote', 'three-phase', ['commit', 'abort'], 0, true], // the next order does not wait for the dead
  ['coordinator-crash', 'two-phase', ['blocked', 'waiting', 'waiting', 'waiting'], 2, true],
  ['coordinator-crash', 'three-phase', ['abort', 'waiting', 'waiting', 'waiting'], 0, true],
  ['coordinator-returns', 'two-phase', ['commit', 'commit'], 0, true],
  ['coordinator-crash-between', 'two-phase', ['commit', 'waiting'], 1, true],
  ['coordinator-crash-between', 'three-phase', ['commit', 'waiting'], 0, true],
  ['coordinator-crash-between', 'bare-timeouts', ['split', 'waiting'], 0, false],
  ['coordinator-crash-between', 'impatient-yes', ['split', 'waiting'], 0, false],
  ['late-messages', 'two-phase', ['commit', 'abort'], 0, true],
  ['late-messages', 'impatient-yes', ['split', 'abort'], 0, false],
  ['partition', 'two-phase', ['commit', 'commit'], 0, true],
  ['partition', 'three-phase', ['split', 'abort'], 0, false],
];

for (const [scenario, algorithm, orders, blocked, atomic] of fates) {
  test(`${scenario}, ${algorithm}: ${orders.join(', ')}${blocked ? `, ${blocked} blocked` : ''}`, () => {
    const report = run(algorithm, scenario);
    assert.deepEqual((report.result as Result).orders, orders);
    assert.equal(report.metrics.blocked, blocked);
    const verdicts = Object.fromEntries(report.checks.map(({ name, verdict }) => [name, verdict]));
    assert.equal(verdicts.atomicity, atomic ? 'held' : 'broken');
    assert.equal(verdicts.noLockLeaked, 'held');
    assert.equal(verdicts.stockConserved, 'held');
    assert.deepEqual(report.unapplied, []);
    assert.ok(report.checks.every(({ ok }) => ok));
  });
}

test('who is blocked holds its locks to the end, and says so', () => {
  const { metrics, takeaways } = run('two-phase', 'coordinator-crash');
  assert.ok(metrics.lockHoldTime! > 4900);
  assert.ok(takeaways.some((sentence) => /2 of 2 services wait for a coordinator that is dead/.test(sentence)));
});

test('an aborted order that is tried again is a new transaction', () => {
  const { metrics } = run('two-phase', 'coordinator-returns');
  assert.equal(metrics.committed, 2); // transaction 0.0 was presumed aborted, 0.1 committed
});

test('every broken variant is caught by its check, in its scenario, with its seed', () => {
  const broken = lab.algorithms.filter((algorithm) => algorithm.broken);
  assert.ok(broken.length >= 3);
  for (const { id, broken: bug } of broken) {
    const check = run(id, bug!.scenario, {}, bug!.seed).checks.find(({ name }) => name === bug!.check);
    assert.equal(check?.verdict, 'broken', id);
    assert.ok((check?.event ?? -1) >= 0 && check?.node, id);
    const honest = run(id === 'bare-timeouts' ? 'three-phase' : 'two-phase', bug!.scenario, {}, bug!.seed);
    assert.equal(honest.checks.find(({ name }) => name === bug!.check)?.verdict, 'held', id);
  }
});

for (const name of ['toString', 'constructor', 'valueOf', '__proto__', 'hot dog', "O'Brien", 'José', '日本', 'box']) {
  test(`${name} is a name like any other, of a dish and of a courier`, () => {
    const parameters = { orders: `${name}×2, ${name} x 1`, stock: `${name} 3`, couriers: `Jane, ${name}` };
    for (const { id } of lab.algorithms.filter(({ broken }) => !broken)) {
      const { result, checks } = run(id, undefined, parameters);
      assert.deepEqual(result, { orders: ['commit', 'commit'], stock: Object.fromEntries([[name, 0]]) });
      for (const { name, verdict, detail } of checks) assert.equal(verdict, 'held', `${id}: ${name}: ${detail}`);
      const nobody = run(id, undefined, { ...parameters, stock: 'burger 1', couriers: 'Jane' });
      assert.deepEqual((nobody.result as Result).orders, ['abort', 'abort']);
    }
  });
}

test('whichever message of four orders arrives twice, at once or late, nothing is torn apart', () => {
  const four = { lab: lab.id, seed: 1, parameters: {}, scenario: 'four-orders' };
  const names = ['inventory', 'delivery', 'coordinator'];
  for (const algorithm of ['two-phase', 'three-phase']) {
    const sent = names.flatMap((name) => Array.from({ length: 16 }, (_, number) => `${name}#${number}`));
    const anchors = names.flatMap((name) => Array.from({ length: 60 }, (_, number) => `${name}#${number}`));
    let doubled = 0;
    for (const message of sent) {
      const own = anchors.filter((anchor) => anchor.startsWith(message.split('#')[0]!));
      const interventions = own.map((anchor) => ({ anchor, action: 'duplicate', arguments: { message } }));
      const { events, report } = runLab(lab, { ...four, algorithm, interventions });
      doubled += events.filter(({ kind }) => kind === 'duplicate').length;
      for (const { name, verdict, detail } of report.checks)
        assert.equal(verdict, 'held', `${message}: ${name}: ${detail}`);
      assert.deepEqual((report.result as Result).orders, ['commit', 'abort', 'commit', 'abort'], message);
    }
    assert.ok(doubled > 26);
  }
});

test('a prepare that arrives twice is answered twice alike', () => {
  const interventions = [{ anchor: 'coordinator#35', action: 'duplicate', arguments: { message: 'coordinator#8' } }];
  for (const algorithm of ['two-phase', 'three-phase']) {
    const { report } = runLab(lab, { algorithm, scenario: 'four-orders', interventions });
    assert.equal(report.checks.find(({ name }) => name === 'atomicity')?.verdict, 'held');
    assert.equal((report.result as Result).orders[2], 'commit');
  }
});

test('three-phase commit: sites that come back and ask do not keep the others waiting', () => {
  const interventions = [
    { anchor: 'inventory#18', action: 'crash', arguments: { node: 'inventory', for: 131 } },
    { anchor: 'delivery#8', action: 'crash', arguments: { node: 'coordinator', for: 68 } },
  ];
  const { report } = runLab(lab, { algorithm: 'three-phase', scenario: 'all-well', interventions });
  assert.equal(report.metrics.blocked, 0);
  assert.ok((report.result as Result).orders.every((fate) => fate === 'commit' || fate === 'abort'));
});

test('three-phase commit blocks where all have crashed and one stays away, until it is back', () => {
  const all = (coordinatorIsBack: boolean) =>
    ['inventory', 'delivery', 'coordinator'].map((node) => ({
      anchor: 'coordinator#12', // it has told the inventory to pre-commit
      action: 'crash',
      arguments: { node, ...(node !== 'coordinator' || coordinatorIsBack ? { for: 300 } : {}) },
    }));
  const blocked = (interventions: Intervention[]) =>
    runLab(lab, { algorithm: 'three-phase', scenario: 'all-well', interventions }).report;
  assert.equal(blocked(all(false)).metrics.blocked, 2);
  assert.equal(blocked(all(true)).metrics.blocked, 0);
});

test('a lock is held for one round trip and three forced writes, in three phases for two and five', () => {
  for (const [latency, syncTime] of [
    [10, 5],
    [1, 0],
    [0, 7],
    [25, 3],
  ] as const) {
    const known = { 'two-phase': 2 * latency + 3 * syncTime, 'three-phase': 4 * latency + 5 * syncTime };
    for (const [algorithm, time] of Object.entries(known)) {
      const parameters = { latency, syncTime, orders: 'burger×1, drink×2, fries×1', couriers: 'A, B, C' };
      const { metrics, theory } = run(algorithm, 'all-well', parameters);
      assert.equal(metrics.lockHoldTime, time);
      assert.deepEqual([theory[0]!.expected, theory[0]!.agrees], [time, true]);
    }
  }
  assert.equal(run('two-phase', 'coordinator-returns').theory[0]!.agrees, null);
  assert.equal(run('two-phase', 'all-well', { timeout: 20 }).theory[0]!.agrees, null);
  const values = resolveParameters(lab.parameters, { orders: 'burger×1' });
  assert.deepEqual(lab.expectations!(values, 'three-phase')[0]!.expected, 65);
  assert.match(lab.expectations!(resolveParameters(lab.parameters), 'two-phase')[0]!.condition!, /aborted/);
});

test('the stretches that stand behind the lock time have its mean', () => {
  for (const algorithm of ['two-phase', 'three-phase']) {
    const { report, events } = runLab(lab, { algorithm, scenario: 'four-orders' });
    const since = new Map<string, number>();
    const stretches: number[] = [];
    for (const { kind, node, label, time } of events) {
      if (kind !== 'state' || node === 'coordinator') continue;
      if (label === 'free') {
        if (since.has(node)) stretches.push(time - since.get(node)!);
        since.delete(node);
      } else if (!since.has(node)) since.set(node, time);
    }
    const mean = stretches.reduce((sum, one) => sum + one, 0) / stretches.length / 1e6;
    assert.equal(report.metrics.lockHoldTime, mean, algorithm);
  }
});

test('a time-out that is shorter than a vote aborts orders, and is no refusal', () => {
  for (const timeout of [1, 5, 10, 14, 15, 20, 24, 25, 26, 30, 40, 60]) {
    for (const { id, broken } of lab.algorithms) {
      const refused = run(id, undefined, { timeout }).checks.find(({ name }) => name === 'noneRefusedInVain');
      if (!broken) assert.equal(refused?.verdict, 'held', `${id}, ${timeout} ms: ${refused?.detail}`);
    }
  }
  // the boundary is still refused where it is refused
  const { checks } = run('last-piece', undefined, { orders: 'pizza×3, burger×1, burger×4', couriers: 'A, B, C' });
  assert.match(checks.find(({ name }) => name === 'noneRefusedInVain')!.detail, /order 0 \(pizza × 3\) was refused/);
});

test('outcomes are counted as orders: torn apart is one of them, and a try that was made again is none', () => {
  const partition = run('three-phase', 'partition');
  const { committed, aborted, split } = partition.metrics;
  assert.deepEqual([committed, aborted, split], [0, 1, 1]);
  assert.match(partition.takeaways[1]!, /^2 orders: 1 aborted, 1 torn apart, /);
  assert.match(partition.takeaways[2]!, /^coordinator committed transaction 0.0, delivery aborted it\. /);
  const returns = run('two-phase', 'coordinator-returns');
  assert.deepEqual([returns.metrics.committed, returns.metrics.aborted, returns.metrics.triedAgain], [2, 0, 1]);
  assert.match(returns.takeaways[0]!, /^1 try ended in an abort, and the order began anew/);
});

test('the same run gives the same trace, another seed another where luck plays a part', () => {
  const hash = (seed: number) => run('two-phase', 'lost-messages', {}, seed).trace.hash;
  assert.equal(hash(1), hash(1));
  assert.notEqual(hash(1), hash(2));
});

test('under lost and doubled messages two-phase commit stays atomic and loses no piece, whatever the seed', () => {
  for (let seed = 1; seed <= 60; seed++) {
    const { checks } = run('two-phase', 'lost-messages', { loss: 0.3, duplication: 0.3 }, seed);
    for (const { name, verdict, detail } of checks) assert.equal(verdict, 'held', `seed ${seed}: ${name}: ${detail}`);
  }
});

test('lists that are no lists are refused with an example', () => {
  assert.deepEqual(parseOrders('burger×1, pizza x 5,drink*2'), [
    { item: 'burger', quantity: 1 },
    { item: 'pizza', quantity: 5 },
    { item: 'drink', quantity: 2 },
  ]);
  assert.deepEqual(
    [...parseStock('burger 5, pizza 0')],
    [
      ['burger', 5],
      ['pizza', 0],
    ],
  );
  assert.deepEqual([...parseCouriers('John, Jane').keys()], ['John', 'Jane']);
  assert.throws(() => parseOrders('burger'), /'burger' is no order: write burger×1/);
  assert.throws(() => parseOrders('burger×0'), /'burger×0': the number must be from 1 to 1000000/);
  assert.throws(() => parseStock('burger 99999999999999999999'), /from 0 to 1000000/);
  assert.throws(() => parseStock('burger 5, burger 3'), /'burger' is there twice/);
  assert.throws(() => parseCouriers('John, John'), /'John' is there twice/);
  assert.throws(() => run('two-phase', undefined, { stock: 'burger five' }), {
    name: 'ParameterError',
    message: /burger 5/,
  });
  assert.throws(() => run('two-phase', undefined, { couriers: 'John; Doe' }), { name: 'ParameterError' });
  // an order for a dish that does not exist is refused by the inventory, not by us
  assert.deepEqual((run('two-phase', undefined, { orders: 'soup×1' }).result as Result).orders, ['abort']);
});

/** The crash that the text of an exercise asks for. */
function crashAfter(implementation: unknown, kind: string, label: string): Intervention[] {
  const { events } = runLab(lab, { implementation, scenario: 'all-well' });
  const own = events.filter(({ node }) => node === 'coordinator');
  const at = own.findIndex((event) => event.kind === kind && event.label === label);
  return [{ anchor: `coordinator#${at}`, action: 'crash', arguments: { node: 'coordinator', for: 1000 } }];
}

for (const [implementation, check, wanted] of [
  [GiveItBack, 'noLockLeaked', { scenario: 'four-orders' }],
  [InkBeforeWord, 'atomicity', { interventions: crashAfter(InkBeforeWord, 'send', 'commit') }],
  [AskANeighbour, 'atomicity', { interventions: crashAfter(AskANeighbour, 'diskSync', '') }],
] as const) {
  test(`${implementation.name}: where its text leads, ${check} breaks at an event of a node`, () => {
    const { report } = runLab(lab, { implementation, scenario: 'all-well', ...wanted });
    const broken = report.checks.find(({ name }) => name === check)!;
    assert.equal(broken.verdict, 'broken');
    assert.ok(broken.event! >= 0 && broken.node);
  });
}

for (const implementation of [GaveItBack, WroteFirst, AskedANeighbour]) {
  test(`${implementation.name} keeps every check in every scenario`, () => {
    for (const { id } of lab.scenarios) {
      const { report } = runLab(lab, { implementation, scenario: id });
      for (const { name, verdict, detail } of report.checks) assert.equal(verdict, 'held', `${id}: ${name}: ${detail}`);
    }
  });
}

test('who asks the neighbours unblocks whoever can be unblocked', () => {
  const blocked = (scenario: string, wanted: { implementation?: unknown; algorithm?: string }) =>
    runLab(lab, { scenario, ...wanted }).report.metrics.blocked;
  assert.equal(blocked('coordinator-crash-between', { algorithm: 'two-phase' }), 1);
  assert.equal(blocked('coordinator-crash-between', { implementation: AskedANeighbour }), 0);
  assert.equal(blocked('coordinator-crash', { implementation: AskedANeighbour }), 2); // nobody knows: wait
});
