/** Nothing stays behind, however a script of this project ends. Looks into /proc: Linux only. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { randomUUID } from 'node:crypto';

const owner = path.join(import.meta.dirname, 'owner.ts');

/** How long the processes may take to notice and to end. */
const endingMs = 5_000;

/** Ids of living processes in whose environment the mark stands: all that the owner started, however it did. */
function marked(mark: string): string[] {
  return readdirSync('/proc').filter((pid) => {
    if (!/^\d+$/.test(pid)) return false;
    try {
      return readFileSync(`/proc/${pid}/environ`, 'latin1').includes(mark);
    } catch {
      return false; // it has ended meanwhile
    }
  });
}

for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
  test(`a VS Code with an open window ends with the script that started it: ${signal}`, async () => {
    const mark = randomUUID();
    const script = spawn(process.execPath, [owner], {
      env: { ...process.env, SDL_PROCESSES_TEST: mark },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [line] = (await once(createInterface(script.stdout), 'line')) as [string];
    const { home, folder } = JSON.parse(line) as { home: string; folder: string };
    assert.ok(marked(mark).length >= 5, 'script, keeper, server, extension host and browser should be running');

    script.kill(signal);
    const deadline = Date.now() + endingMs;
    while (marked(mark).length > 0 && Date.now() < deadline) await sleep(50);
    assert.deepEqual(marked(mark), []);
    for (const left of [home, folder]) await rm(left, { recursive: true, force: true });
  });
}
