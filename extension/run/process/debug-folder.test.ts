import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { test } from 'node:test';
import { makeDebugFolder } from './debug-folder.ts';

test('a new folder for a debugger clears away what killed processes have left, and nothing else', async (t) => {
  const killed = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
  const own = await makeDebugFolder();
  const left = own.replace(`-${process.pid}-`, `-${killed.pid}-`);
  const strange = own.replace(`-${process.pid}-`, '-');
  for (const folder of [left, strange]) await mkdir(folder);
  t.after(() => Promise.all([own, left, strange].map((folder) => rm(folder, { recursive: true, force: true }))));
  await rm(await makeDebugFolder(), { recursive: true });
  assert.ok(existsSync(left), 'its process lives');
  killed.kill('SIGKILL');
  await once(killed, 'exit');
  await rm(await makeDebugFolder(), { recursive: true });
  assert.ok(!existsSync(left));
  assert.ok(existsSync(own) && existsSync(strange));
});
