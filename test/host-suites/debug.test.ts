/** Breakpoints in an edited, unsaved file and in a file that it imports. */
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { clickLens, copied, openLab, revertAll, type, waitFor } from './support.ts';

interface Stop {
  session: vscode.DebugSession;
  threadId: number;
  reason: string;
}

/** Collects the stops of all sessions. */
function watchStops(): { stops: Stop[]; dispose(): void } {
  const stops: Stop[] = [];
  const { dispose } = vscode.debug.registerDebugAdapterTrackerFactory('*', {
    createDebugAdapterTracker: (session) => ({
      onDidSendMessage: ({ event, body }: { event?: string; body?: { threadId: number; reason: string } }) => {
        if (event === 'stopped' && body) stops.push({ session, threadId: body.threadId, reason: body.reason });
      },
    }),
  });
  return { stops, dispose };
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
  afterEach(async () => {
    vscode.debug.removeBreakpoints(vscode.debug.breakpoints);
    await vscode.debug.stopDebugging();
    await waitFor('the end of all sessions', () => (vscode.debug.activeDebugSession ? undefined : true));
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
    const { stops, dispose } = watchStops();
    const debugging = clickLens(ring.uri, 'Debug');
    const seen = new Set<string>();
    for (let stop = 0; seen.size < 2; stop++) {
      assert.ok(stop < 20, `stopped only at ${[...seen].join(', ')}`);
      const next = await waitFor('a stop', () => stops[stop]);
      const { line, source } = await topFrame(next);
      if (source.path === ring.uri.fsPath && line - 1 === inRing) seen.add('ring.ts');
      if (source.path === circle.uri.fsPath && line - 1 === inCircle) seen.add('circle.ts');
      if (seen.size === 1) {
        const other = seen.has('ring.ts') ? circle.uri.fsPath : ring.uri.fsPath;
        vscode.debug.removeBreakpoints(
          vscode.debug.breakpoints.filter(
            (point) => point instanceof vscode.SourceBreakpoint && point.location.uri.fsPath !== other,
          ),
        );
      }
      await next.session.customRequest('continue', { threadId: next.threadId });
    }
    dispose();
    assert.ok(ring.isDirty, 'debugging saves nothing');
    vscode.debug.removeBreakpoints(vscode.debug.breakpoints);
    await vscode.debug.stopDebugging();
    await debugging;
  });
});
