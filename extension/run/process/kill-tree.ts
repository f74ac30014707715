/** Ends a process that leads a group of its own, and everything it has started. */
import { spawn } from 'node:child_process';

/**
 * Kills a process and its children at once: the process group on POSIX (the process was started
 * `detached`), the tree on Windows. Says nothing when they are gone already.
 * @returns when the signal is sent, or the command that sends it is over
 */
export async function killProcessTree(pid: number): Promise<void> {
  if (process.platform === 'win32') {
    const taskkill = spawn('taskkill', ['/pid', String(pid), '/T', '/F'], { stdio: 'ignore', windowsHide: true });
    await new Promise<void>((resolve) => taskkill.once('error', () => resolve()).once('exit', () => resolve()));
    return;
  }
  try {
    process.kill(-pid, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
