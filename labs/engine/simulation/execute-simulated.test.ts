import assert from 'node:assert/strict';
import { test } from 'node:test';
import { defineSimulatedLab, integer, milliseconds, seconds, type NodeProgram, type SimulatedRun } from '../index.ts';
import type { Lab } from '../lab/lab.ts';
import type { Intervention } from '../lab/report.ts';
import { executeRun } from '../run.ts';
import { TraceStore } from '../trace/store.ts';
import type { RecordedRun } from './replay.ts';

class Ticker implements NodeProgram<{ ticks: number }> {
  readonly bad: string;
  constructor(bad: string) {
    this.bad = bad;
  }
  initialState() {
    return { ticks: 0 };
  }
  onStart(_state: unknown, context: Parameters<NonNullable<NodeProgram['onStart']>>[1]) {
    context.setTimer('tick', milliseconds(1));
  }
  onTimer(state: { ticks: number }, _timer: unknown, context: Parameters<NonNullable<NodeProgram['onTimer']>>[2]) {
    if (++state.ticks === 50 && this.bad === 'throw') throw new TypeError('fifty');
    context.setTimer('tick', milliseconds(1));
  }
}

const lab = defineSimulatedLab({
  id: 'ticking',
  title: 'Ticking',
  chapter: 'Foundations',
  level: 'beginner',
  summary: 'Ticks.',
  concepts: [],
  contract: 'Nothing',
  parameters: { length: integer({ default: 100, min: 1, max: 1_000_000 }) },
  algorithms: [
    {
      id: 'good',
      title: 'Good',
      summary: 'Ticks',
      implementation: class {
        bad = '';
      },
    },
    {
      id: 'throw',
      title: 'Bad',
      summary: 'Throws',
      implementation: class {
        bad = 'throw';
      },
    },
  ],
  scenarios: [{ id: 'plain', title: 'Plain', question: 'How many?' }],
  defaultScenario: 'plain',
  metrics: { ticks: { title: 'Ticks' } },
  checks: { few: { title: 'Few', help: 'At most 30.' } },
  views: ['log'],
  begin: ({ parameters, algorithm }) => ({
    system: {
      until: milliseconds(parameters.length),
      nodes: [{ name: 'clock', program: new Ticker(new algorithm().bad) }],
      checks: [
        {
          name: 'few',
          when: 'always',
          violation: (view) =>
            view.state('clock')?.ticks > 30 ? { detail: 'more than 30', node: 'clock' } : undefined,
        },
      ],
    },
    finish: (end) => ({
      metrics: { ticks: end.state('clock')?.ticks ?? -1 },
      theory: [],
      checks: [],
      result: end.because,
      takeaways: [],
    }),
  }),
});

function run(algorithm: string, interventions: Intervention[] = [], length = 100) {
  const store = new TraceStore({ maxEvents: 100_000 });
  let recorded: RecordedRun | undefined;
  const request = { lab: 'ticking', algorithm, seed: 1, parameters: { length }, interventions };
  const execute = () =>
    executeRun(
      lab as unknown as Lab,
      request,
      { maxEvents: 100_000 },
      {
        sink: { batch: store.append.bind(store) },
        recorded: (one) => (recorded = one),
      },
    );
  return { execute, store, recorded: () => recorded };
}

test('a simulated lab is run to a report: metrics, judged checks with event and node, why it ended', () => {
  const { execute, store, recorded } = run('good');
  const report = execute();
  assert.equal(report.metrics.ticks, 100);
  assert.equal(report.result, 'until');
  assert.equal(report.trace.events, store.length);
  const [few] = report.checks;
  assert.deepEqual([few!.verdict, few!.node, few!.ok], ['broken', 'clock', false]);
  assert.equal(store.event(few!.event!).label, 'few');
  assert.deepEqual(recorded()!.moment(50).event, store.event(50));
});

test('what the code throws ends the run as it is, and what happened until then is kept', () => {
  const { execute, store } = run('throw');
  assert.throws(execute, { name: 'TypeError', message: 'fifty' });
  assert.ok(store.length > 100);
  assert.equal(store.event(store.length - 1).time, milliseconds(50));
});

test('interventions that make no sense are refused as a request, those without their moment are reported', () => {
  const crash = (anchor: string, node: string, action = 'crash') => [{ anchor, action, arguments: { node } }];
  assert.throws(run('good', crash('clock', 'clock')).execute, { name: 'RequestError', message: /no anchor/ });
  assert.throws(run('good', crash('clock#1', 'nobody')).execute, { name: 'RequestError', message: /no node 'nobody'/ });
  assert.throws(run('good', crash('clock#1', 'clock', 'melt')).execute, { name: 'RequestError', message: /'melt'/ });
  const late = crash('clock#100000', 'clock');
  assert.deepEqual(run('good', late).execute().unapplied, late);
  assert.equal(run('good', crash('clock#1', 'clock')).execute().metrics.ticks, -1);
});

test('a run that would not finish by its deadline says so early', () => {
  const { contract, begin } = lab.worlds.simulated!;
  const forEver = (setup: Parameters<typeof begin>[0]): SimulatedRun => {
    const begun = begin(setup);
    return { ...begun, system: { ...begun.system, until: seconds(1_000_000) } };
  };
  const endless = { ...lab, worlds: { simulated: { contract, begin: forEver } } };
  const request = { lab: 'ticking', algorithm: 'good', seed: 1 };
  const limits = { maxEvents: 0, deadline: 1000 };
  assert.throws(() => executeRun(endless as unknown as Lab, request, limits), { name: 'ForecastError' });
  let time = 0;
  const looks = { ...limits, clock: () => (time += 100) };
  assert.throws(() => executeRun(endless as unknown as Lab, request, looks), { name: 'ForecastError' });
  assert.ok(time >= limits.deadline / 4, 'the clock that is handed in is the one that counts');
});
