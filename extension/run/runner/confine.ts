/**
 * Keeps a run's code from what would hurt others, as far as that can be done from beside it. What it starts, processes
 * and threads, is on its own: a process is ended with the run, and may do until then what its user may.
 */
import inspector from 'node:inspector';
import inspectorPromises from 'node:inspector/promises';
import { RefusedError } from '../../../labs/engine/simulation/refusal.ts';

/** From here on no port is opened to a debugger, no other thread is looked into, and no stranger is killed. */
export function confine(): void {
  const { kill } = process;
  const own = process.pid;
  process.kill = (pid, signal) => {
    // 0 and its negative are the group of the runner, which is the run's own.
    if (Math.abs(Number(pid)) !== own && Number(pid) !== 0 && signal !== 0) {
      throw new RefusedError(`a run ends no process but its own: what it has started has a kill()`);
    }
    return kill(pid, signal);
  };
  const noDebugger = (): never => {
    throw new RefusedError('a run opens no port to a debugger: use Debug, above the algorithm');
  };
  for (const module of [inspector, inspectorPromises]) {
    Object.assign(module, { open: noDebugger, waitForDebugger: noDebugger });
    Object.assign(module.Session.prototype, { connectToMainThread: noDebugger });
  }
}
