/** Breakpoints in an edited, unsaved file and in a file that it imports. */
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { bundled, clickLens, copied, openLab, revertAll, type, verdictOf, waitFor } from './support.ts';

interface Stop {
  session: vscode.DebugSession;
  threadId: number;
  reason: string;
}

/** Collects the stops of all sessions. */
function watchStops(): { stops: Stop[]; dispose(): void } {
  const stops: Stop[] = [];
  const tracker = vscode.debug.registerDebugAdapterTrackerFactory('*', {
    createDebugAdapterTracker: (session) => ({
      onDidSendMessage: ({ event, body }: { event?: string; body?: { threadId: number; reason: string } }) => {
        if (event === 'stopped' && body) stops.push({ session, threadId: body.threadId, reason: body.reason });
      },
    }),
  });
  return { stops, dispose: () => tracker.dispose() };
}

async function topFrame({ session, threadId }: Stop): Promise<{ line: number; source: { path: string } }> {
  const { stackFrames } = await session.customRequest('stackTrace', { threadId, startFrame: 0, levels: 1 });
  return stackFrames[0];
}

function lineOf(document: vscode.TextDocument, needle: string): number {
  const line = document
    .getText()
    .split('\n')
    .findIndex((text) => text.includes(needle));
  assert.ok(line >= 0, needle);
  return line;
}

describe('debugging', () => {
  // `activeDebugSession` may go on naming a session that is over.
  const alive = new Set<string>();
  const watching = [
    vscode.debug.onDidStartDebugSession(({ id }) => alive.add(id)),
    vscode.debug.onDidTerminateDebugSession(({ id }) => alive.delete(id)),
  ];
  const sessionsOver = () => waitFor('the end of all sessions', () => (alive.size === 0 ? true : undefined));

  after(() => vscode.Disposable.from(...watching).dispose());
  afterEach(async () => {
    vscode.debug.removeBreakpoints(vscode.debug.breakpoints);
    await vscode.debug.stopDebugging();
    await sessionsOver();
    await revertAll();
  });

  it('stops in an edited, unsaved algorithm and in a file that it imports', async () => {
    await openLab();
    const ring = await type(copied('ring.ts'), (text) =>
      text.replace(/^ {2}ownerOf\((.*)\{$/m, (head) => `${head}\n    const here = 'unsaved';\n    void here;`),
    );
    const circle = await vscode.workspace.openTextDocument(copied('circle.ts'));
    const inRing = lineOf(ring, 'void here;');
    const inCircle = lineOf(circle, 'return');
    vscode.debug.addBreakpoints([
      new vscode.SourceBreakpoint(new vscode.Location(ring.uri, new vscode.Position(inRing, 0))),
      new vscode.SourceBreakpoint(new vscode.Location(circle.uri, new vscode.Position(inCircle, 0))),
    ]);
    const watch = watchStops();
    const { stops } = watch;
    const debugging = clickLens(ring.uri, 'Debug');
    const seen = new Set<string>();
    for (let stop = 0; seen.size < 2; stop++) {
      assert.ok(stop < 20, `stopped only at ${[...seen].join(', ')}`);
      const next = await waitFor('a stop', () => stops[stop]);
      const { line, source } = await topFrame(next);
      // In the browser the path is a URI of the remote machine.
      if (source.path.endsWith(ring.uri.path) && line - 1 === inRing) seen.add('ring.ts');
      if (source.path.endsWith(circle.uri.path) && line - 1 === inCircle) seen.add('circle.ts');
      await next.session.customRequest('continue', { threadId: next.threadId });
    }
    watch.dispose();
    assert.ok(ring.isDirty, 'debugging saves nothing');
    vscode.debug.removeBreakpoints(vscode.debug.breakpoints);
    await vscode.debug.stopDebugging();
    await debugging;
  });

  it('stops in a bundled algorithm', async () => {
    await openLab();
    const ring = await vscode.window.showTextDocument(bundled('ring.ts'));
    const line = lineOf(ring.document, 'circle.serverAt');
    vscode.debug.addBreakpoints([
      new vscode.SourceBreakpoint(new vscode.Location(ring.document.uri, new vscode.Position(line, 0))),
    ]);
    const watch = watchStops();
    const debugging = clickLens(ring.document.uri, 'Debug');
    const stop = await waitFor('a stop', () => watch.stops[0]);
    const frame = await topFrame(stop);
    assert.equal(frame.line - 1, line);
    assert.match(frame.source.path, /labs\/consistent-hashing\/ring\.ts$/);
    watch.dispose();
    await vscode.debug.stopDebugging();
    await debugging;
    assert.equal(vscode.debug.breakpoints.length, 1, 'what was added for the debugger is gone');
  });

  it('ends when the run does', async () => {
    await openLab();
    await clickLens(copied('jump.ts'), 'Debug');
    assert.match(await verdictOf(copied('jump.ts')), /^\$\(pass\)/);
    await sessionsOver();
  });
});
