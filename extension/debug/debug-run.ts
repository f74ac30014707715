/** Runs a lab under VS Code's JavaScript debugger. */
import path from 'node:path';
import * as vscode from 'vscode';
import { bundledScheme } from '../ids.ts';
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
  const mirrored = mirrorBundledBreakpoints(extensionPath);
  let session: vscode.DebugSession | undefined;
  const ended = new Promise<void>((resolve) => {
    const starts = vscode.debug.onDidStartDebugSession((started) => {
      // Those of its process and its worker are children of ours.
      if (started.name === name && !started.parentSession) session = started;
    });
    const ends = vscode.debug.onDidTerminateDebugSession((over) => {
      if (over.id === session?.id) resolve();
    });
    void run.finished.then(() => resolve());
    void run.finished.finally(() => vscode.Disposable.from(starts, ends).dispose());
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
        skipFiles: [
          '<node_internals>/**',
          // The packages' sources are not shipped.
          ...['dist', 'labs/engine', 'node_modules'].map((folder) => glob(extensionPath, folder, '**')),
        ],
      },
      { suppressSaveBeforeStart: true },
    );
    if (!attached) throw new Error('The JavaScript debugger could not be attached: see the Debug Console.');
    await ended;
  } finally {
    mirrored.dispose();
    await debug.dispose();
    // The debugger may wait for a process that is gone.
    if (session) await vscode.debug.stopDebugging(session);
  }
}

/**
 * The debugger knows bundled sources as files of the extension, not by their `sdlabs:` names. While it runs,
 * breakpoints in the latter stand in the former as well.
 */
function mirrorBundledBreakpoints(extensionPath: string): vscode.Disposable {
  const mirrored = vscode.debug.breakpoints.flatMap((breakpoint) => {
    if (!(breakpoint instanceof vscode.SourceBreakpoint)) return [];
    const { uri, range } = breakpoint.location;
    if (uri.scheme !== bundledScheme) return [];
    const file = vscode.Uri.file(path.join(extensionPath, 'labs', uri.path));
    const { enabled, condition, hitCondition, logMessage } = breakpoint;
    return [
      new vscode.SourceBreakpoint(new vscode.Location(file, range), enabled, condition, hitCondition, logMessage),
    ];
  });
  vscode.debug.addBreakpoints(mirrored);
  return new vscode.Disposable(() => vscode.debug.removeBreakpoints(mirrored));
}
