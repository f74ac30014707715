import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { test } from 'node:test';
import { builtFiles, learnersCopy, temporaryFolder } from '../testing/built.ts';

interface Outcome {
  status: number;
  out: string;
  err: string;
}

async function lab(...words: string[]): Promise<Outcome> {
  const cli = path.join(await builtFiles(), 'cli.mjs');
  const child = spawn(process.execPath, [cli, ...words], { stdio: ['ignore', 'pipe', 'pipe'] });
  const [out, err, [status]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
  return { status: status as number, out, err };
}

/** Runs the CLI where it should succeed with one JSON value. */
async function json(...words: string[]): Promise<Record<string, unknown>> {
  const { status, out, err } = await lab(...words, '--json');
  assert.equal(err, '');
  assert.equal(status, 0);
  return JSON.parse(out) as Record<string, unknown>;
}

test('list prints every lab in the agreed shape', async () => {
  const entry = {
    id: 'counting',
    title: 'Counting',
    level: 'beginner',
    chapter: 'Foundations',
    algorithms: [
      { id: 'plain', title: 'Plain' },
      { id: 'doubling', title: 'Doubling' },
    ],
    scenarios: [
      { id: 'few', title: 'Few', kind: 'pure', clock: 'operations' },
      { id: 'many', title: 'Many', kind: 'pure', clock: 'operations' },
    ],
    exercises: [{ id: 'by-one', title: 'By one', level: 1, file: 'exercises/1-by-one.ts' }],
    parameters: [
      { name: 'count', type: 'integer', default: 1000, min: 1, max: 10_000_000, unit: 'steps' },
      { name: 'events', type: 'integer', default: 1, min: 0, max: 10_000 },
      { name: 'work', type: 'integer', default: 0, min: 0, max: 1_000_000, unit: 'µs' },
    ],
  };
  assert.deepEqual(await json('list'), [entry]);
  const { status, out } = await lab('list');
  assert.equal(status, 0);
  assert.match(out, /counting {2}Counting/);
  assert.match(out, /exercises: {2}by-one/);
});

test('run prints a report in the agreed shape', async () => {
  const report = await json(
    'run',
    'counting',
    '--algorithm',
    'plain',
    '--seed',
    '7',
    '--set',
    'count=20',
    '--set',
    'events=2',
  );
  const { trace, ...others } = report as { trace: { events: number; hash: string } };
  assert.deepEqual(others, {
    lab: 'counting',
    kind: 'pure',
    clock: 'operations',
    algorithm: 'plain',
    scenario: 'many',
    seed: 7,
    parameters: { count: 20, events: 2, work: 0 },
    metrics: { counted: 20 },
    theory: [],
    checks: [{ name: 'exact', verdict: 'held', expected: 'held', ok: true, detail: 'asked 20 times, counted 20' }],
    result: { counted: 20 },
    takeaways: ['It counted 20.'],
    unapplied: [],
    ignored: [],
  });
  assert.deepEqual(Object.keys(trace), ['events', 'hash']);
  assert.equal(trace.events, 41);
  assert.match(trace.hash, /^[0-9a-f]{32}$/);
});

test('the scenario names the algorithm and the parameters; the lab does where none is given', async () => {
  const few = await json('run', 'counting', '--scenario', 'few');
  assert.deepEqual([few.algorithm, few.scenario, few.seed], ['plain', 'few', 1]);
  assert.equal((few.parameters as { count: number }).count, 10);
  const plain = await json('run', 'counting');
  assert.deepEqual([plain.algorithm, plain.scenario], ['plain', 'many']);
});

test('a run reads for people too, without escapes where there is no terminal', async () => {
  const { status, out, err } = await lab('run', 'counting');
  assert.equal(status, 0);
  assert.equal(err, '');
  for (const part of [
    'Counting: Plain',
    'How many now?',
    'Metrics',
    'Counted  1,000',
    'ok  Exact',
    'It counted 1000.',
  ]) {
    assert.ok(out.includes(part), `${part} in\n${out}`);
  }
  assert.ok(!out.includes('\x1b'));
});

test('a check that is not as expected gives status 1, the report all the same', async () => {
  const { status, out } = await lab('run', 'counting', '--algorithm', 'doubling', '--json');
  assert.equal(status, 1);
  const { checks } = JSON.parse(out) as { checks: { verdict: string; ok: boolean }[] };
  assert.deepEqual([checks[0]!.verdict, checks[0]!.ok], ['broken', false]);
});

test('interventions come from a file', async () => {
  const file = path.join(await temporaryFolder(), 'interventions.json');
  await writeFile(file, JSON.stringify([{ anchor: '#3', action: 'add', arguments: {} }]));
  const { status, out } = await lab('run', 'counting', '--scenario', 'few', '--interventions', file, '--json');
  assert.equal((JSON.parse(out) as { metrics: { counted: number } }).metrics.counted, 11);
  assert.equal(status, 1); // asked 10 times
});

test('what met no event and what does nothing is said', async () => {
  const file = path.join(await temporaryFolder(), 'interventions.json');
  const never = { anchor: '#99', action: 'add', arguments: {} };
  await writeFile(file, `\uFEFF${JSON.stringify([never])}`); // a byte order mark is none of its business
  const words = ['run', 'counting', '--scenario', 'few', '--interventions', file, '--set', 'events=0'];
  const ignored = [{ what: 'luck', why: 'nobody draws: events is 0' }];
  const report = await json(...words);
  assert.deepEqual([report.unapplied, report.ignored], [[never], ignored]);
  const { out } = await lab(...words);
  assert.match(
    out,
    /Without effect\n {2}luck: nobody draws: events is 0\n {2}add after #99: the run has no such event/,
  );
  const many = await json(...words, '--seeds', '1..2');
  assert.deepEqual([many.unapplied, many.ignored], [[never], ignored]);
  assert.deepEqual(many.checks, [{ check: 'exact', held: 2, broken: 0, unknown: 0, expectedBreaks: 0, notShown: 0 }]);
});

test('interventions that nobody understands are bad usage, and what is wrong is named', async () => {
  const file = path.join(await temporaryFolder(), 'interventions.json');
  for (const [text, message] of [
    ['[{"anchor": "#1", "action": "add", "argument": {}, "arguments": {}}]', /look at 0\.argument/],
    ['[{"anchor": "#1", "action": "add"}]', /look at 0\.arguments/],
    ['[{"anchor": "#1", "action": "add", "arguments": {"fro": 1}}]', /'add' has no argument 'fro'/],
    ['[{"anchor": "#1", "action": "ad", "arguments": {}}]', /there is no action 'ad' in this lab: use add/],
    ['[1,]', /is no JSON/],
  ] as const) {
    await writeFile(file, text);
    const { status, err } = await lab('run', 'counting', '--scenario', 'few', '--interventions', file);
    assert.equal(status, 2, err);
    assert.match(err, message);
  }
});

test('a copy of the labs runs with --labs', async () => {
  const { root } = await learnersCopy({ 'step.ts': 'export const step = 5;' });
  const { status, out } = await lab('run', 'counting', '--scenario', 'few', '--labs', root, '--json');
  assert.equal((JSON.parse(out) as { metrics: { counted: number } }).metrics.counted, 50);
  assert.equal(status, 1);
});

test('code that goes wrong gives status 1, its place, and JSON that says so', async () => {
  const { root } = await learnersCopy({ 'step.ts': "export const step = 1;\nthrow new Error('no');" });
  const { status, out, err } = await lab('run', 'counting', '--labs', root, '--json');
  assert.equal(status, 1);
  assert.match(err, /step\.ts:2:7: the code threw Error: no/);
  const { failure } = JSON.parse(out) as { failure: { reason: string; location: { line: number } } };
  assert.deepEqual([failure.reason, failure.location.line], ['threw', 2]);
});

test('a run that would take longer than --timeout gives status 1', async () => {
  const { status, err } = await lab(
    'run',
    'counting',
    '--set',
    'work=100',
    '--set',
    'count=10000000',
    '--timeout',
    '20',
  );
  assert.equal(status, 1);
  assert.match(err, /would take about/);
});

for (const [words, mend] of Object.entries({
  'run nothing': /there is no lab 'nothing': use counting/,
  'run counting --algorithm none': /no algorithm 'none': use plain, doubling/,
  'run counting --scenario none': /no scenario 'none': use few, many/,
  'run counting --set colour=red': /no parameter 'colour': use count, events, work/,
  'run counting --set count=0': /count must be a whole number from 1 to 10000000, not '0'/,
  'run counting --set count': /write --set name=value/,
  'run counting --seed x': /--seed must be a whole number/,
  'run counting --seed -1': /--seed must be a whole number/,
  'run counting --timeout soon': /--timeout must be a number of seconds/,
  'run counting --interventions /no/such/file': /cannot be read/,
  'run counting --labs /no/such/folder': /there is no lab 'counting' in/,
  'bench nothing': /there is no lab 'nothing': use counting/,
  'bench counting': /Counting has no benchmark/,
})) {
  test(`'${words}' is bad usage: status 2 and one line that names the mend`, async () => {
    const { status, out, err } = await lab(...words.split(' '));
    assert.equal(status, 2, err);
    assert.equal(out, '');
    assert.match(err, mend);
    assert.equal(err.trim().split('\n').length, 1, err);
  });
}

test('an unknown command or option is bad usage; help is not', async () => {
  assert.equal((await lab('fly')).status, 2);
  assert.equal((await lab('run', 'counting', '--fast')).status, 2);
  assert.equal((await lab('run')).status, 2);
  assert.equal((await lab('--help')).status, 0);
  assert.equal((await lab('run', '--help')).status, 0);
});
