/**
 * Asks a thread where it is, before it is ended: through the inspector, from inside the process and without a port. It
 * answers out of loops, searches and waits; not out of a call into the system or into V8 that nothing interrupts.
 */
import inspector from 'node:inspector';
import { SourceMap, type SourceMapPayload } from 'node:module';
import type { Worker } from 'node:worker_threads';
import type { WorkerCode } from './messages.ts';

/** As much of the inspector protocol as is used. */
interface FromThread {
  method?: string;
  params?: {
    scriptId?: string;
    url?: string;
    callFrames?: { functionName: string; location: { scriptId: string; lineNumber: number; columnNumber: number } }[];
  };
}

const mostFrames = 30;

/**
 * The stack of a thread, as it would be in an error that it throws now. The thread goes on afterwards.
 * @param within milliseconds that it may take to answer
 * @returns undefined where it does not answer
 */
export async function whereIs(worker: Worker, code: WorkerCode, within: number): Promise<string | undefined> {
  const session = new inspector.Session();
  session.connect();
  const { promise, resolve } = Promise.withResolvers<string | undefined>();
  const timer = setTimeout(() => resolve(undefined), within);
  worker.once('exit', () => resolve(undefined));
  const urls = new Map<string, string>();
  let thread: string | undefined;
  let asked = 0;
  const tell = (method: string): void => {
    const message = JSON.stringify({ id: ++asked, method });
    session.post('NodeWorker.sendMessageToWorker', { sessionId: thread!, message }, () => {});
  };
  session.on('NodeWorker.attachedToWorker', ({ params: { sessionId, workerInfo } }) => {
    if (Number(workerInfo.workerId) !== worker.threadId) return;
    thread = sessionId;
    tell('Debugger.enable');
    tell('Debugger.pause');
  });
  session.on('NodeWorker.receivedMessageFromWorker', ({ params: { sessionId, message } }) => {
    if (sessionId !== thread) return;
    const { method, params = {} } = JSON.parse(message) as FromThread;
    if (method === 'Debugger.scriptParsed') urls.set(params.scriptId!, params.url!);
    if (method !== 'Debugger.paused') return;
    const frames = params.callFrames!.slice(0, mostFrames);
    resolve(
      frames
        .map(({ functionName, location: { scriptId, lineNumber, columnNumber } }) => {
          const at = shownPlace({ url: urls.get(scriptId) ?? '', line: lineNumber, column: columnNumber }, code);
          return `    at ${functionName || '<anonymous>'} (${at})`;
        })
        .join('\n'),
    );
  });
  session.post('NodeWorker.enable', { waitForDebuggerOnStart: false }, (error) => {
    if (error) resolve(undefined);
  });
  try {
    return await promise;
  } finally {
    clearTimeout(timer);
    // First: a thread that is paused, or believes that somebody will let it go on, does not terminate.
    if (thread !== undefined) {
      tell('Debugger.resume');
      tell('Debugger.disable');
      session.post('NodeWorker.detach', { sessionId: thread }, () => {});
    }
    session.post('NodeWorker.disable', () => {});
    session.disconnect();
  }
}

/** @param place counted from 0 */
function shownPlace({ url, line, column }: { url: string; line: number; column: number }, code: WorkerCode): string {
  const origin = code.kind === 'bundle' && url.split('?')[0] === code.url ? originIn(code, line, column) : undefined;
  return origin ?? `${url}:${line + 1}:${column + 1}`;
}

/** What a place of a bundle was before it was bundled. */
function originIn({ url, text }: WorkerCode & { kind: 'bundle' }, line: number, column: number): string | undefined {
  const [, map] = /\n\/\/# sourceMappingURL=data:application\/json;[^,]*base64,([^\n]*)\s*$/.exec(text) ?? [];
  if (map === undefined) return undefined;
  const payload = JSON.parse(Buffer.from(map, 'base64').toString()) as SourceMapPayload;
  const found = new SourceMap(payload).findEntry(line, column);
  if (!('originalSource' in found)) return undefined;
  const source = new URL(`${payload.sourceRoot ?? ''}${found.originalSource}`, url).href;
  return `${source}:${found.originalLine + 1}:${found.originalColumn + 1}`;
}
