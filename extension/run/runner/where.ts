/**
 * Asks a thread where it is, before it is ended: through the inspector, from inside the process and without a port. It
 * answers out of loops, searches and waits; not out of a call into the system or into V8 that nothing interrupts.
 */
import inspector from 'node:inspector';
import type { Worker } from 'node:worker_threads';
import type { WorkerCode } from './messages.ts';
import { stackText } from './stack-text.ts';

/** As much of the inspector protocol as is used. */
interface FromThread {
  method?: string;
  params?: {
    scriptId?: string;
    url?: string;
    callFrames?: { functionName: string; location: { scriptId: string; lineNumber: number; columnNumber: number } }[];
  };
}

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
    const frames = params.callFrames!.map(({ functionName, location: { scriptId, lineNumber, columnNumber } }) => ({
      name: functionName,
      url: urls.get(scriptId) ?? '',
      line: lineNumber,
      column: columnNumber,
    }));
    resolve(stackText(frames, code));
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
