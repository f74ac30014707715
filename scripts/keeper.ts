/**
 * Runs a program and ends it, with all that it started, when it is told to (SIGTERM) or when its own parent has
 * gone: `node keeper.ts <program> [arguments]`, started as the leader of a process group (`detached`).
 *
 * A server of VS Code is a family of processes that do not watch each other; nobody but a process that outlives
 * its starter by a moment can promise that none of them stays.
 */
import { spawn, spawnSync } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { beforeEnd } from './lifetime.ts';

/** How long the family has for an orderly end. */
const graceMs = 2_000;

const [program, ...args] = process.argv.slice(2);
if (program === undefined) throw new Error('usage: node keeper.ts <program> [arguments]');

const child = spawn(program, args, { stdio: 'inherit', windowsHide: true });
const childEnded = new Promise<void>((resolve) => {
  child.once('exit', () => resolve());
  child.once('error', (error) => {
    console.error(error.message);
    resolve();
  });
});

async function endFamily(): Promise<void> {
  if (process.platform === 'win32') {
    spawnSync('taskkill', ['/pid', String(child.pid), '/T', '/F'], { stdio: 'ignore' });
    return;
  }
  // Negative: the whole group. This process is in it, and passes over the first signal.
  process.kill(-process.pid, 'SIGTERM');
  await Promise.race([childEnded, sleep(graceMs)]);
  process.kill(-process.pid, 'SIGKILL');
}

beforeEnd(endFamily);
void childEnded.then(endFamily);
