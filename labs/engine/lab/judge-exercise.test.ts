import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Exercise } from './exercise.ts';
import { judgeExercise, runsOf, type AskedRun } from './judge-exercise.ts';
import type { RunReport, Verdict } from './report.ts';

const titles = {
  scenarios: [
    { id: 'calm', title: 'All calm' },
    { id: 'storm', title: 'A storm' },
  ],
  algorithms: [{ id: 'ring', title: 'Hash ring' }],
  metrics: { load: { title: 'Largest load' }, moved: { title: 'Keys moved' } },
  checks: { owned: { title: 'Every key is owned' } },
};

const crash = { anchor: 'a#3', action: 'crash', arguments: { node: 'a' } };

const exercise: Exercise = {
  id: 'mend-it',
  title: 'Mend it',
  level: 1,
  file: 'exercises/1-mend-it.ts',
  runs: [
    { scenario: 'calm', seeds: [7, 8], conditions: [{ check: 'owned' }, { metric: 'moved', atLeast: 1, atMost: 9 }] },
    {
      scenario: 'storm',
      parameters: { keys: 20 },
      interventions: [[], [crash]],
      conditions: [{ metric: 'load', atMost: 1.2, timesThatOf: 'ring' }],
    },
  ],
  hints: [],
  misconceptions: [],
};

/** What a run came to; all is well where nothing else is said. */
function reportOf({ verdict = 'held', moved = 5, load = 10 }: { verdict?: Verdict; moved?: number; load?: number }) {
  const checks = [{ name: 'owned', verdict, expected: 'held', ok: verdict === 'held', detail: `it is ${verdict}` }];
  return { checks, metrics: { moved, load } } as unknown as RunReport;
}

const judged = (of: (asked: AskedRun) => RunReport | { failure: string }) =>
  judgeExercise(exercise, titles, runsOf(exercise).map(of));

test('each seed and each list of interventions is a run, and so is what an algorithm is measured by', () => {
  const calm = { scenario: 'calm', parameters: {}, interventions: [] };
  const storm = { scenario: 'storm', seed: 1, parameters: { keys: 20 } };
  assert.deepEqual(runsOf(exercise), [
    { ...calm, seed: 7 },
    { ...calm, seed: 8 },
    { ...storm, interventions: [] },
    { ...storm, interventions: [crash] },
    { ...storm, interventions: [], algorithm: 'ring' },
    { ...storm, interventions: [crash], algorithm: 'ring' },
  ]);
});

test('it is solved when all conditions are met in all runs, and the figures are told', () => {
  assert.deepEqual(
    judged(({ algorithm }) => reportOf({ load: algorithm ? 10 : 12 })),
    {
      passed: true,
      conditions: [
        { title: 'Every key is owned (All calm)', passed: true, detail: 'in all 2 runs; seed 7: it is held' },
        { title: 'Keys moved: at least 1, at most 9 (All calm)', passed: true, detail: 'in all 2 runs; seed 7: 5' },
        {
          title: 'Largest load: at most 1.2 × that of Hash ring (A storm, keys = 20)',
          passed: true,
          detail: 'in all 2 runs; seed 1: 12, that of Hash ring is 10',
        },
      ],
    },
  );
});

test('one run is enough to fail a condition, and it is told which', () => {
  const { passed, conditions } = judged(({ seed, interventions, algorithm }) =>
    reportOf({
      verdict: seed === 8 ? 'broken' : 'held',
      moved: seed === 8 ? 10 : 9,
      load: interventions.length > 0 && !algorithm ? 13 : 10,
    }),
  );
  assert.equal(passed, false);
  assert.deepEqual(
    conditions.map((one) => [one.passed, one.detail]),
    [
      [false, 'seed 8: it is broken'],
      [false, 'seed 8: 10'],
      [false, 'seed 1, crash a after a#3: 13, that of Hash ring is 10'],
    ],
  );
});

test('a bound holds on its own side only, and what is unknown, not judged or not measured is not met', () => {
  const one = (condition: Exercise['runs'][number]['conditions'][number], report: RunReport): boolean =>
    judgeExercise({ ...exercise, runs: [{ scenario: 'calm', conditions: [condition] }] }, titles, [report]).passed;
  assert.equal(one({ metric: 'moved', atLeast: 5 }, reportOf({})), true);
  assert.equal(one({ metric: 'moved', atLeast: 5.1 }, reportOf({})), false);
  assert.equal(one({ metric: 'moved', atMost: 5 }, reportOf({ moved: -5 })), true);
  assert.equal(one({ metric: 'moved', atMost: 0 }, reportOf({})), false);
  assert.equal(one({ check: 'owned' }, reportOf({ verdict: 'unknown' })), false);
  assert.equal(one({ check: 'other' }, reportOf({})), false);
  assert.equal(one({ metric: 'other', atMost: 1 }, reportOf({})), false);
});

test('a run that went wrong meets nothing; where that of the other algorithm did, nobody can judge', () => {
  const { passed, conditions } = judged(({ algorithm }) => (algorithm ? reportOf({}) : { failure: 'it threw' }));
  assert.equal(passed, false);
  assert.ok(conditions.every((one) => !one.passed && one.detail.endsWith(': it threw')));
  assert.throws(() => judged(({ algorithm }) => (algorithm ? { failure: 'it threw' } : reportOf({}))), /ring/);
});
