import assert from 'node:assert/strict';
import { test } from 'node:test';
import { constant, exponential } from '../random/distribution.ts';
import { EventKind } from '../trace/event.ts';
import type { Context, Job, NodeProgram } from './node.ts';
import type { DepartedJob } from './stations.ts';
import type { Arrivals, System, Workload } from './system.ts';
import { observe } from './testing/observed-run.ts';
import { milliseconds, seconds } from './time.ts';

const ms = milliseconds(1);

function work(
  target: string,
  arrivals: Arrivals,
  jobs: number,
  serviceTime = constant(10 * ms),
  clients = 1,
): Workload {
  return { name: 'request-', target, arrivals, jobs, serviceTime, clients };
}

function departures(system: Omit<System, 'until'>, seed = 1) {
  const departed: DepartedJob[] = [];
  const observed = observe(
    { until: seconds(100_000), endWithWorkload: true, ...system },
    { seed, observer: { departed: (job) => void departed.push({ ...job }) } },
  );
  const mean = (of: (job: DepartedJob) => number) => departed.reduce((sum, job) => sum + of(job), 0) / departed.length;
  return { ...observed, departed, mean };
}

const timeInSystem = (job: DepartedJob) => (job.departedAt - job.arrivedAt) / ms;
const waited = (job: DepartedJob) => (job.beganAt - job.dispatchedAt) / ms;

/** A station behind this door: every handler says what it sees. */
function door(handlers: Partial<NodeProgram> = {}): NodeProgram {
  return {
    initialState: () => ({ heard: [] }),
    onJob: (_state, job, context) => context.dispatch(job.id, 'A'),
    onJobDone: (state, job: Job) => void state.heard.push(`done ${job.number} at ${job.station}`),
    onJobFailed: (state, job: Job, why) => void state.heard.push(`failed ${job.number}: ${why}`),
    ...handlers,
  };
}

test('M/M/1 at 0.9: the mean time in system is that of theory, within what 30,000 customers allow', () => {
  const arrivals = { kind: 'poisson' as const, rate: 900 };
  const means = [1, 2, 3, 4, 5].map((seed) =>
    departures(
      { nodes: [{ name: 'A', station: { servers: 1 } }], workloads: [work('A', arrivals, 30_000, exponential(ms))] },
      seed,
    ).mean(timeInSystem),
  );
  const mean = means.reduce((sum, value) => sum + value, 0) / means.length;
  // 150,000 correlated customers: the standard deviation of the mean is about 0.5
  assert.ok(Math.abs(mean - 10) < 1.5, `${mean}`);
});

test('M/M/2 at 0.9, by two servers of one station or by a queue shared by two stations: one and the same', () => {
  const workloads = (target: string) => [work(target, { kind: 'poisson', rate: 1800 }, 60_000, exponential(ms))];
  const one = departures({ nodes: [{ name: 'A', station: { servers: 2 } }], workloads: workloads('A') });
  const shared = departures({
    nodes: [
      { name: 'A', station: { servers: 1 } },
      { name: 'B', station: { servers: 1 } },
    ],
    sharedQueues: [{ name: 'line', stations: ['A', 'B'] }],
    workloads: workloads('line'),
  });
  assert.equal(one.mean(waited), shared.mean(waited));
  // Erlang: wait probability 0.852632, mean wait 4.263158 service times
  const hadToWait = one.departed.filter((job) => waited(job) > 0).length / one.departed.length;
  assert.ok(Math.abs(hadToWait - 0.8526) < 0.02, `${hadToWait}`);
  assert.ok(Math.abs(one.mean(waited) - 4.263) < 0.8, `${one.mean(waited)}`);
});

test('job k arrives at the same time and demands the same, whatever becomes of the others', () => {
  const of = (queueLimit: number) =>
    departures({
      nodes: [{ name: 'A', station: { servers: 1, queueLimit } }],
      workloads: [work('A', { kind: 'poisson', rate: 150 }, 200, exponential(10 * ms), 50)],
    }).departed.sort((a, b) => a.number - b.number);
  const [few, many] = [of(2), of(1000)];
  assert.ok(few.some(({ outcome, why }) => outcome === 'failed' && why === 'queue full'));
  for (const [k, job] of many.entries()) {
    assert.equal(job.outcome, 'served');
    const { number, arrivedAt, demand, client } = few[k]!;
    assert.deepEqual(
      { number, arrivedAt, demand, client },
      { number: k, arrivedAt: job.arrivedAt, demand: job.demand, client: job.client },
    );
  }
});

test('first come first served, or last come first served', () => {
  const served = (discipline: 'fifo' | 'lifo') =>
    departures({
      nodes: [{ name: 'A', station: { servers: 1, discipline } }],
      workloads: [work('A', { kind: 'list', times: [0, 1, 2, 3] }, 4)],
    }).departed.map(({ number }) => number);
  assert.deepEqual(served('fifo'), [0, 1, 2, 3]);
  assert.deepEqual(served('lifo'), [0, 3, 2, 1]);
});

test('arrivals: constant, bursty, from a list, and closed with think time', () => {
  const arrived = (arrivals: Arrivals, jobs: number, clients = 1) =>
    departures({
      nodes: [{ name: 'A', station: { servers: 99 } }],
      workloads: [work('A', arrivals, jobs, constant(10 * ms), clients)],
    })
      .departed.sort((a, b) => a.number - b.number)
      .map((job) => job.arrivedAt / ms);
  assert.deepEqual(arrived({ kind: 'constant', rate: 200 }, 4), [5, 10, 15, 20]);
  assert.deepEqual(arrived({ kind: 'list', times: [3 * ms, 3 * ms, 7 * ms] }, 3), [3, 3, 7]);
  const bursts = arrived({ kind: 'bursty', rate: 100, size: 3 }, 9);
  assert.equal(new Set(bursts).size, 3);
  assert.deepEqual(bursts.slice(0, 3), Array(3).fill(bursts[0]));
  // two clients: think 5, be served for 10, think 5 …
  assert.deepEqual(arrived({ kind: 'closed', think: constant(5 * ms) }, 6, 2), [5, 5, 20, 20, 35, 35]);
});

test('a dispatcher hears what became of its jobs, and may try again elsewhere', () => {
  const balancer = door({
    onJobFailed(state, job, why, context) {
      state.heard.push(`failed ${job.number}: ${why}`);
      if (job.attempts < 2) context.dispatch(job.id, 'B');
    },
  });
  const { departed, run, events } = departures({
    nodes: [
      { name: 'balancer', program: balancer },
      { name: 'A', station: { servers: 1, queueLimit: 0 } },
      { name: 'B', station: { servers: 1, queueLimit: 0 } },
    ],
    workloads: [work('balancer', { kind: 'list', times: [0, 1, 2] }, 3)],
  });
  assert.deepEqual(
    departed.map(({ number, outcome, station, attempts }) => [number, outcome, station, attempts]),
    [
      [2, 'failed', 'B', 2],
      [0, 'served', 'A', 1],
      [1, 'served', 'B', 2],
    ],
  );
  assert.deepEqual(run.simulation.view.state('balancer').heard, [
    'failed 1: queue full',
    'failed 2: queue full',
    'failed 2: queue full',
    'done 0 at A',
    'done 1 at B',
  ]);
  assert.equal(events.filter(({ kind }) => kind === EventKind.reject).length, 3);
});

test('a crashed station loses what it serves and what waits; a paused one takes as much longer; a slow one its factor', () => {
  const after = (action: string, given: Record<string, number | string> = {}) =>
    departures({
      nodes: [
        { name: 'balancer', program: door() },
        { name: 'A', station: { servers: 1 } },
      ],
      faults: { schedule: [{ at: 4 * ms, action, arguments: { node: 'A', ...given } }] },
      workloads: [work('balancer', { kind: 'list', times: [0, 1, 6 * ms] }, 3)],
    }).departed.map(({ number, why, departedAt }) => [number, why, Math.round(departedAt / ms)]);
  assert.deepEqual(after('crash'), [
    [0, 'crash', 4],
    [1, 'crash', 4],
    [2, 'down', 6],
  ]);
  assert.deepEqual(after('pause', { for: 100 }), [
    [0, '', 110],
    [1, '', 120],
    [2, '', 130],
  ]);
  assert.deepEqual(after('slow', { factor: 2 }), [
    [0, '', 10],
    [1, '', 30],
    [2, '', 50],
  ]);
});

test('a speed divides service times', () => {
  const { mean } = departures({
    nodes: [{ name: 'A', station: { servers: 9, speed: 4 } }],
    workloads: [work('A', { kind: 'constant', rate: 10 }, 5)],
  });
  assert.equal(mean(timeInSystem), 2.5);
});

test('over a network jobs travel as messages, there and back', () => {
  const { departed, lines } = departures({
    network: { default: { latency: constant(3 * ms) } },
    nodes: [
      { name: 'balancer', program: door() },
      { name: 'A', station: { servers: 1 } },
    ],
    workloads: [work('balancer', { kind: 'list', times: [0] }, 1)],
  });
  assert.deepEqual(departed.map(timeInSystem), [16]);
  assert.deepEqual(lines.slice(2), [
    '0 deliver balancer request-',
    '0 send balancer A request',
    '3 deliver A balancer request',
    '3 enqueue A balancer request-',
    '3 serveBegin A balancer request-',
    '13 serveEnd A balancer request-',
    '13 send A balancer response',
    '16 deliver balancer A response',
  ]);
});

test('jobs can be put by and dispatched later', () => {
  const holder = door({
    initialState: () => ({ heard: [], kept: [] }),
    onJob(state, job, context: Context) {
      context.hold(job.id);
      state.kept.push(job.id);
      if (state.kept.length === 2) for (const id of state.kept.splice(0)) context.dispatch(id, 'A');
    },
  });
  const { departed } = departures({
    nodes: [
      { name: 'holder', program: holder },
      { name: 'A', station: { servers: 2 } },
    ],
    workloads: [work('holder', { kind: 'list', times: [0, 5 * ms] }, 2)],
  });
  assert.deepEqual(departed.map(timeInSystem), [15, 10]);
});

test('a job may not be forgotten, nor sent on twice', () => {
  const system = (onJob: NodeProgram['onJob']): Omit<System, 'until'> => ({
    nodes: [
      { name: 'door', program: door({ onJob: onJob! }) },
      { name: 'A', station: { servers: 1 } },
    ],
    workloads: [work('door', { kind: 'list', times: [0] }, 1)],
  });
  assert.throws(() => departures(system(() => {})), /left job 0 lying: dispatch, finish, reject or hold it/);
  const twice: NodeProgram['onJob'] = (_state, job, context) => {
    context.dispatch(job.id, 'A');
    context.dispatch(job.id, 'A');
  };
  assert.throws(() => departures(system(twice)), /does not hold a job 0/);
  const nowhere: NodeProgram['onJob'] = (_state, job, context) => context.dispatch(job.id, 'Z');
  assert.throws(() => departures(system(nowhere)), /there is no 'Z' for door to send to: use door, A/);
});

test('workloads that make no sense are refused', () => {
  const nodes = [{ name: 'A', station: { servers: 1 } }];
  const refused: [Workload, RegExp][] = [
    [work('Z', { kind: 'constant', rate: 1 }, 1), /goes to 'Z'/],
    [work('A', { kind: 'constant', rate: 0 }, 1), /rate.*above 0/],
    [work('A', { kind: 'list', times: [1] }, 2), /lists 1 arrivals for 2 jobs/],
    [work('A', { kind: 'list', times: [5, 4] }, 2), /arrival 1.*past/],
    [work('A', { kind: 'constant', rate: 1 }, 1.5), /whole number of jobs/],
    [work('A', { kind: 'constant', rate: 1 }, 1, constant(-1)), /serviceTime.*-1/],
  ];
  for (const [workload, message] of refused) {
    assert.throws(() => departures({ nodes, workloads: [workload] }), { name: 'ScenarioError', message });
  }
});
