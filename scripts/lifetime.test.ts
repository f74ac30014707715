/** How a script of this project ends with those that have started it. */
import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { isAlive } from './lifetime.ts';

const starter = path.join(import.meta.dirname, 'testing/starter.ts');
const bootstrap = path.join(import.meta.dirname, 'bootstrap.mjs');

/** The process id that the script prints. */
async function pidFrom(started: ChildProcess): Promise<number> {
  const [said] = (await once(started.stdout!, 'data')) as [Buffer];
  return Number(said);
}

async function gone(pid: number): Promise<void> {
  while (isAlive(pid)) await wait(20); // the test's own time limit bounds it
}

for (const signal of ['SIGTERM', 'SIGHUP', 'SIGINT'] as const) {
  test(`a script ends by ${signal} to what npm started`, async () => {
    const started = spawn(process.execPath, [bootstrap, 'scripts/testing/stays.ts'], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const pid = await pidFrom(started);
    started.kill(signal);
    await gone(pid);
  });
}

test('a script ends when what has started it is killed', async () => {
  const older = 'node'; // of the machine: where it is than the project's, the bootstrap stays as a process in between
  const started = spawn(process.execPath, [starter, older], { stdio: ['ignore', 'pipe', 'inherit'] });
  const pid = await pidFrom(started);
  assert.ok(isAlive(pid));
  started.kill('SIGKILL');
  await gone(pid);
});

test('a script ends when npm is killed and its shell is not', { skip: process.platform !== 'linux' }, async () => {
  const shell = `"${process.execPath}" "${bootstrap}" scripts/testing/stays.ts; exit`;
  const npm = `require('node:child_process').spawn('sh', ['-c', process.argv[1]], { stdio: 'inherit' }); setInterval(() => {}, 1000);`;
  const started = spawn(process.execPath, ['-e', npm, shell], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, npm_lifecycle_event: 'lab' },
  });
  const pid = await pidFrom(started);
  started.kill('SIGKILL');
  await gone(pid);
});
