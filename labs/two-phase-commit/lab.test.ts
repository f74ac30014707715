import assert from 'node:assert/strict';
import { test } from 'node:test';
import { executeRun } from '../engine/run.ts';
import type { Lab } from '../engine/lab/lab.ts';
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

test('the same run gives the same trace, another seed another where luck plays a part', () => {
  const hash = (seed: number) => run('two-phase', 'lost-messages', {}, seed).trace.hash;
  assert.equal(hash(1), hash(1));
  assert.notEqual(hash(1), hash(2));
});

test('under lost messages two-phase commit stays atomic and loses no piece, whatever the seed', () => {
  for (let seed = 1; seed <= 60; seed++) {
    const { checks } = run('two-phase', 'lost-messages', { loss: 0.3 }, seed);
    for (const { name, verdict, detail } of checks) assert.equal(verdict, 'held', `seed ${seed}: ${name}: ${detail}`);
  }
});

test('lists that are no lists are refused with an example', () => {
  assert.deepEqual(parseOrders('burger×1, pizza x 5,drink*2'), [
    { item: 'burger', quantity: 1 },
    { item: 'pizza', quantity: 5 },
    { item: 'drink', quantity: 2 },
  ]);
  assert.deepEqual(parseStock('burger 5, pizza 0'), { burger: 5, pizza: 0 });
  assert.deepEqual(parseCouriers('John, Jane'), { John: 1, Jane: 1 });
  assert.throws(() => parseOrders('burger'), /'burger' is no order: write burger×1/);
  assert.throws(() => parseOrders('burger×0'), /no order/);
  assert.throws(() => run('two-phase', undefined, { stock: 'burger five' }), {
    name: 'ParameterError',
    message: /burger 5/,
  });
  assert.throws(() => run('two-phase', undefined, { couriers: 'John Doe' }), { name: 'ParameterError' });
  // an order for a dish that does not exist is refused by the inventory, not by us
  assert.deepEqual((run('two-phase', undefined, { orders: 'soup×1' }).result as Result).orders, ['abort']);
});
