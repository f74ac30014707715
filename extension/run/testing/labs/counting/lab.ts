/** A lab for tests of the runner: it counts. */
import { definePureLab, integer } from 'system-design-labs/engine';
import { contract, type Counter } from './counter.ts';
import { Doubling } from './doubling.ts';
import { Plain } from './plain.ts';

/** Keeps the processor busy for about so many microseconds. A run has no clock to look at: a turn takes some ten nanoseconds. */
function toil(microseconds: number): void {
  let sum = 1;
  for (let turn = 0; turn < microseconds * 100; turn++) sum = Math.imul(sum, 1664525) + turn;
  if (sum === 0.5) throw new Error('a whole number is none'); // so that the loop is not taken for useless
}

export default definePureLab({
  id: 'counting',
  title: 'Counting',
  chapter: 'Foundations',
  level: 'beginner',
  summary: 'Counts.',
  concepts: ['counting'],
  contract,
  parameters: {
    count: integer({ default: 1000, min: 1, max: 10_000_000, unit: 'steps' }),
    /** Events per step. */
    events: integer({ default: 1, min: 0, max: 10_000 }),
    /** Microseconds of work that a step takes, about. */
    work: integer({ default: 0, min: 0, max: 1_000_000, unit: 'µs' }),
  },
  algorithms: [
    { id: 'plain', title: 'Plain', summary: 'One at a time.', implementation: Plain as new () => Counter },
    { id: 'doubling', title: 'Doubling', summary: 'Two at a time.', implementation: Doubling as new () => Counter },
  ],
  scenarios: [
    { id: 'few', title: 'Few', question: 'How many?', parameters: { count: 10 }, algorithm: 'plain' },
    { id: 'many', title: 'Many', question: 'How many now?' },
  ],
  defaultScenario: 'many',
  metrics: { counted: { title: 'Counted' } },
  checks: { exact: { title: 'Exact', help: 'The counter says how often it was asked.' } },
  views: ['charts'],
  actions: [{ id: 'add', title: 'Add one', target: 'ring' }],
  exercises: [
    {
      id: 'by-one',
      title: 'By one',
      level: 1,
      file: 'exercises/1-by-one.ts',
      runs: [
        { scenario: 'few', seeds: [1, 2], conditions: [{ check: 'exact' }] },
        {
          scenario: 'many',
          parameters: { count: 50 },
          conditions: [{ metric: 'counted', atMost: 1, timesThatOf: 'plain' }],
        },
      ],
      hints: ['Count along.'],
      misconceptions: [],
    },
  ],
  ignored: ({ events }) => (events === 0 ? [{ what: 'luck', why: 'nobody draws: events is 0' }] : []),
  expectations: ({ count }) => [{ metric: 'counted', expected: count, formula: 'as often as it is asked' }],
  begin({ parameters, algorithm, random, trace }) {
    const counter = new algorithm();
    const luck = random.stream('luck');
    let counted = 0;
    trace.join('counter');
    return {
      operations: (function* () {
        for (let i = 0; i < parameters.count; i++) yield { action: 'add', arguments: {} };
      })(),
      totalWeight: parameters.count,
      perform({ action }) {
        if (action !== 'add') throw new Error(`'${action}' means nothing to a counter`);
        counted = counter.add();
        for (let i = 0; i < parameters.events; i++) trace.sample('count', counted + luck.uniform(), 'counter');
        toil(parameters.work);
      },
      finish: () => ({
        metrics: { counted },
        theory: [],
        checks: [
          {
            name: 'exact',
            verdict: counted === parameters.count ? 'held' : 'broken',
            detail: `asked ${parameters.count} times, counted ${counted}`,
          },
        ],
        result: { counted },
        takeaways: [`It counted ${counted}.`],
      }),
    };
  },
});
