/** Runs a lab under VS Code's JavaScript debugger. */
import path from 'node:path';
import * as vscode from 'vscode';
import type { DebugRun } from '../run/run.ts';

/** Paths in launch configurations are globs: forward slashes, whatever the system. */
const glob = (...parts: string[]): string =>
  path
    .join(...parts)
    .split(path.sep)
    .join('/');

/**
 * Attaches the debugger to a run that waits for it.
 * @param cwd the copy's folder, against which the debugger resolves what is relative
 * @returns when the session has ended and the run's process with it
 * @throws Error when the debugger cannot be attached
 */
export async function attachDebugger(debug: DebugRun, extensionPath: string, cwd: string): Promise<void> {
  const { run, webSocketUrl, port, outDir } = debug;
  const name = `Debug lab ${run.request.algorithm} ${run.id.slice(0, 8)}`;
  const sessions = new Set<string>();
  const ended = new Promise<void>((resolve) => {
    const starts = vscode.debug.onDidStartDebugSession((session) => {
      if (session.name === name) sessions.add(session.id);
    });
    const ends = vscode.debug.onDidTerminateDebugSession((session) => {
      // The worker's session is a child of ours and ends first.
      if (sessions.delete(session.id) && !session.parentSession) resolve();
    });
    void run.finished.then(() => resolve());
    void Promise.resolve(run.finished).finally(() => vscode.Disposable.from(starts, ends).dispose());
  });
  try {
    const attached = await vscode.debug.startDebugging(
      undefined,
      {
        type: 'node',
        request: 'attach',
        name,
        websocketAddress: webSocketUrl,
        port,
        continueOnAttach: true,
        cwd,
        outFiles: [glob(outDir, '*.mjs')],
        resolveSourceMapLocations: [glob(outDir, '**')],
        pauseForSourceMap: true,
        skipFiles: ['<node_internals>/**', glob(extensionPath, '**')],
      },
      { suppressSaveBeforeStart: true },
    );
    if (!attached) throw new Error('The JavaScript debugger could not be attached: see the Debug Console.');
    await ended;
  } finally {
    await debug.dispose();
  }
}
