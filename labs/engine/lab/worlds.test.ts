import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { constant, defineLab, integer, milliseconds, type NodeProgram, type Trace } from '../index.ts';
import { executeRun, RequestError } from '../run.ts';
import { algorithmsFor, describeLab } from './catalogue.ts';
import { byId } from './formerly.ts';
import type { Lab } from './lab.ts';
import { natureOf, worlds, type RunNature } from './worlds.ts';

class Counter {
  count = (): number => 1;
}

class Clerk {
  node = (): NodeProgram<{ jobs: number }> => ({
    initialState: () => ({ jobs: 0 }),
    onJob(state) {
      state.jobs++;
    },
  });
}

/** Counts by itself in one scenario, and over a network in the next. */
const lab = defineLab({
  id: 'counting',
  formerly: ['reckoning'],
  title: 'Counting',
  chapter: 'Foundations',
  level: 'beginner',
  summary: 'Counts.',
  concepts: [],
  parameters: { length: integer({ default: 3, min: 1, max: 9 }) },
  worlds: {
    pure: {
      contract: 'Count',
      begin: ({ algorithm, parameters, trace }: PureSetup) => begin(new algorithm(), parameters.length, trace),
    },
    simulated: {
      contract: 'Desk',
      begin: ({ algorithm }: { algorithm: typeof Clerk }) => ({
        system: {
          until: milliseconds(10),
          network: { default: { latency: constant(milliseconds(1)) } },
          nodes: [{ name: 'clerk', program: new algorithm().node() }],
        },
        finish: ({ checks }) => ({ metrics: {}, theory: [], checks, result: null, takeaways: [] }),
      }),
    },
  },
  algorithms: [
    { id: 'alone', title: 'Alone', summary: '', implementation: Counter },
    { id: 'clerk', formerly: ['scribe'], title: 'Clerk', summary: '', implementation: Clerk, contract: 'Desk' },
  ],
  scenarios: [
    { id: 'here', title: 'Here', question: 'How many?' },
    { id: 'there', formerly: ['far'], title: 'There', question: 'How many?', world: 'simulated' },
  ],
  defaultScenario: 'here',
  metrics: {},
  checks: {},
  views: ['log'],
});

interface PureSetup {
  algorithm: typeof Counter;
  parameters: { length: number };
  trace: Trace;
}

function begin(counter: Counter, length: number, trace: Trace) {
  let sum = 0;
  return {
    operations: Array.from({ length }, () => ({ action: 'count', arguments: {} })),
    totalWeight: length,
    perform: () => {
      sum += counter.count();
      trace.sample('sum', sum);
    },
    finish: () => ({ metrics: { sum }, theory: [], checks: [], result: null, takeaways: [] }),
  };
}

function run(algorithm: string, scenario: string) {
  let nature: RunNature | undefined;
  const request = { lab: lab.id, algorithm, scenario, seed: 1 };
  const observer = { begins: (begun: RunNature) => void (nature = begun) };
  return { report: executeRun(lab as unknown as Lab, request, { maxEvents: 100 }, observer), nature };
}

describe('a lab of two worlds', () => {
  it('runs each scenario in its own, and the run says what it can do', () => {
    const here = run('alone', 'here');
    assert.deepEqual(here.report.metrics, { sum: 3 });
    assert.deepEqual(here.nature, { clock: 'operations', branches: true, moments: 'recorded', repeats: true });
    assert.equal(run('clerk', 'there').nature?.clock, 'virtual');
  });

  it('refuses an algorithm of the other world, and names those that can be run', () => {
    assert.throws(() => run('alone', 'there'), {
      name: 'RequestError',
      message: "alone is not what scenario 'there' of counting runs: use clerk",
    });
    assert.throws(() => run('clerk', 'here'), RequestError);
  });

  it('tells which algorithms go with which scenario', () => {
    const entry = describeLab(lab as unknown as Lab);
    assert.deepEqual(entry.contracts, ['Count', 'Desk']);
    const ids = (scenario: string) => algorithmsFor(entry, byId(entry.scenarios, scenario)).map(({ id }) => id);
    assert.deepEqual([ids('here'), ids('there')], [['alone'], ['clerk']]);
    assert.deepEqual(
      entry.scenarios.map(({ world, nature }) => [world, nature.clock]),
      [
        ['pure', 'operations'],
        ['simulated', 'virtual'],
      ],
    );
  });

  it('is found by the ids that its parts had before', () => {
    const { report } = run('scribe', 'far');
    assert.deepEqual([report.algorithm, report.scenario], ['clerk', 'there']);
    assert.equal(byId([lab as unknown as Lab], 'reckoning')?.id, 'counting');
  });

  it('is refused where an id stands twice, a scenario has no world, or nothing can be run in one', () => {
    const broken = (changes: object) => () => describeLab({ ...lab, ...changes } as unknown as Lab);
    const [here, there] = lab.scenarios;
    assert.throws(broken({ scenarios: [here, { ...there, formerly: ['here'] }] }), /two scenarios have the id 'here'/);
    assert.throws(
      broken({ worlds: { pure: lab.worlds.pure } }),
      /'there' is in a world that the lab has not: simulated/,
    );
    assert.throws(broken({ worlds: {} }), /counting has no world to run in/);
    assert.throws(broken({ algorithms: [lab.algorithms[0]] }), /no algorithm can be run in scenario 'there'/);
    assert.throws(broken({ scenarios: [{ ...here, algorithm: 'clerk' }, there] }), /names an algorithm 'clerk'/);
  });
});

it('every world has a nature of its own', () => {
  assert.equal(new Set(worlds.map((world) => JSON.stringify(natureOf(world)))).size, worlds.length);
});
