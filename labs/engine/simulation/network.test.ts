import assert from 'node:assert/strict';
import { test } from 'node:test';
import { constant, exponential, logNormal, normal, table, uniform, type Distribution } from '../random/distribution.ts';
import { DropReason, EventKind } from '../trace/event.ts';
import type { Context, NodeProgram } from './node.ts';
import type { Link, ScheduledAction } from './system.ts';
import { observe } from './testing/observed-run.ts';
import { milliseconds, seconds } from './time.ts';

const silent: NodeProgram = { initialState: () => ({}) };

/** `a` sends `count` messages to `b`, one a millisecond. */
function sender(count: number): NodeProgram<{ sent: number }> {
  return {
    initialState: () => ({ sent: 0 }),
    onStart: (_state, context) => void context.setTimer('send', milliseconds(1)),
    onTimer(state, _timer, context: Context) {
      context.send('b', { type: 'message', n: state.sent });
      if (++state.sent < count) context.setTimer('send', milliseconds(1));
    },
  };
}

function over(link: Link, count = 1000, schedule: ScheduledAction[] = [], seed = 1) {
  const { events, hash, run } = observe(
    {
      until: seconds(100),
      network: { default: link },
      faults: { schedule },
      nodes: [
        { name: 'a', program: sender(count) },
        { name: 'b', program: silent },
      ],
    },
    { seed },
  );
  const of = (kind: number) => events.filter((event) => event.kind === kind);
  const sends = new Map(of(EventKind.send).map(({ id, time }) => [id, time]));
  const arrivals = of(EventKind.deliver).map(({ id, time }) => ({ id, latency: time - sends.get(id)! }));
  return { arrivals, drops: of(EventKind.drop), copies: of(EventKind.duplicate), events, hash, run };
}

test('every kind of latency takes as long as it says', () => {
  const ms = milliseconds(1);
  const latencies: [Distribution, number][] = [
    [constant(3 * ms), 3],
    [uniform(2 * ms, 4 * ms), 3],
    [exponential(0.1 * ms), 0.1],
    [normal(5 * ms, ms), 5],
    [logNormal(0.5 * ms, 0.2), 0.51],
    [table([1 * ms, 2 * ms, 6 * ms]), 2.75],
  ];
  for (const [latency, mean] of latencies) {
    const { arrivals } = over({ latency });
    const measured = arrivals.reduce((sum, arrival) => sum + arrival.latency, 0) / arrivals.length / ms;
    // Messages keep their order, so one may wait for its predecessor: a little above the mean at most.
    assert.ok(measured > mean * 0.9 && measured < mean * 1.3, `${latency.kind}: ${measured} for ${mean}`);
  }
});

test('a link keeps the order of its messages unless it reorders', () => {
  const late = { latency: exponential(milliseconds(10)) };
  const ids = (link: Link) => over(link, 300).arrivals.map(({ id }) => id);
  const inOrder = ids(late);
  assert.deepEqual(
    inOrder,
    [...inOrder].sort((a, b) => a - b),
  );
  const mixed = ids({ ...late, reordering: 0.2 });
  assert.notDeepEqual(
    mixed,
    [...mixed].sort((a, b) => a - b),
  );
  assert.equal(new Set(mixed).size, 300);
});

test('loss and duplication strike the share that they name', () => {
  const { drops, copies, arrivals } = over({ loss: 0.1, duplication: 0.2 });
  assert.ok(drops.every(({ value }) => value === DropReason.loss));
  assert.ok(drops.length > 60 && drops.length < 140, `${drops.length}`);
  assert.ok(copies.length > 130 && copies.length < 230, `${copies.length}`);
  assert.equal(arrivals.length, 1000 - drops.length + copies.length);
});

test('dropping messages changes the latency of no other', () => {
  const link = { latency: exponential(milliseconds(0.01)) };
  const all = new Map(over(link).arrivals.map(({ id, latency }) => [id, latency]));
  for (const { id, latency } of over({ ...link, loss: 0.5 }).arrivals) assert.equal(latency, all.get(id));
});

test('a narrow line makes messages queue up', () => {
  const program: NodeProgram = {
    initialState: () => ({}),
    onStart(_state, context) {
      for (let i = 0; i < 3; i++) context.send('b', { type: 'x'.repeat(91) });
    },
  };
  const { events } = observe({
    until: seconds(10),
    network: { links: { a: { b: { bandwidth: 100_000, latency: constant(0) } } } },
    nodes: [
      { name: 'b', program: silent },
      { name: 'a', program },
    ],
  });
  const [send] = events.filter(({ kind }) => kind === EventKind.send);
  assert.ok(send!.value >= 100); // bytes
  const arrived = events.filter(({ kind }) => kind === EventKind.deliver).map(({ time }) => time);
  const each = Math.round((send!.value / 100_000) * 1e9);
  assert.deepEqual(arrived, [each, 2 * each, 3 * each]);
});

test('a cut stops what is sent and what is in flight; healing lets through again', () => {
  const link = { latency: constant(milliseconds(5)) };
  const cut = { at: milliseconds(20.5), action: 'cut', arguments: { from: 'a', to: 'b' } };
  const heal = { at: milliseconds(40.5), action: 'heal', arguments: {} };
  const { drops, arrivals } = over(link, 100, [cut, heal]);
  assert.ok(drops.every(({ value }) => value === DropReason.partition));
  // 5 in flight when it was cut, 20 sent meanwhile
  assert.deepEqual([drops.length, arrivals.length], [25, 75]);
});

test('a one-way cut stops one direction only', () => {
  const echo: NodeProgram = {
    initialState: () => ({}),
    onMessage: (_state, _message, from, context) => context.send(from, { type: 'echo' }),
  };
  const schedule = [{ at: 0, action: 'cut', arguments: { from: 'b', to: 'a', oneWay: true } }];
  const { lines } = observe({
    until: seconds(1),
    faults: { schedule },
    nodes: [
      { name: 'a', program: sender(1) },
      { name: 'b', program: echo },
    ],
  });
  assert.deepEqual(
    lines.filter((line) => /deliver|drop/.test(line)),
    ['1 deliver b a message', '1 drop b a echo'],
  );
});

test('lose and delay change a link from then on', () => {
  const link = { latency: constant(milliseconds(1)) };
  const lose = { at: milliseconds(10.5), action: 'lose', arguments: { from: 'a', to: 'b', share: 0.5 } };
  const late = { at: milliseconds(10.5), action: 'delay', arguments: { from: 'a', to: 'b', by: 7 } };
  const lossy = over(link, 400, [lose]).drops.length;
  assert.ok(lossy > 150 && lossy < 240, `${lossy}`);
  const latencies = over(link, 20, [late]).arrivals.map(({ latency }) => latency / 1e6);
  assert.deepEqual(latencies, [...Array(10).fill(1), ...Array(10).fill(8)]);
});

test('the same seed gives the same trace, another seed another', () => {
  const link = { latency: exponential(milliseconds(1)), loss: 0.1 };
  assert.equal(over(link, 100).hash, over(link, 100).hash);
  assert.notEqual(over(link, 100).hash, over(link, 100, [], 2).hash);
});

test('a second copy comes later than the first, now and then by several latencies', () => {
  const { events } = observe({
    until: seconds(10),
    network: { default: { latency: constant(milliseconds(10)), duplication: 1 } },
    nodes: [
      { name: 'b', program: silent },
      { name: 'a', program: sender(500) },
    ],
  });
  const first = new Map<number, number>();
  const lags: number[] = [];
  for (const { kind, id, time } of events) {
    if (kind !== EventKind.deliver) continue;
    const before = first.get(id);
    if (before === undefined) first.set(id, time);
    else lags.push((time - before) / milliseconds(10));
  }
  assert.equal(lags.length, 500);
  const mean = lags.reduce((sum, lag) => sum + lag, 0) / lags.length;
  assert.ok(mean > 0.8 && mean < 1.2, `${mean}`); // one latency: 6 standard errors to either side
  assert.ok(lags.some((lag) => lag > 4));
});

test('healing undoes everything that was done to links, or the one thing that is named', () => {
  const at = (ms: number, action: string, more = {}) => ({
    at: milliseconds(ms),
    action,
    arguments: { from: 'a', to: 'b', oneWay: true, ...more },
  });
  const link = { latency: constant(milliseconds(1)) };
  const all = { at: milliseconds(20.5), action: 'heal', arguments: {} };
  const { copies } = over(link, 40, [at(10.5, 'duplicate'), all]);
  assert.deepEqual([copies.length, copies.at(-1)!.time], [10, milliseconds(20)]);
  // A cut that ends by itself leaves what else was done to the link.
  const { drops, copies: doubled, events } = over(link, 40, [at(10.5, 'duplicate'), at(20.5, 'cut', { for: 5 })]);
  assert.ok(drops.length >= 5); // five were sent meanwhile, and some copies were under way
  assert.equal(doubled.length, 25);
  const said = events.filter(({ kind }) => kind === EventKind.link).map(({ label }) => label);
  assert.deepEqual(said, ['doubling', 'cut', 'doubling']);
});

test('random faults strike links as well: loss, delay and doubling come and go', () => {
  const random = (['lose', 'delay', 'duplicate'] as const).map((fault) => ({
    fault,
    nodes: ['b'],
    every: exponential(milliseconds(30)),
    lasts: constant(milliseconds(10)),
    until: milliseconds(900),
    by: milliseconds(7),
    share: 0.5,
  }));
  const { events } = observe({
    until: seconds(2),
    network: { default: { latency: constant(milliseconds(1)) } },
    faults: { random },
    nodes: [
      { name: 'b', program: silent },
      { name: 'a', program: sender(1000) },
    ],
  });
  const said = new Set(events.filter(({ kind }) => kind === EventKind.link).map(({ label }) => label));
  assert.deepEqual([...said].sort(), ['doubling', 'healed', 'lossy', 'slow']);
  const count = (kind: number) => events.filter((event) => event.kind === kind).length;
  assert.ok(count(EventKind.drop) > 30 && count(EventKind.duplicate) > 30);
  assert.equal(events.filter(({ kind }) => kind === EventKind.link).at(-1)!.label, 'healed');
  const endless = { fault: 'delay' as const, nodes: ['b'], every: constant(1), lasts: constant(1), until: 5 };
  assert.throws(() => observe({ until: 5, nodes: [{ name: 'b' }], faults: { random: [endless] } }), /needs 'by'/);
});

test('a job that travels is never doubled: there is only one of it', () => {
  const gate: NodeProgram = {
    initialState: () => ({}),
    onJob: (_state, job, context) => context.dispatch(job.id, 'desk'),
  };
  const duplicate = { anchor: 'gate#2', action: 'duplicate', arguments: { message: 'gate#0' } };
  const { unapplied, events } = observe(
    {
      until: seconds(1),
      network: { default: { latency: constant(milliseconds(1)), duplication: 1 } },
      nodes: [
        { name: 'gate', program: gate },
        { name: 'desk', station: { servers: 1 } },
      ],
      workloads: [
        { name: 'job-', target: 'gate', jobs: 1, arrivals: { kind: 'list', times: [5] }, serviceTime: constant(5) },
      ],
    },
    { interventions: [duplicate] },
  );
  assert.deepEqual(unapplied, [duplicate]);
  assert.equal(events.filter(({ kind }) => kind === EventKind.serveEnd).length, 1);
});

test('a message is named as sender#n, and the sender must be there', () => {
  const link = { latency: constant(milliseconds(1)) };
  const drop = (message: string) => over(link, 1, [{ at: 1, action: 'drop', arguments: { message } }]);
  assert.throws(() => drop('a'), { name: 'ScenarioError', message: /'a' is no message: write 'sender#n'/ });
  assert.throws(() => drop('zoe#1'), { name: 'ScenarioError', message: /no node 'zoe'/ });
});
