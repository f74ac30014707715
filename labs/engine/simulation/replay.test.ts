import assert from 'node:assert/strict';
import { test } from 'node:test';
import { exponential, constant } from '../random/distribution.ts';
import { EventKind, eventName } from '../trace/event.ts';
import { Checkpoints, cloneWorld, worldHash } from './checkpoints.ts';
import type { Context, Message, NodeProgram } from './node.ts';
import { observe } from './testing/observed-run.ts';
import { milliseconds, seconds } from './time.ts';

interface Gossip {
  heard: number;
  from: Map<string, number>;
}

const names = ['a', 'b', 'c', 'd'];

class Gossiper implements NodeProgram<Gossip> {
  initialState(): Gossip {
    return { heard: 0, from: new Map() };
  }

  onStart(_state: Gossip, context: Context) {
    context.setTimer('gossip', milliseconds(1));
  }

  onTimer(_state: Gossip, _timer: unknown, context: Context) {
    const others = names.filter((name) => name !== context.self);
    context.send(others[context.random('whom').integer(others.length)]!, { type: 'rumour' });
    context.setTimer('gossip', milliseconds(1));
  }

  onMessage(state: Gossip, _message: Message, from: string, context: Context) {
    state.heard++;
    state.from.set(from, (state.from.get(from) ?? 0) + 1);
    context.disk.write('heard', state.heard);
    context.disk.sync();
  }
}

const system = {
  until: seconds(2),
  network: { default: { latency: exponential(milliseconds(2)), loss: 0.05 } },
  nodes: names.map((name) => ({ name, program: new Gossiper(), syncTime: constant(10_000) })),
};
const gossip = observe(system);

test('every moment replayed is the moment recorded, with the state before and after', () => {
  const { run, events } = gossip;
  assert.ok(run.checkpoints.count > 5);
  for (let index = 8; index < events.length; index += 997) {
    const moment = run.moment(index);
    assert.deepEqual(moment.event, events[index]);
    if (events[index]!.label !== 'rumour' || moment.handler !== 'onMessage') continue;
    const heard = (nodes: typeof moment.before) =>
      (nodes.find(({ name }) => name === events[index]!.node)!.state as Gossip).heard;
    assert.equal(heard(moment.after), heard(moment.before) + 1);
  }
  assert.throws(() => run.moment(events.length), RangeError);
});

test('a moment knows the line that asked for it', () => {
  const { run, events } = gossip;
  const send = events.findIndex(({ index, label, kind }) => index > 5000 && kind === 30 && label === 'rumour');
  const { callSite, handler } = run.moment(send);
  assert.equal(handler, 'onTimer');
  assert.match(callSite!, /Gossiper\.onTimer.*replay\.test\.ts/);
});

test('nodes that are switched on have a moment too: nothing before, and what onStart set', () => {
  const { run, events } = gossip;
  const join = events.findIndex(({ node }) => node === 'c');
  const { before, after, handler, did } = run.moment(join);
  assert.equal(handler, 'onStart');
  assert.deepEqual(
    [before, after].map((nodes) => nodes[2]!.condition),
    ['absent', 'up'],
  );
  assert.equal(before[2]!.state, undefined);
  assert.deepEqual(after[3]!.condition, 'absent'); // its turn comes
  assert.deepEqual(
    did.map(({ index }) => events[index]!.label),
    ['gossip'],
  );
  assert.match(did[0]!.callSite, /Gossiper\.onStart.*replay\.test\.ts/);

  const timer = run.moment(did[0]!.index);
  assert.equal(timer.handler, 'onStart');
  assert.match(timer.callSite!, /Gossiper\.onStart/);
});

/** Answers once what it heard is safe. */
class Careful implements NodeProgram<{ safe: number }> {
  initialState() {
    return { safe: 0 };
  }

  onMessage(state: { safe: number }, _message: Message, from: string, context: Context) {
    context.disk.write('safe', ++state.safe);
    context.disk.sync();
    context.send(from, { type: 'safe' });
  }
}

class Eager implements NodeProgram<Record<string, never>> {
  initialState() {
    return {};
  }

  onStart(_state: unknown, context: Context) {
    context.setTimer('again', milliseconds(1));
  }

  onTimer(_state: unknown, _timer: unknown, context: Context) {
    context.send('careful', { type: 'keep' });
    context.setTimer('again', milliseconds(1));
  }
}

test('what a handler asked for is its doing, also when it had to wait for the disk', () => {
  const { run, events } = observe({
    until: seconds(10),
    nodes: [
      { name: 'careful', program: new Careful(), syncTime: exponential(milliseconds(0.7)) },
      { name: 'eager', program: new Eager() },
    ],
  });
  assert.ok(run.checkpoints.count > 5);
  const heard = events.findLast(
    ({ kind, label, time }) => kind === EventKind.deliver && label === 'keep' && time < seconds(9),
  )!;
  const { did } = run.moment(heard.index);
  const kinds = did.map(({ index }) => events[index]!.kind);
  assert.deepEqual(kinds, [EventKind.diskWrite, EventKind.send]);
  assert.ok(events[did[1]!.index]!.time > heard.time);
  // Also where a checkpoint lies between the handler and what it asked for.
  const across = events.filter(
    ({ kind, label, index, cause }) =>
      kind === EventKind.send && label === 'safe' && run.checkpoints.before(index).position.length > cause,
  );
  assert.ok(across.length > 0);
  for (const { index } of across) {
    const { handler, callSite } = run.moment(index);
    assert.deepEqual([handler, /Careful\.onMessage/.test(callSite ?? '')], ['onMessage', true]);
  }
});

test('checkpoints stay few and light, however long the run and however large the world', () => {
  const { world } = gossip.run.simulation;
  const position = { strings: 0, counters: new Uint32Array(0) };
  const many = new Checkpoints();
  for (let length = 0; length < 1_000_000; length += 2048) {
    if (many.isDue(length)) many.keep(world, { ...position, length });
  }
  assert.ok(many.count > 16 && many.count <= 64, `${many.count}`);
  assert.equal(many.first.position.length, 0);

  const large = { ...world, jobs: { ...world.jobs, demand: new Float64Array(3_000_000) } };
  const heavy = new Checkpoints();
  for (let length = 0; length < 100_000; length += 2048) {
    if (heavy.isDue(length)) heavy.keep(large, { ...position, length });
  }
  assert.ok(heavy.count <= 6, `${heavy.count}`);
});

test('a copy of a world goes the same way as the world', () => {
  const { run } = gossip;
  const checkpoint = run.checkpoints.before(4000);
  const [one, two] = [run.resume(checkpoint).simulation, run.resume(checkpoint).simulation];
  assert.equal(worldHash(one.world), worldHash(checkpoint.world));
  for (let step = 0; step < 500; step++) {
    one.apply();
    two.apply();
  }
  assert.equal(worldHash(one.world), worldHash(two.world));
  two.apply();
  assert.notEqual(worldHash(one.world), worldHash(two.world));
  assert.equal(worldHash(cloneWorld(one.world)), worldHash(one.world));
});

test('a branch shares the past and parts at its intervention, as the whole run with it would', () => {
  const { run, events } = gossip;
  const at = 7000;
  const intervention = { anchor: eventName(events[at]!), action: 'crash', arguments: { node: 'b' } };
  const rows: number[][] = [];
  const branch = run.branch(at, [intervention], (index, row) => void (rows[index] = [...row]));
  const whole = observe(system, { interventions: [intervention] });
  assert.deepEqual(whole.events.slice(0, at + 1), events.slice(0, at + 1));
  assert.notDeepEqual(whole.events[at + 1], events[at + 1]);
  assert.equal(branch.writer.length, whole.events.length);
  for (let index = branch.from; index < whole.events.length; index += 101) {
    assert.deepEqual([rows[index]![0], rows[index]![1]], [whole.events[index]!.kind, whole.events[index]!.time]);
  }
  assert.equal(worldHash(branch.simulation.world), worldHash(whole.run.simulation.world));
  assert.equal(run.simulation.world.nodes[1]!.condition, 'up'); // the parent stays as it is
});

test('a hand may pick another order: time never runs backwards', () => {
  const { run } = gossip;
  const { simulation } = run.resume(run.checkpoints.first);
  for (let step = 0; step < 200; step++) {
    const before = simulation.world.time;
    simulation.apply(simulation.enabled().at(-1)!);
    assert.ok(simulation.world.time >= before);
  }
});
