import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { rowsOf } from './rows.ts';
import { holdContest, type ContestOptions, type Entrant } from './contest.ts';

const here = import.meta.dirname;
const fixture = (name: string): string => pathToFileURL(path.join(here, 'testing', name)).href;
const code = { kind: 'file' as const, url: fixture('fixture-program.ts') };
const quick: ContestOptions = {
  worker: path.join(here, 'benchmark-worker.ts'),
  rounds: 2,
  batch: 5,
  patience: 100_000,
};

function algorithm(id: string, group = 'adding'): Entrant<string> {
  const subject = { kind: 'algorithm' as const, algorithm: id };
  return { facts: id, spec: { code, group, size: 1, subject } };
}

async function problemOf(entrant: Entrant<string>, options: Partial<ContestOptions> = {}): Promise<string | undefined> {
  const [measurement] = await holdContest([entrant], { ...quick, ...options });
  if (measurement!.problem !== undefined) assert.deepEqual(measurement!.times, [], 'who is out has no figures');
  return measurement!.problem;
}

test('every contender gets a time for every round', async () => {
  const peer = { kind: 'peer' as const, module: fixture('fixture-peer.ts'), package: 'adds-in-text' };
  const { spec } = algorithm('plain');
  const measurements = await holdContest(
    [
      algorithm('plain'),
      algorithm('slow'),
      { facts: 'peer', spec: { ...spec, subject: peer } },
      { facts: 'floor', spec: { ...spec, subject: { kind: 'floor' } } },
    ],
    { ...quick, rounds: 3 },
  );
  for (const { facts, times, problem } of measurements) {
    assert.equal(problem, undefined, facts);
    assert.equal(times.length, 3, facts);
    assert.ok(
      times.every((time) => time > 0),
      facts,
    );
  }
  const [plain, slow, peers] = measurements;
  assert.ok(slow!.times[0]! > plain!.times[0]!, 'two hundred times the work takes longer');
  assert.equal(plain!.bytesPerOp, 0);
  assert.ok(peers!.bytesPerOp > 0, 'a text is allocated for every sum');
});

test('an operation that returns a promise is awaited', async () => {
  assert.equal(await problemOf(algorithm('plain', 'waiting')), undefined);
});

test('a contender that is wrong is out, however fast', async () => {
  assert.equal(await problemOf(algorithm('wrong')), 'is wrong: 2 + 3 is 5');
});

test('a contender that throws is out, and its stack is kept', async () => {
  const [measurement] = await holdContest([algorithm('throws')], quick);
  assert.equal(measurement!.problem, 'threw TypeError: cannot add today');
  assert.match(measurement!.thrown!, /fixture-lab\.ts/);
  assert.equal(await problemOf(algorithm('throws-late')), 'threw Error: worn out');
});

test('a contender that never returns is given up', async () => {
  assert.equal(await problemOf(algorithm('never-returns'), { patience: 1000 }), 'did not return within 1 s');
  assert.equal(
    await problemOf(algorithm('never-returns', 'unchecked'), { patience: 1000 }),
    'did not return within 1 s',
  );
});

test('a contender that returns at once is not reported as fast', async () => {
  const [idle] = await holdContest([algorithm('plain', 'idle')], { ...quick, rounds: 5, batch: 20 });
  const facts = { contender: 'plain', kind: 'ours' as const, version: '1' };
  const [row] = rowsOf('idle', [{ ...idle!, facts }]);
  assert.equal(row!.problem, 'takes no time: it returns at once, or was optimised away');
  assert.ok(Number.isNaN(row!.nsPerOp));
});

test('a contender that ends its process, or fills its memory, ends nobody else', async () => {
  const entrants = [algorithm('exits'), algorithm('fills-memory'), algorithm('plain')];
  const measurements = await holdContest(entrants, { ...quick, memory: 64 }); // little is full soon
  assert.equal(measurements[0]!.problem, 'ended its own process (exit code 3)');
  assert.equal(measurements[1]!.problem, 'used up its memory');
  assert.equal(measurements[2]!.problem, undefined);
});

test('a contender that writes into the pipe of its process is out, and nobody else is', async () => {
  const [shouting, plain] = await holdContest([algorithm('shouts'), algorithm('plain')], quick);
  assert.match(shouting!.problem!, /^said what nobody understands/);
  assert.equal(plain!.problem, undefined);
});

test('cancelling ends every process at once', async () => {
  const controller = new AbortController();
  const contest = holdContest([algorithm('plain'), algorithm('slow'), algorithm('never-returns', 'unchecked')], {
    ...quick,
    rounds: 100_000,
    patience: 1000,
    signal: controller.signal,
    progress: (share) => {
      if (share > 0) controller.abort();
    },
  });
  await assert.rejects(contest, { name: 'AbortError' });
  const endless = holdContest([algorithm('never-returns')], { ...quick, signal: AbortSignal.timeout(300) });
  await assert.rejects(endless, { name: 'TimeoutError' });
  assert.deepEqual(await livingChildren(), []);
});

/** Process ids of children of this process that still run contenders; killed ones may still await collection. */
async function livingChildren(): Promise<string[]> {
  if (process.platform !== 'linux') return [];
  for (let attempt = 0; ; attempt++) {
    const living: string[] = [];
    for (const pid of await readdir('/proc')) {
      if (!/^\d+$/.test(pid)) continue;
      const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
      const [state, parent] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
      if (parent === String(process.pid) && state !== 'Z' && command.includes('benchmark-worker')) living.push(pid);
    }
    if (living.length === 0 || attempt === 20) return living;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
