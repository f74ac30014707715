/** Whether processes are still there. */
import { readdir, readFile } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';

/** Waits for the end of a process; the test's own time limit bounds it. */
export async function gone(pid: number): Promise<void> {
  while (await isAlive(pid)) await wait(10);
}

async function isAlive(pid: number): Promise<boolean> {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  // Where nobody collects orphans, a dead one keeps its number.
  const status = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  return !/^\d+ \(.*\) [ZX]/.test(status);
}

/** Ids of the processes with this argument; none on systems without /proc. */
export async function processesWith(argument: string): Promise<number[]> {
  const pids = (await readdir('/proc').catch((): string[] => [])).filter((name) => /^\d+$/.test(name));
  const lines = await Promise.all(pids.map((pid) => readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')));
  return pids.filter((_, i) => lines[i]!.split('\0').includes(argument)).map(Number);
}
