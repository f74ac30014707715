/** The thread that ends a runner, while a debugger holds its main thread, when its host is gone. */
import { workerData } from 'node:worker_threads';
import { killProcessTree } from '../process/kill-tree.ts';

const host = workerData as number;
const lookEvery = 250; // ms

/** On POSIX an orphan gets another parent, even while the dead one has not been collected; on Windows it keeps the number. */
function hostIsGone(): boolean {
  if (process.ppid !== host) return true;
  try {
    process.kill(host, 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH';
  }
}

setInterval(() => {
  if (hostIsGone()) void killProcessTree(process.pid);
}, lookEvery);
