import assert from 'node:assert/strict';
import { test } from 'node:test';
import { definePureLab, integer, type AnsweredRun } from '../index.ts';
import { executeRun, type RunRequest } from '../run.ts';
import { because } from './answer.ts';
import { describeLab } from './catalogue.ts';
import type { Lab, Scenario } from './lab.ts';

const answer: Scenario['answer'] = ({ metrics, algorithm }) =>
  algorithm === 'mute' ? undefined : `It counted ${metrics.counted}, because it was asked to.`;

function labWith(told: Scenario['answer']): Lab {
  const implementation = class Counter {};
  return definePureLab({
    id: 'telling',
    title: 'Telling',
    chapter: 'Foundations',
    level: 'beginner',
    summary: 'Tells.',
    concepts: [],
    contract: 'Nothing',
    parameters: { count: integer({ default: 1, min: 0, max: 9 }) },
    algorithms: ['plain', 'mute'].map((id) => ({ id, title: id, summary: id, implementation })),
    scenarios: [
      {
        id: 'two',
        title: 'Two',
        question: 'How many?',
        parameters: { count: 2 },
        beside: { parameters: { count: 3 } },
        ...(told ? { answer: told } : {}),
      },
    ],
    defaultScenario: 'two',
    metrics: { counted: { title: 'Counted' } },
    checks: {},
    views: ['log'],
    actions: [{ id: 'add', title: 'Add one', target: 'ring' }],
    begin: ({ parameters: { count } }) => ({
      operations: [],
      totalWeight: 0,
      perform() {},
      finish: () => ({
        metrics: { counted: count },
        theory: [],
        checks: [],
        result: null,
        takeaways: [`It counted ${count}.`, 'It can count.'],
      }),
    }),
  }) as unknown as Lab;
}

function told(request: Partial<RunRequest>, by = answer): string[] {
  return executeRun(labWith(by), { lab: 'telling', algorithm: 'plain', seed: 1, ...request }, { maxEvents: 0 })
    .takeaways;
}

const unanswered = (count: number) => [`It counted ${count}.`, 'It can count.'];

test('the answer comes first, in a scenario and in its other half, and is not said twice', () => {
  assert.deepEqual(told({}), ['It counted 2, because it was asked to.', 'It can count.']);
  assert.deepEqual(told({ parameters: { count: 3 } }), ['It counted 3, because it was asked to.', 'It can count.']);
});

test('where the question is another one, or the run does not answer it, the take-aways stand alone', () => {
  assert.deepEqual(told({ parameters: { count: 4 } }), unanswered(4));
  assert.deepEqual(told({ algorithm: 'mute' }), unanswered(2));
  assert.deepEqual(told({ interventions: [{ anchor: '#9', action: 'add', arguments: {} }] }), unanswered(2));
});

test('what an answer throws is thrown', () => {
  const broken: Scenario['answer'] = () => {
    throw new RangeError('no answer');
  };
  assert.throws(() => told({}, broken), /no answer/);
});

test('the description of a lab is plain data, without its answers', () => {
  const { scenarios } = structuredClone(describeLab(labWith(answer)));
  assert.equal('answer' in scenarios[0]!, false);
  assert.equal(scenarios[0]!.question, 'How many?');
});

test('a reason is given for an algorithm that is known, and whose checks came out as expected', () => {
  const run: AnsweredRun = { algorithm: 'plain', parameters: {}, metrics: {}, checks: [], result: null };
  const check = { name: 'exact', verdict: 'broken', expected: 'held', ok: false, detail: 'not so' } as const;
  assert.equal(because('It is so', run, { plain: 'it must be' }), 'It is so, because it must be.');
  assert.equal(because('It is so', run, { other: 'it must be' }), 'It is so.');
  assert.equal(because('It is so', { ...run, checks: [check] }, { plain: 'it must be' }), 'It is so.');
  assert.equal(because('It is so', { ...run, algorithm: 'constructor' }, {}), 'It is so.');
});
