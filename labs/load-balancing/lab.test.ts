import assert from 'node:assert/strict';
import { describe, it, test } from 'node:test';
import { seconds, type RunReport } from 'system-design-labs/engine';
import * as v from 'valibot';
import { describeLab } from '../engine/lab/catalogue.ts';
import { runReport } from '../engine/record/report-schema.ts';
import { executeRun } from '../engine/run.ts';
import { runLab } from '../engine/testing/run-lab.ts';
import lab from './lab.ts';
import { serverNames } from './parameters.ts';

interface Result {
  servers: string[];
  perServer: number[];
  sequence?: string[];
  failures: Record<string, number>;
}

function run(algorithm: string, scenario: string, parameters: Record<string, unknown> = {}, seed = 1): RunReport {
  return executeRun(lab as never, { lab: lab.id, algorithm, scenario, seed, parameters }, { maxEvents: 0 });
}

function resultOf(report: RunReport): Result {
  return report.result as unknown as Result;
}

function theoryOf(report: RunReport, metric: string) {
  const row = report.theory.find((one) => one.metric === metric);
  assert.ok(row, `no theory for ${metric}`);
  return row;
}

const steady = { healthInterval: 0 };

describe('known answers', () => {
  it('ten requests one after the other at 100, 150 and 200 ms: 4, 3, 3 and 1,450 ms', () => {
    const report = run('round-robin', 'one-after-the-other');
    assert.deepEqual(resultOf(report).perServer, [4, 3, 3]);
    assert.equal(report.metrics.elapsedMs, 1450);
    assert.equal(report.metrics.succeeded, 10);
  });

  it('smooth weights 5, 1, 1: a a b a c a a', () => {
    const { sequence } = resultOf(run('weighted-smooth', 'bursty-or-smooth', { requests: 7 }));
    assert.equal(sequence!.join(''), 'AABACAA');
  });

  it('failover, weights 2, 1, 1, the first server down for requests 10 to 14', () => {
    const report = run('weighted-bursty', 'failover');
    const { sequence } = resultOf(report);
    const named = sequence!.map((server) => ({ A: 'P', B: 'S', C: 'B' })[server]).join('');
    assert.equal(named, 'PPSBPPSBPP' + 'SBSBS' + 'PPBPP');
    assert.equal(report.metrics.failed, 0);
  });

  it('M/M/1 at ρ = 0.9: ten service times, p99 46', () => {
    const report = run('random', 'luck-or-choice', { servers: 1, requests: 100_000, ...steady });
    assert.equal(theoryOf(report, 'meanTimeInSystem').expected.toFixed(6), '10.000000');
    assert.equal(theoryOf(report, 'p99').expected.toFixed(2), '46.05');
    for (const row of report.theory) assert.equal(row.agrees, true, `${row.metric} ${row.measured}`);
  });

  it('M/M/2 behind one queue at ρ = 0.9: mean wait 4.263', () => {
    const report = run('random', 'luck-or-choice', {
      servers: 2,
      topology: 'sharedQueue',
      requests: 80_000,
      ...steady,
    });
    assert.equal(theoryOf(report, 'meanWait').expected.toFixed(3), '4.263');
    for (const row of report.theory) assert.equal(row.agrees, true, `${row.metric} ${row.measured}`);
  });

  it('two choices of 100 servers at λ = 0.9: a little above the limit for many, 2.614', () => {
    const report = run('two-choices', 'luck-or-choice');
    assert.equal(theoryOf(report, 'meanTimeInSystem').expected.toFixed(3), '2.646');
    assert.equal(theoryOf(report, 'meanWait').expected.toFixed(3), '1.646');
    for (const row of report.theory) assert.equal(row.agrees, true, `${row.metric} ${row.measured}`);
  });

  it('constant services wait half as long as exponential ones (Pollaczek–Khinchine)', () => {
    const report = run('random', 'luck-or-choice', {
      servers: 1,
      serviceTime: 'constant',
      requests: 100_000,
      ...steady,
    });
    assert.equal(theoryOf(report, 'meanWait').expected.toFixed(6), '4.500000');
    assert.equal(theoryOf(report, 'meanWait').agrees, true);
  });

  it('room for ten at ρ = 1.2 turns away what M/M/1/K says', () => {
    const parameters = { servers: 1, arrivalRate: 1.2, queueLimit: 9, requests: 50_000, ...steady };
    const report = run('random', 'luck-or-choice', parameters);
    assert.equal(theoryOf(report, 'failedShare').agrees, true);
    assert.deepEqual(Object.keys(resultOf(report).failures), ['queue full']);
  });
});

describe('scenarios', () => {
  for (const scenario of lab.scenarios) {
    if (scenario.id === 'luck-or-choice') continue; // above
    it(`${scenario.id}: every check holds, on both sides of the contrast`, () => {
      const algorithm = scenario.algorithm ?? 'round-robin';
      const sides = [run(algorithm, scenario.id)];
      const { beside } = scenario;
      if (beside) sides.push(run(beside.algorithm ?? algorithm, scenario.id, beside.parameters));
      for (const report of sides) {
        for (const check of report.checks) assert.ok(check.ok, `${check.name}: ${check.detail}`);
        assert.ok(report.takeaways.length > 0);
        for (const metric of Object.keys(report.metrics)) assert.ok(metric in lab.metrics, metric);
      }
    });
  }

  it('one slow server ruins round robin and hardly hurts least connections', () => {
    const taking = run('round-robin', 'one-slow-server', { requests: 20_000 }).metrics.p99!;
    const looking = run('least-connections', 'one-slow-server', { requests: 20_000 }).metrics.p99!;
    assert.ok(looking < taking / 10, `${looking} beside ${taking}`);
  });

  it('the herd: slow start spares the slowest in a hundred, under any of three seeds', () => {
    for (const seed of [1, 2, 3]) {
      const spared = run('least-response-time', 'herd', {}, seed).metrics.p99!;
      const overrun = run('least-response-time', 'herd', { slowStart: 0 }, seed).metrics.p99!;
      assert.ok(spared < 0.8 * overrun, `seed ${seed}: ${spared} beside ${overrun}`);
    }
  });

  it('failover: the take-aways say how long nobody knew', () => {
    const told = (parameters = {}): string => run('weighted-bursty', 'failover', parameters).takeaways.join(' ');
    assert.match(
      told(),
      /A went down at 3\.54 s; the balancer noticed 110 ms later, and trusted it again 61 ms after its return/,
    );
    assert.match(told({ healthInterval: 0 }), /A went down at 3\.54 s, and the balancer never noticed/);
    const silent = /went down/;
    assert.doesNotMatch(told({ failures: 'A down 100s..' }), silent, 'the run ends before');
    assert.doesNotMatch(told({ failures: 'A drain 2s..; A down 3.54s..5.14s' }), silent, 'it was out already');
    assert.match(told({ failures: 'A down 6.5s..', healthInterval: 1000 }), /had not noticed when the run ended/);
  });

  it('draining costs no request, dying does', () => {
    assert.equal(run('round-robin', 'draining').metrics.failed, 0);
    assert.ok(run('round-robin', 'draining', { failures: 'A down 6s..8s' }).metrics.failed! > 0);
  });

  it('a prompt probe finds the server that any answer satisfies', () => {
    const prompt = run('round-robin', 'gray-failure').metrics.p99!;
    const shallow = run('round-robin', 'gray-failure', { probe: 'answers' }).metrics.p99!;
    assert.ok(prompt < shallow / 10, `${prompt} beside ${shallow}`);
  });
});

test('the sound algorithms hold the checks that are broken in the same scenarios', () => {
  for (const [algorithm, scenario] of [
    ['least-response-time', 'long-pause'],
    ['round-robin', 'two-down'],
    ['weighted-smooth', 'bursty-or-smooth'],
  ] as const) {
    const names = run(algorithm, scenario).checks.map(({ name, verdict }) => `${name} ${verdict}`);
    const judged = { 'long-pause': 'no-server-starved', 'two-down': 'never-to-unavailable', 'bursty-or-smooth': 'weights-honoured' }[scenario]; // prettier-ignore
    assert.ok(names.includes(`${judged} held`), names.join());
  }
});

describe('runs', () => {
  it('are the same for the same seed, and give the same requests to every algorithm', () => {
    const parameters = { requests: 2000, servers: 5 };
    const [one, again] = [run('two-choices', 'luck-or-choice', parameters), run('two-choices', 'luck-or-choice', parameters)]; // prettier-ignore
    assert.equal(one.trace.hash, again.trace.hash);
    assert.deepEqual(one.metrics, again.metrics);
    assert.notEqual(run('two-choices', 'luck-or-choice', parameters, 2).trace.hash, one.trace.hash);
  });

  it('are judged with one server, one request, no queue, no health checks', () => {
    for (const { id } of lab.algorithms.filter(({ broken }) => !broken)) {
      const report = run(id, 'luck-or-choice', { servers: 1, requests: 1, queueLimit: 0, healthInterval: 0 });
      assert.equal(report.metrics.succeeded, 1);
      for (const check of report.checks) assert.ok(check.ok, `${id}: ${check.name}`);
    }
  });

  it('that overflow reject requests and lose none', () => {
    const report = run('least-connections', 'luck-or-choice', {
      servers: 3,
      arrivalRate: 3,
      queueLimit: 2,
      requests: 5000,
    });
    assert.equal(report.metrics.succeeded! + report.metrics.failed!, 5000);
    assert.ok(report.metrics.failed! > 2500);
    for (const check of report.checks) assert.ok(check.ok, check.name);
  });

  it('with every server down fail every request, and come to an end', () => {
    const report = run('round-robin', 'failover', {
      failures: 'A down 0s..; B down 0s..; C down 0s..',
      arrivalRate: 0.1,
    });
    assert.equal(report.metrics.succeeded, 0);
    assert.equal(report.metrics.failed, 20);
    assert.equal(report.metrics.p99, undefined);
    for (const check of report.checks) assert.ok(check.ok, check.name);
  });

  for (const parameters of [
    {},
    { requests: 1 },
    { slowness: '2', healthInterval: 0 },
    { arrivals: 'closed', clients: 10 },
    { arrivals: 'bursty', requests: 10 },
    { topology: 'sharedQueue' },
    { servers: 60 },
  ]) {
    it(`have a report though nobody is served: ${JSON.stringify(parameters)}`, () => {
      const failures = serverNames(parameters.servers ?? 3).map((server) => `${server} down 0s..`);
      const all = { servers: 3, requests: 3000, arrivalRate: 0.5, failures: failures.join('; '), ...parameters };
      for (const algorithm of ['round-robin', 'random', 'two-choices']) {
        const report = run(algorithm, 'luck-or-choice', all);
        assert.deepEqual(v.safeParse(runReport, JSON.parse(JSON.stringify(report))).issues, undefined);
        assert.equal(report.metrics.succeeded, 0);
        const unanswered = parameters.topology === 'sharedQueue' ? all.requests : 0;
        assert.equal(report.metrics.failed, all.requests - unanswered);
        assert.equal(report.metrics.p99, undefined);
        assert.doesNotMatch(report.takeaways.join(), /NaN|undefined|Infinity/);
        for (const check of report.checks) assert.ok(check.ok, check.name);
      }
    });
  }

  it('fail as many requests under failures that overlap as under one that lasts as long', () => {
    const failed = (failures: string): number =>
      run('round-robin', 'luck-or-choice', { servers: 3, requests: 3000, arrivalRate: 0.5, failures }).metrics.failed!;
    assert.equal(failed('A down 1s..3s'), 111);
    assert.equal(failed('A down 1s..2s; A down 1.5s..3s'), 111);
  });

  it('end though a server stands still for ever, and say who got no answer', () => {
    const paused = { servers: 3, requests: 3000, arrivalRate: 0.5, failures: 'A pause 1s..' };
    const report = run('round-robin', 'luck-or-choice', paused);
    const waiting = 3000 - report.metrics.succeeded!;
    assert.ok(waiting > 50 && report.metrics.failed === 0);
    assert.match(report.takeaways.join(' '), new RegExp(`${waiting} requests came and never got an answer`));
    assert.match(report.checks.map(({ detail }) => detail).join(), new RegExp(`; ${waiting} wait to the end`));
    for (const check of report.checks) assert.ok(check.ok, check.name);
    // The only client waits for an answer that never comes.
    const closed = run('round-robin', 'luck-or-choice', { ...paused, arrivals: 'closed', clients: 1 });
    assert.ok(closed.metrics.succeeded! < 3000);
    assert.equal(closed.metrics.utilization! > 0.3, true);
  });

  it('are probed again when the answer that all clients wait for has come', () => {
    const parameters = { servers: 2, arrivals: 'closed', clients: 1, requests: 3000, failures: 'A pause 1s..9s' };
    const { report, events } = runLab(lab, { algorithm: 'round-robin', scenario: 'luck-or-choice', parameters });
    assert.equal(report.metrics.succeeded, 3000);
    const [out, back] = events.filter(({ kind }) => kind === 'mark');
    assert.deepEqual([out!.label, back!.label], ['A is taken for down', 'A is back']);
    assert.ok(back!.time > seconds(9) && back!.time < seconds(13));
    const probes = events.filter(({ kind, label }) => kind === 'send' && label === 'probe');
    assert.deepEqual(
      probes.filter(({ time }) => time > out!.time + seconds(1) && time < seconds(9)),
      [],
    );
  });

  it('do not mind messages that come twice, and double no request', () => {
    const parameters = { requests: 500, failures: '', healthInterval: 50 };
    const slow = { anchor: 'balancer#20', action: 'delay', arguments: { from: 'balancer', to: 'A', by: 1 } };
    const wanted = { scenario: 'draining', algorithm: 'least-connections', parameters };
    const { events } = runLab(lab, { ...wanted, interventions: [slow] });
    const counters = new Map<string, number>();
    const sends = events.flatMap(({ kind, node, label }) => {
      const counter = counters.get(node) ?? 0;
      counters.set(node, counter + 1);
      return kind === 'send' ? [{ label, anchor: `${node}#${counter}` }] : [];
    });
    assert.deepEqual([...new Set(sends.map(({ label }) => label))].sort(), ['alive', 'probe', 'request', 'response']);
    for (const { label, anchor } of sends.filter((_, number) => number % 151 === 0)) {
      const interventions = [slow, { anchor, action: 'duplicate', arguments: {} }];
      const { report } = runLab(lab, { ...wanted, interventions });
      for (const check of report.checks) assert.ok(check.ok, `${label}: ${check.name}: ${check.detail}`);
      assert.equal(report.unapplied.length, label === 'request' || label === 'response' ? 1 : 0, label);
    }
  });

  it('go on when the balancer itself crashes: it has forgotten what it sent, and nothing is lost track of', () => {
    const interventions = [
      { anchor: 'balancer#2000', action: 'crash', arguments: { node: 'balancer' } },
      { anchor: 'balancer#2100', action: 'restart', arguments: { node: 'balancer' } },
    ];
    for (const algorithm of ['least-connections', 'two-choices', 'peak-ewma']) {
      const request = { lab: lab.id, algorithm, scenario: 'draining', seed: 1, interventions };
      const report = executeRun(lab as never, request, { maxEvents: 0 });
      assert.deepEqual(report.unapplied, []);
      assert.ok(resultOf(report).failures.down! > 0);
      for (const check of report.checks) assert.ok(check.ok, `${algorithm}: ${check.name}: ${check.detail}`);
    }
  });

  it('are not foreseen to be endless before the first request has left', () => {
    const parameters = { servers: 20, requests: 2, arrivals: 'constant', arrivalRate: 0.05, healthInterval: 0.02 };
    const request = { lab: lab.id, algorithm: 'round-robin', seed: 1, parameters };
    let time = 0;
    const clock = (): number => (time += 100); // each look at the run takes a tenth of a second
    const { metrics } = executeRun(lab as never, request, { maxEvents: 0, deadline: 60_000, clock });
    assert.equal(metrics.failed, 2);
  });

  it('refuse a server that is not there, a weight of 0, a failure nobody understands', () => {
    assert.throws(() => run('random', 'failover', { failures: 'Z down 1s..2s' }), /no server Z: use A to C/);
    assert.throws(() => run('random', 'failover', { weights: '0,1' }), /whole numbers from 1 to 1000, like 5,1,1/);
    assert.throws(() => run('random', 'failover', { failures: 'A sleeps' }), /'A sleeps' is no failure: write A down/);
    assert.throws(() => run('random', 'failover', { slowness: '1,x' }), /write positive numbers, like 1,1.5,2/);
    assert.throws(() => run('random', 'failover', { weights: '2,1,' }), /'2,1,' ends with a comma: write a number/);
    assert.throws(() => run('random', 'failover', { slowness: '2,,1' }), /'2,,1' has nothing in place 2/);
    for (const name of ['toString', '__proto__', 'constructor', 'hasOwnProperty']) {
      assert.throws(
        () => run('random', 'failover', { failures: `${name} down 1s..` }),
        new RegExp(`there is no server ${name}: use A to C`),
      );
    }
  });
});

describe('the declaration', () => {
  it('is plain data, and its default scenario changes nothing', () => {
    const entry = describeLab(lab as never);
    assert.deepEqual(JSON.parse(JSON.stringify(entry)).id, 'load-balancing');
    const standard = lab.scenarios.find(({ id }) => id === lab.defaultScenario);
    assert.deepEqual(standard?.parameters ?? {}, {});
  });
});
