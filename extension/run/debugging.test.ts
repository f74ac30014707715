/** A run under a debugger, driven as VS Code's debugger drives it: over the inspector protocol. */
import assert from 'node:assert/strict';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { builtFiles, counting, learnersCopy, runService } from './testing/built.ts';
import { Inspector } from './testing/inspector.ts';
import { gone } from './testing/processes.ts';

test('a run waits for its debugger, and stops at a breakpoint in the worker', async () => {
  const service = await runService();
  const source = await learnersCopy();
  const { run, webSocketUrl, port, outDir, dispose } = await service.debug(counting({ source, scenario: 'few' }));
  assert.equal(Number(new URL(webSocketUrl).port), port);
  assert.equal(new URL(webSocketUrl).hostname, '127.0.0.1');
  const [bundle] = (await readdir(outDir)) as [string];
  const text = await readFile(path.join(outDir, bundle), 'utf8');
  const map = JSON.parse(Buffer.from(text.split('base64,').at(-1)!, 'base64').toString()) as { sources: string[] };
  assert.ok(map.sources.includes(pathToFileURL(path.join(source.root, 'counting/plain.ts')).href), map.sources.join());
  const line = text.split('\n').findIndex((one) => one.includes('this.#count += step'));

  const inspector = await Inspector.attach(webSocketUrl);
  const url = pathToFileURL(path.join(outDir, bundle)).href;
  const paused = inspector.breakInWorker(url, line);
  await inspector.go();
  assert.equal(await paused, line);
  assert.equal(run.state, 'running');
  await inspector.resumeWorker();
  await run.finished;
  assert.equal(run.report?.metrics.counted, 10);
  inspector.close();
  await dispose();
  assert.equal(existsSync(outDir), false);
  assert.deepEqual(service.runners, []);
});

test('a run that no debugger came for leaves nothing behind', async () => {
  const service = await runService();
  const { run, outDir, dispose } = await service.debug(counting());
  assert.equal(run.state, 'running');
  await dispose();
  assert.equal(run.failure?.reason, 'stopped');
  assert.equal(existsSync(outDir), false);
  assert.deepEqual(service.runners, []);
});

test('a service that ends takes its debugged runs with it', async () => {
  const service = await runService();
  const { run, outDir } = await service.debug(counting());
  await service.dispose();
  assert.equal(run.failure?.reason, 'stopped');
  assert.equal(existsSync(outDir), false);
  assert.deepEqual(service.runners, []);
});

for (const [name, attach] of [
  ['waits for its debugger', async () => undefined],
  ['has a debugger that has not let it go on yet', (url: string) => Inspector.attach(url)],
] as const) {
  test(`a runner that ${name} ends when its host is killed`, async () => {
    const program = path.join(import.meta.dirname, 'testing/debugging-host.ts');
    const host = fork(program, [await builtFiles()], { execArgv: [] });
    const [{ runners, webSocketUrl }] = (await once(host, 'message')) as [{ runners: number[]; webSocketUrl: string }];
    const inspector = await attach(webSocketUrl);
    assert.equal(runners.length, 1);
    host.kill('SIGKILL');
    for (const pid of runners) await gone(pid);
    inspector?.close();
  });
}

test('code that does not compile is refused before a debugger is asked for', async () => {
  const service = await runService();
  const source = await learnersCopy({ 'step.ts': 'export const step = ;' });
  await assert.rejects(service.debug(counting({ source })), { name: 'RunFailureError' });
  assert.deepEqual(service.runners, []);
});
