/**
 * Holds the runner until a debugger has attached and lets it go on. The debugger must be there before the job's
 * thread starts: breakpoints are set in threads that start under its eyes.
 *
 * Why not `--inspect-brk`: it holds the main thread before the first line of ours, and a thread that is held does
 * not notice that its host has died. A debugger that never comes would leave the process behind for ever. So a
 * process beside it looks after the host meanwhile; a thread would do, but the debugger would show it.
 */
import { spawn } from 'node:child_process';
import inspector from 'node:inspector';
import path from 'node:path';

/**
 * Opens the inspector on a free port of 127.0.0.1, which Node names on stderr, and blocks. The process ends with its
 * host, whose end of this process's stdin must be a pipe.
 */
export function waitForDebugger(): void {
  const watch = spawn(process.execPath, [path.join(import.meta.dirname, 'host-watch.mjs'), String(process.pid)], {
    stdio: ['inherit', 'ignore', 'ignore'],
    windowsHide: true,
  });
  inspector.open(0, '127.0.0.1', true); // opens and waits in one call: no debugger can come in between
  watch.kill(); // from here on the runner hears of the host's end by itself
}
