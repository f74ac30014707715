import assert from 'node:assert/strict';
import { test } from 'node:test';
import { definePureLab } from '../lab/lab.ts';
import { choice, integer, text } from '../lab/parameter.ts';
import type { Outcome, Verdict } from '../lab/report.ts';
import { runLab } from '../testing/run-lab.ts';

class Steady {}
class Shaky {}

/** A lab of a few operations whose own code does what it is told to. */
function lab(act: (operation: number) => void = () => {}, verdict: Verdict = 'held') {
  return definePureLab({
    id: 'few',
    title: 'Few',
    chapter: 'Foundations',
    level: 'beginner',
    summary: 'Few operations.',
    concepts: [],
    contract: 'Few',
    parameters: {
      shape: choice({ default: 'line', options: ['line', 'circle', 'list'] }),
      radius: integer({ default: 1, min: 0, max: 9, when: { shape: ['circle'] } }),
      corners: text({ default: '', max: 100, when: { shape: ['line', 'list'] } }),
      weight: integer({ default: 1, min: 0, max: 9 }),
    },
    algorithms: [
      { id: 'steady', title: 'Steady', summary: '', implementation: Steady, uses: [] },
      { id: 'heavy', title: 'Heavy', summary: '', implementation: class Heavy {}, uses: ['weight'] },
      { id: 'own', title: 'Own', summary: '', implementation: class Own {} },
      {
        id: 'shaky',
        title: 'Shaky',
        summary: '',
        implementation: Shaky,
        expects: { stands: 'broken' },
        broken: { bug: 'It falls.', check: 'stands', seed: 1 },
      },
    ],
    scenarios: [
      { id: 'any', title: 'Any', question: 'Well?' },
      { id: 'round', title: 'Round', question: 'Well?', parameters: { shape: 'circle', radius: 3 } },
      { id: 'falling', title: 'Falling', question: 'Well?', expects: { stands: 'broken' } },
    ],
    defaultScenario: 'any',
    metrics: {},
    checks: { stands: { title: 'It stands', help: '' } },
    views: ['log'],
    actions: [
      { id: 'push', title: 'Push', target: 'node', argument: 'server' },
      { id: 'turn', title: 'Turn', target: 'ring' },
    ],
    begin: ({ trace }) => ({
      operations: [0, 1, 2].map((number) => ({ action: 'step', arguments: { number } })),
      totalWeight: 3,
      perform({ action, arguments: given }) {
        trace.mark(action);
        if (action === 'step') act(given.number as number);
      },
      finish: (): Outcome => ({
        metrics: {},
        theory: [],
        checks: [{ name: 'stands', verdict, detail: '' }],
        result: null,
        takeaways: [],
      }),
    }),
  });
}

test('the code of a lab of operations must be repeatable too, approximations aside', () => {
  assert.throws(
    () =>
      runLab(
        lab(() => Math.random()),
        {},
      ),
    /the run of few uses Math\.random, which gives another answer in every run: draw from setup\.random/,
  );
  assert.throws(
    () =>
      runLab(
        lab(() => Date.now()),
        {},
      ),
    /uses Date\.now/,
  );
  assert.doesNotThrow(() =>
    runLab(
      lab(() => Math.log(2)),
      {},
    ),
  );
  assert.ok(Math.random() < 1, 'and afterwards everything works');
});

test('actions and arguments that nobody knows are refused by name', () => {
  const attempt = (action: string, given: Record<string, string>) => () =>
    runLab(lab(), { interventions: [{ anchor: '#1', action, arguments: given }] });
  assert.throws(attempt('step', {}), /there is no action 'step' in this lab: use push or turn/);
  assert.throws(attempt('push', { sever: 'a' }), /'push' has no argument 'sever': it takes the argument 'server'/);
  assert.throws(attempt('turn', { server: 'a' }), /'turn' has no argument 'server': it takes no argument/);
  assert.doesNotThrow(attempt('push', { server: 'a' }));
});

test('an intervention that met no event is in the report', () => {
  const interventions = [{ anchor: '#9', action: 'turn', arguments: {} }];
  assert.deepEqual(runLab(lab(), { interventions }).report.unapplied, interventions);
});

test('a setting that does nothing is in the report, with the reason', () => {
  const ignored = (parameters: Record<string, unknown>, algorithm = 'own', scenario = 'any') =>
    runLab(lab(), { algorithm, scenario, parameters }).report.ignored;
  assert.deepEqual(ignored({ radius: 5 }), [
    { what: 'radius', why: 'it counts where shape is circle, and here it is line' },
  ]);
  assert.deepEqual(ignored({ corners: 'a', shape: 'circle' }), [
    { what: 'corners', why: 'it counts where shape is line or list, and here it is circle' },
  ]);
  assert.equal(ignored({ radius: 5, shape: 'circle' }), undefined);
  assert.equal(ignored({ radius: 1 }), undefined, 'as it is anyway: nobody chose it');
  assert.equal(ignored({ radius: 3 }, 'own', 'round'), undefined);
  assert.deepEqual(ignored({ weight: 5 }, 'steady'), [
    { what: 'weight', why: 'Steady does not use it; used by Heavy' },
  ]);
  assert.equal(ignored({ weight: 5 }, 'heavy'), undefined);
  assert.equal(ignored({ weight: 5 }, 'own'), undefined, 'what an algorithm of their own uses, nobody knows');
});

test('a break that is expected and does not show is no failure', () => {
  const judged = (verdict: Verdict, algorithm: string, scenario = 'any') => {
    const { expected, ok } = runLab(lab(undefined, verdict), { algorithm, scenario }).report.checks[0]!;
    return { expected, ok };
  };
  assert.deepEqual(judged('held', 'shaky'), { expected: 'broken', ok: true });
  assert.deepEqual(judged('broken', 'shaky'), { expected: 'broken', ok: true });
  assert.deepEqual(judged('held', 'own', 'falling'), { expected: 'broken', ok: true });
  assert.deepEqual(judged('unknown', 'own', 'falling'), { expected: 'broken', ok: true });
  assert.deepEqual(judged('broken', 'own'), { expected: 'held', ok: false });
});
