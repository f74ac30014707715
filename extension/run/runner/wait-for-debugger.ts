/**
 * Holds the runner until a debugger has attached and lets it go on. The debugger must be there before the job's
 * thread starts: breakpoints are set in threads that start under its eyes.
 *
 * Why not `--inspect-brk`: it holds the main thread before the first line of ours, and a thread that is held does
 * not notice that its host has died. A debugger that never comes would leave the process behind for ever. So a
 * second thread looks after the host meanwhile.
 */
import inspector from 'node:inspector';
import path from 'node:path';
import { Worker } from 'node:worker_threads';

/**
 * Opens the inspector on a free port of 127.0.0.1, which Node names on stderr, and blocks.
 * @param host process id of the host, with whose end this process ends
 */
export function waitForDebugger(host: number): void {
  const watch = new Worker(path.join(import.meta.dirname, 'host-watch.mjs'), { workerData: host });
  inspector.open(0, '127.0.0.1', true); // opens and waits in one call: no debugger can come in between
  void watch.terminate(); // from here on the main thread hears of the host's end by itself
}
