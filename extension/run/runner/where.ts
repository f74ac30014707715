/**
 * Asks a thread where it is, before it is ended: through the inspector, from inside the process and without a port. It
 * answers out of loops, searches and waits; not out of a call into the system or into V8 that nothing interrupts.
 *
 * A thread must not end while it is asked: Node (22 and 24 at least) aborts the whole process when a message of the
 * inspector meets a thread whose end has begun. Hence a look is over before a thread is terminated, and a thread that
 * ends by itself waits at the door. One that V8 ends for want of memory cannot wait.
 */
import inspector from 'node:inspector';
import type { Worker } from 'node:worker_threads';
import { Shared, type WorkerCode } from './messages.ts';
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

/** What the slot `Shared.door` says. */
const Door = { open: 0, lookedInto: 1, left: 2 } as const;
/** Milliseconds until a thread that did not stop is told once more. */
const askAgain = 30;
/** No look takes so long, in milliseconds. */
const longestLook = 2000;

/** For the thread, before it ends by itself: waits until nobody looks into it, and lets nobody look any more. */
export function leaveThread(shared: Int32Array<SharedArrayBuffer>): void {
  while (Atomics.compareExchange(shared, Shared.door, Door.open, Door.left) === Door.lookedInto) {
    if (Atomics.wait(shared, Shared.door, Door.lookedInto, longestLook) === 'timed-out') return;
  }
}

/** A thread that can be looked into until it is ended. */
export class ThreadWatch {
  readonly #worker: Worker;
  readonly #shared: Int32Array<SharedArrayBuffer>;
  #look: { over: Promise<unknown>; giveUp: () => void } | undefined;
  #isEnding = false;

  constructor(worker: Worker, shared: Int32Array<SharedArrayBuffer>) {
    this.#worker = worker;
    this.#shared = shared;
  }

  /**
   * The stack of the thread, as it would be in an error that it throws now. The thread goes on afterwards. A look that
   * is under way is given up for this one.
   * @param code what it runs
   * @param within milliseconds that it may take to answer
   * @returns undefined where it does not answer
   */
  async where(code: WorkerCode, within: number): Promise<string | undefined> {
    await this.#lookAway();
    if (this.#isEnding || !this.#enter()) return undefined;
    const { promise, resolve } = Promise.withResolvers<string | undefined>();
    const over = lookInto(this.#worker, code, promise, resolve, within).finally(() => {
      Atomics.store(this.#shared, Shared.door, Door.open);
      Atomics.notify(this.#shared, Shared.door);
      this.#look = undefined;
    });
    this.#look = { over, giveUp: () => resolve(undefined) };
    return over;
  }

  /** Ends the thread. */
  async end(): Promise<void> {
    this.#isEnding = true;
    await this.#lookAway();
    await this.#worker.terminate();
  }

  async #lookAway(): Promise<void> {
    while (this.#look) {
      this.#look.giveUp();
      await this.#look.over;
    }
  }

  #enter(): boolean {
    return Atomics.compareExchange(this.#shared, Shared.door, Door.open, Door.lookedInto) === Door.open;
  }
}

async function lookInto(
  worker: Worker,
  code: WorkerCode,
  answer: Promise<string | undefined>,
  resolve: (stack: string | undefined) => void,
  within: number,
): Promise<string | undefined> {
  const session = new inspector.Session();
  session.connect();
  const gone = (): void => resolve(undefined);
  worker.once('exit', gone);
  const urls = new Map<string, string>();
  let thread: string | undefined;
  let isPaused = false;
  let asked = 0;
  const tell = (method: string): void => {
    const message = JSON.stringify({ id: ++asked, method });
    session.post('NodeWorker.sendMessageToWorker', { sessionId: thread!, message }, () => {});
  };
  // V8 interrupts this process for a message, at whatever it is at, and Node's timers among that: what listens here sets
  // no timer and clears none (Node 22 falls over a timer that is cleared as it is about to be called).
  session.on('NodeWorker.attachedToWorker', ({ params: { sessionId, workerInfo } }) => {
    // The id there counts from one in each session; a thread's own stands in the title, "[worker 7] and its name".
    if (Number(/\d+/.exec(workerInfo.title)?.[0]) !== worker.threadId) return;
    thread = sessionId;
    tell('Debugger.enable');
    tell('Debugger.pause');
  });
  session.on('NodeWorker.receivedMessageFromWorker', ({ params: { sessionId, message } }) => {
    if (sessionId !== thread) return;
    const { method, params = {} } = JSON.parse(message) as FromThread;
    if (method === 'Debugger.scriptParsed') urls.set(params.scriptId!, params.url!);
    if (method !== 'Debugger.paused') return;
    isPaused = true;
    const frames = params.callFrames!.map(({ functionName, location: { scriptId, lineNumber, columnNumber } }) => ({
      name: functionName,
      url: urls.get(scriptId) ?? '',
      line: lineNumber,
      column: columnNumber,
    }));
    resolve(stackText(frames, code));
  });
  const timer = setTimeout(() => resolve(undefined), within);
  // Now and then V8 (of Node 24) takes a pause for a word about the next call, and in a loop there is none.
  const again = setInterval(() => {
    if (thread !== undefined && !isPaused) tell('Debugger.pause');
  }, askAgain);
  session.post('NodeWorker.enable', { waitForDebuggerOnStart: false }, (error) => {
    if (error) resolve(undefined);
  });
  try {
    return await answer;
  } finally {
    clearTimeout(timer);
    clearInterval(again);
    worker.off('exit', gone);
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
