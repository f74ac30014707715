import assert from 'node:assert/strict';
import { fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { appendFile, readdir, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { before, test } from 'node:test';
import { RecordError } from '../../../labs/engine/record/record-file.ts';
import { summaryOf, type RunRecord } from '../../../labs/engine/record/run-record.ts';
import type { RunService } from '../run-service.ts';
import { builtFiles, counting, learnersCopy, recordFiles, runService, temporaryFolder } from '../testing/built.ts';
import type { RecordFiles } from './record-files.ts';
import { recordOf, traceOf } from './record-of.ts';
import { RunStore } from './run-store.ts';

let service: RunService;
let finished: RunRecord;
let files: RecordFiles;
before(async () => {
  files = await recordFiles();
  service = await runService();
  finished = recordOf(await service.start(counting()).finished, '0.1.0');
});

const log = (): void => {};

/** The same run again, as another. */
function another(startedAt: number): RunRecord {
  return { ...finished, id: randomUUID(), startedAt };
}

test('a run comes back from disk whole', async () => {
  const store = new RunStore(await temporaryFolder(), { files, log });
  await store.save(finished);
  assert.deepEqual(await store.list(), [summaryOf(finished)]);
  const loaded = await store.load(finished.id);
  assert.deepEqual(loaded, finished);
  assert.equal(traceOf(loaded!).event(5).label, 'count');
});

test('a failed run is kept with its failure, its program and what it printed', async () => {
  const code = {
    'plain.ts': "console.log('so far');\nexport class Plain { add() { throw new Error('no further'); } }",
  };
  const run = await service.start(counting({ source: await learnersCopy(code) })).finished;
  const store = new RunStore(await temporaryFolder(), { files, log });
  await store.save(recordOf(run, '0.1.0'));
  const loaded = await store.load(run.id);
  assert.equal(loaded!.failure?.location?.line, 2);
  assert.deepEqual(loaded!.console, ['so far']);
  assert.ok(loaded!.program!.files.some(({ text }) => text === code['plain.ts']));
});

test('a run of whose file nothing could be read again is kept as a failed one that says so', async () => {
  const report = { ...finished.report!, metrics: { counted: NaN } };
  const forecast = { reason: 'forecast', message: 'long', estimate: 'soon' as unknown as number } as const;
  const { report: _, ...asked } = finished;
  const odd: [RunRecord, RegExp][] = [
    [{ ...finished, report }, /not kept as it was: .*metrics\.counted: must be a number/],
    [{ ...asked, state: 'failed', failure: forecast }, /not kept as it was: .*failure\.estimate/],
    [
      { ...finished, parameters: { count: NaN, times: '1,'.repeat(200_000) } },
      /not kept as it was: .*parameters\.count/,
    ],
    [{ ...finished, strings: ['x'] }, /not kept as it was: .*names a text that is not there/],
    [{ ...finished, console: ['x'.repeat(20_000_000)] }, /not kept as it was: .*too large to keep/],
  ];
  for (const [record, expected] of odd) {
    const store = new RunStore(await temporaryFolder(), { files, log });
    await store.save({ ...record, id: randomUUID() });
    const [listed] = await store.list();
    assert.equal(listed!.failure, 'refused');
    const loaded = await store.load(listed!.id);
    assert.match(loaded!.failure!.message, expected);
    assert.deepEqual([loaded!.lab, loaded!.seed, loaded!.events], [finished.lab, finished.seed, 0]);
  }
});

test('whatever a run did to its own thread, what was kept of it can be read', async () => {
  const store = new RunStore(await temporaryFolder(), { files, log });
  const codes = [
    "class ForecastError extends Error { name = 'ForecastError'; estimate = 'soon'; } throw new ForecastError('mine');",
    "Array.prototype.toJSON = () => 'patched';",
    'Number.prototype.toJSON = () => NaN; JSON.parse = (text) => text;',
    'Map.prototype.get = () => -7; Int32Array.prototype.set = () => {};',
  ];
  for (const code of codes) {
    const source = await learnersCopy({ 'plain.ts': `// @ts-nocheck\n${code}\nexport class Plain { add() {} }` });
    const run = await service.start(counting({ source })).finished;
    await store.save(recordOf(run, '0.1.0'));
    assert.equal((await store.load(run.id))?.id, run.id, code);
  }
});

test('a run that is going on is not kept', async () => {
  const run = service.start(counting());
  assert.throws(() => recordOf(run, '0.1.0'), /still running/);
  await run.finished;
});

test('there is no run in an empty or missing folder', async () => {
  const store = new RunStore(path.join(await temporaryFolder(), 'none'), { files, log });
  assert.deepEqual(await store.list(), []);
  assert.equal(await store.load(randomUUID()), undefined);
});

test('lists are newest first; a removed run is gone', async () => {
  const store = new RunStore(await temporaryFolder(), { files, log });
  const runs = [another(3000), another(1000), another(200_000)];
  for (const run of runs) await store.save(run);
  assert.deepEqual(
    (await store.list()).map(({ startedAt }) => startedAt),
    [200_000, 3000, 1000],
  );
  await store.remove(runs[0]!.id);
  assert.deepEqual(
    (await store.list()).map(({ startedAt }) => startedAt),
    [200_000, 1000],
  );
});

test('the oldest go when there is no more room', async () => {
  const folder = await temporaryFolder();
  const one = new RunStore(folder, { files, log });
  await one.save(another(1));
  const [name] = await readdir(folder);
  const { size } = await stat(path.join(folder, name!));
  const store = new RunStore(folder, { files, log, maxBytes: size * 3.5 });
  for (let n = 2; n <= 6; n++) await store.save(another(n));
  assert.deepEqual(
    (await store.list()).map(({ startedAt }) => startedAt),
    [6, 5, 4],
  );
  await assert.rejects(new RunStore(folder, { files, log, maxBytes: size / 2 }).save(another(9)), RecordError);
});

test('what is no run is left out of lists, and a damaged one is refused', async () => {
  const folder = await temporaryFolder();
  const lines: string[] = [];
  const store = new RunStore(folder, { files, log: (line) => lines.push(line) });
  await store.save(finished);
  await writeFile(path.join(folder, 'stranger.sdlrun'), 'hello');
  assert.equal((await store.list()).length, 1);
  assert.match(lines.join(), /stranger\.sdlrun: this is not a run/);
  const [name] = (await readdir(folder)).filter((one) => one.includes(finished.id));
  await appendFile(path.join(folder, name!), 'x');
  await assert.rejects(store.load(finished.id), /damaged/);
});

test('two processes that keep runs at once lose none', async () => {
  const folder = await temporaryFolder();
  const dist = await builtFiles();
  const writers = [1, 2].map(() =>
    fork(path.join(import.meta.dirname, '../testing/keep-runs.ts'), [dist, folder, '20'], { execArgv: [] }),
  );
  const [first, second] = await Promise.all(writers.map((writer) => once(writer, 'exit')));
  assert.deepEqual([first![0], second![0]], [0, 0]);
  const store = new RunStore(folder, { files, log });
  const runs = await store.list();
  assert.equal(runs.length, 40);
  for (const { id } of runs) assert.equal((await store.load(id))!.id, id);
});

test('a recorded run runs again from its own code, whatever has become of the files', async () => {
  for (const bundler of [true, false]) {
    const other = await runService({ bundler });
    const source = await learnersCopy({ 'step.ts': 'export const step: number = 3;' });
    const run = await other.start(counting({ source, scenario: 'few' })).finished;
    assert.equal(run.report?.metrics.counted, 30, run.failure?.message);
    const record = recordOf(run, '0.1.0');
    await writeFile(path.join(source.root, 'counting/step.ts'), 'export const step = 4;');
    const again = await other.replay(record).finished;
    assert.equal(again.report?.trace.hash, run.report.trace.hash);
    assert.equal(again.edited, true);
    assert.deepEqual(again.request.source, { kind: 'recorded', run: run.id });
  }
});
