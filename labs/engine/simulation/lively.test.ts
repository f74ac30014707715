/** Whatever is up and has something waiting has something scheduled: no sequence of events makes a node go deaf. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { constant } from '../random/distribution.ts';
import { EventKind, kindName, type EventKindName } from '../trace/event.ts';
import { beginSimulation } from './begin.ts';
import { ReplayWriter } from './replay-writer.ts';
import type { Context, NodeProgram } from './node.ts';
import type { System } from './system.ts';
import { assertLively } from './testing/lively.ts';
import { observe } from './testing/observed-run.ts';
import { randomSystem } from './testing/random-system.ts';
import { milliseconds, seconds } from './time.ts';

test('every world of a run is lively, after every step, whatever nodes and the network get up to', () => {
  for (let seed = 1; seed <= 150; seed++) {
    const { system, interventions } = randomSystem(seed);
    const simulation = beginSimulation(system, {
      seed,
      writer: new ReplayWriter({ length: 0, strings: 0, counters: new Uint32Array(0) }, []),
      interventions,
    });
    try {
      for (let step = 0; step < 2000 && simulation.world.pending.size > 0; step++) {
        assertLively(simulation.world);
        simulation.apply();
      }
      assertLively(simulation.world);
    } catch (error) {
      throw new Error(`seed ${seed}, step ${simulation.world.steps}`, { cause: error });
    }
  }
});

test('such runs repeat themselves, and their operations take as long as they say', () => {
  for (let seed = 1; seed <= 20; seed++) {
    const { system, interventions } = randomSystem(seed);
    assert.equal(observe(system, { seed, interventions }).hash, observe(system, { seed, interventions }).hash);
  }
});

/** While it makes something safe for 5 ms, from 10 ms on, a timer falls due (at 12 ms) and waits; then it is called off. */
const busyAndFickle: NodeProgram<{ waits: number; heard: string[] }> = {
  initialState: () => ({ waits: 0, heard: [] }),
  onStart(state, context) {
    context.setTimer('begin', milliseconds(10));
    state.waits = context.setTimer('called off', milliseconds(12));
    context.setTimer('later', milliseconds(30));
  },
  onTimer(state, { name }, context) {
    state.heard.push(name);
    if (name !== 'begin') return;
    context.disk.sync();
    context.cancelTimer(state.waits);
  },
  onMessage: (state, { type }) => void state.heard.push(type),
};

function withSender(
  sends: [at: number, type: string][],
  schedule: NonNullable<System['faults']>['schedule'] = [],
): System {
  const sender: NodeProgram = {
    initialState: () => ({}),
    onStart: (_state, context) => {
      for (const [at, type] of sends) context.setTimer(type, milliseconds(at));
    },
    onTimer: (_state, { name }, context) => context.send('fickle', { type: name }),
  };
  return {
    until: milliseconds(100),
    faults: { schedule },
    nodes: [
      { name: 'fickle', program: busyAndFickle, syncTime: constant(milliseconds(5)) },
      { name: 'sender', program: sender },
    ],
  };
}

const heardBy = (system: System): string[] => observe(system).run.simulation.view.state('fickle').heard;

test('a timer that is called off while it waits for its busy node leaves the node all ears', () => {
  assert.deepEqual(heardBy(withSender([[13, 'meanwhile'], [20, 'afterwards']])), ['begin', 'meanwhile', 'afterwards', 'later']); // prettier-ignore
});

test('so does a message whose link is cut while it waits, and one that is dropped there', () => {
  const cut = { at: milliseconds(14), action: 'cut', arguments: { from: 'sender', to: 'fickle', for: 2 } };
  assert.deepEqual(heardBy(withSender([[13, 'cut off'], [20, 'heard']], [cut])), ['begin', 'heard', 'later']); // prettier-ignore
  const drop = { at: milliseconds(14), action: 'drop', arguments: { message: 'sender#0' } };
  assert.deepEqual(heardBy(withSender([[13, 'dropped'], [20, 'heard']], [drop])), ['begin', 'heard', 'later']); // prettier-ignore
});

test('a message that waits can be held up and doubled, and not be delivered any sooner', () => {
  const onWaiting = (action: string, given = {}): string[] => {
    const schedule = [{ at: milliseconds(14), action, arguments: { message: 'sender#0', ...given } }];
    return heardBy(withSender([[13, 'first'], [13, 'second']], schedule)); // prettier-ignore
  };
  assert.deepEqual(onWaiting('delay', { by: 10 }), ['begin', 'second', 'first', 'later']);
  assert.deepEqual(onWaiting('duplicate'), ['begin', 'second', 'first', 'first', 'later']);
  assert.deepEqual(onWaiting('deliver-now'), ['begin', 'first', 'second', 'later']);
});

test('a node that has called off what waited can crash and come back, and nobody else loses a timer', () => {
  const stranger: NodeProgram = {
    initialState: () => ({}),
    onStart: (_state, context) => void context.setTimer('set more', milliseconds(20)),
    onTimer(_state, { name }, context) {
      if (name !== 'set more') return;
      for (let i = 0; i < 5; i++) context.setTimer(`timer ${i}`, milliseconds(30)); // in slots that others gave back
    },
  };
  const schedule = [{ at: milliseconds(40), action: 'crash', arguments: { node: 'fickle', for: 5 } }];
  const { nodes, ...rest } = withSender([], schedule);
  const { lines } = observe({ ...rest, nodes: [nodes[0]!, { name: 'stranger', program: stranger }] });
  assert.equal(lines.filter((line) => line.startsWith('50 timerFire stranger')).length, 5);
});

test('an answer that comes while the time-out of its call waits already is the end of that call', () => {
  const asker: NodeProgram<{ answers: unknown[] }> = {
    initialState: () => ({ answers: [] }),
    onStart(_state, context) {
      context.call('echo', { type: 'hello' }, { timeout: milliseconds(12), then: 'onAnswer' });
      context.setTimer('busy', milliseconds(9));
    },
    onTimer: (_state, { name }, context) => (name === 'busy' ? context.disk.sync() : undefined),
    onAnswer(state: { answers: unknown[] }, { message }: { message?: { type: string } }, context: Context) {
      state.answers.push(message?.type);
      context.setTimer('after', milliseconds(1));
    },
  } as NodeProgram<{ answers: unknown[] }>;
  const echo: NodeProgram = {
    initialState: () => ({}),
    onMessage: (_state, _message, _from, context) => context.reply({ type: 'hello yourself' }),
  };
  const { run, lines } = observe({
    until: seconds(1),
    network: { default: { latency: constant(milliseconds(5)) } },
    nodes: [
      { name: 'asker', program: asker, syncTime: constant(milliseconds(6)) },
      { name: 'echo', program: echo },
    ],
  });
  assert.deepEqual(run.simulation.view.state('asker').answers, ['hello yourself']);
  assert.ok(lines.includes('16 timerFire asker after'));
});

test('a job that waits for a busy node that then crashes is turned away', () => {
  const gate: NodeProgram = {
    initialState: () => ({}),
    onJob(_state, job, context) {
      context.disk.sync();
      context.finish(job.id);
    },
  };
  const departed: string[] = [];
  observe(
    {
      until: seconds(1),
      endWithWorkload: true,
      faults: { schedule: [{ at: milliseconds(3), action: 'crash', arguments: { node: 'gate' } }] },
      nodes: [{ name: 'gate', program: gate, syncTime: constant(milliseconds(5)) }],
      workloads: [
        {
          name: 'job-',
          target: 'gate',
          jobs: 2,
          arrivals: { kind: 'list', times: [milliseconds(1), milliseconds(2)] },
          serviceTime: constant(0),
        },
      ],
    },
    { observer: { departed: ({ number, why }) => void departed.push(`${number} ${why}`) } },
  );
  assert.deepEqual(departed.sort(), ['0 crash', '1 down']);
});

/** When something of a kind happens to the node or link that these actions are done to, in milliseconds. */
function timesOf(kinds: readonly EventKindName[], actions: readonly [at: number, action: string, lasts?: number][]) {
  const given = (action: string) => (['cut', 'heal'].includes(action) ? { from: 'A', to: 'B' } : { node: 'A' });
  const schedule = actions.map(([at, action, lasts]) => ({
    at: milliseconds(at),
    action,
    arguments: { ...given(action), ...(lasts === undefined ? {} : { for: lasts }) },
  }));
  const program: NodeProgram = { initialState: () => ({}) };
  const nodes = ['A', 'B'].map((name) => ({ name, program }));
  const { events } = observe({ until: seconds(1), faults: { schedule }, nodes });
  return events
    .filter(({ kind }) => kinds.some((name) => kind === EventKind[name]))
    .map(({ time, kind }) => `${kindName(kind)} ${time / 1e6}`);
}

test('a node that is crashed twice at once is down until the later end, and not raised by another crash', () => {
  const times = (...actions: [number, string, number?][]) => timesOf(['crash', 'restart'], actions);
  assert.deepEqual(times([0, 'crash', 20], [10, 'crash', 30]), ['crash 0', 'restart 40']);
  assert.deepEqual(times([0, 'crash', 50], [10, 'crash', 10]), ['crash 0', 'restart 50']);
  assert.deepEqual(times([0, 'crash', 20], [10, 'crash']), ['crash 0']);
  const again: [number, string, number?][] = [
    [0, 'crash', 50],
    [10, 'restart'],
    [20, 'crash', 100],
  ];
  assert.deepEqual(times(...again), ['crash 0', 'restart 10', 'crash 20', 'restart 120']);
  assert.deepEqual(times([0, 'crash', 50], [10, 'restart'], [20, 'crash']), ['crash 0', 'restart 10', 'crash 20']);
});

test('the same is true of a pause, and of a link that is cut', () => {
  const pauses = (...actions: [number, string, number?][]) => timesOf(['pause', 'resume'], actions);
  assert.deepEqual(pauses([0, 'pause', 20], [10, 'pause', 30]), ['pause 0', 'resume 40']);
  assert.deepEqual(pauses([0, 'pause', 20], [10, 'pause']), ['pause 0']);
  assert.deepEqual(pauses([0, 'pause', 50], [10, 'resume'], [20, 'pause']), ['pause 0', 'resume 10', 'pause 20']);
  const ends = (...actions: [number, string, number?][]) =>
    timesOf(['link'], actions).filter((_, i, all) => i === all.length - 1);
  assert.deepEqual(ends([0, 'cut', 20], [10, 'cut', 30]), ['link 40']);
  assert.deepEqual(ends([0, 'cut', 20], [10, 'cut']), ['link 10']);
  assert.deepEqual(ends([0, 'cut', 50], [10, 'heal'], [20, 'cut', 100]), ['link 120']);
});

test('a station that comes back takes what waits in the queue that it shares', () => {
  const schedule = [
    { at: 0, action: 'crash', arguments: { node: 'A', for: 10 } },
    { at: 0, action: 'crash', arguments: { node: 'B' } },
  ];
  const { lines } = observe({
    until: seconds(1),
    faults: { schedule },
    sharedQueues: [{ name: 'line', stations: ['A', 'B'] }],
    nodes: [
      { name: 'A', station: { servers: 1 } },
      { name: 'B', station: { servers: 1 } },
    ],
    workloads: [
      {
        name: 'job-',
        target: 'line',
        jobs: 2,
        arrivals: { kind: 'list', times: [milliseconds(1), milliseconds(2)] },
        serviceTime: constant(milliseconds(3)),
      },
    ],
  });
  assert.deepEqual(
    lines.filter((line) => line.includes('serveEnd')),
    ['13 serveEnd A job-', '16 serveEnd A job-'],
  );
});

test('what a handler does after a sync counts from then: operations, the departure of a job', () => {
  const client: NodeProgram = {
    initialState: () => ({}),
    onStart(_state, context) {
      context.disk.sync();
      const read = context.invoke('read');
      context.disk.sync();
      context.returned(read);
      context.unknown(context.invoke('write'), 'who knows');
      assert.throws(() => context.failed(read, 'again'), /no open operation/);
    },
    onJob: (_state, job, context) => context.dispatch(job.id, 'desk'),
    onJobDone: (_state, _job, context) => context.disk.sync(),
  };
  const departed: number[] = [];
  const { events } = observe(
    {
      until: seconds(1),
      nodes: [
        { name: 'client', program: client, syncTime: constant(milliseconds(50)) },
        { name: 'desk', station: { servers: 1 } },
      ],
      workloads: [
        {
          name: 'job-',
          target: 'client',
          jobs: 1,
          arrivals: { kind: 'list', times: [milliseconds(200)] },
          serviceTime: constant(milliseconds(10)),
        },
      ],
    },
    { observer: { departed: ({ departedAt }) => void departed.push(departedAt) } },
  );
  const ends = events.filter(({ kind }) => kind === EventKind.return || kind === EventKind.unknown);
  assert.deepEqual(
    ends.map(({ time, value }) => [time / 1e6, value / 1e6]),
    [
      [100, 50],
      [100, 0],
    ],
  );
  assert.deepEqual(departed, [milliseconds(260)]);
});

test('an operation that a crash cut off before it had ended is still open', () => {
  const client: NodeProgram<{ operation: number }> = {
    initialState: () => ({ operation: -1 }),
    onStart(_state, context) {
      context.disk.write('operation', context.invoke('write'));
      context.disk.sync();
      context.disk.sync();
      context.returned(context.disk.read('operation'));
    },
    onRecover: (_state, context) => context.unknown(context.disk.read('operation'), 'crashed'),
  };
  const { lines } = observe({
    until: seconds(1),
    faults: { schedule: [{ at: milliseconds(7), action: 'crash', arguments: { node: 'client', for: 1 } }] },
    nodes: [{ name: 'client', program: client, syncTime: constant(milliseconds(5)) }],
  });
  assert.equal(lines.at(-1), '8 unknown client crashed');
});
