/** Ends a process that leads a group of its own, and everything it has started. */
import { spawn } from 'node:child_process';
import { descendantsOf } from './descendants.ts';

/** Who starts others faster than they are ended is given up after so many rounds. */
const mostRounds = 20;

/**
 * Kills a process and its children at once: the process group on POSIX (the process was started
 * `detached`), the tree on Windows; on Linux also those that have left the group. Says nothing when they are gone already.
 * @param mark what they all have in their environment (`markOf`)
 * @returns when the signal is sent, or the command that sends it is over
 */
export async function killProcessTree(pid: number, mark?: string): Promise<void> {
  if (process.platform === 'win32') {
    const taskkill = spawn('taskkill', ['/pid', String(pid), '/T', '/F'], { stdio: 'ignore', windowsHide: true });
    await new Promise<void>((resolve) => taskkill.once('error', () => resolve()).once('exit', () => resolve()));
    return;
  }
  // By descent they are found only while their parents live.
  const started = descendantsOf(pid, undefined);
  if (pid === process.pid) killMarked(pid, mark);
  started.forEach(kill);
  kill(-pid);
  killMarked(pid, mark);
}

function killMarked(pid: number, mark: string | undefined): void {
  if (mark === undefined) return;
  for (let round = 0; round < mostRounds; round++) {
    const found = descendantsOf(pid, mark);
    if (found.length === 0) return;
    found.forEach(kill);
  }
}

/** @param pid negative: a group */
function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    // Gone, or nobody collects it (macOS says EPERM then).
    if (!['ESRCH', 'EPERM'].includes((error as NodeJS.ErrnoException).code!)) throw error;
  }
}
