/** As much of a debugger as it takes to stop in a worker: the inspector protocol over a web socket. */
import { once } from 'node:events';

interface Message {
  id?: number;
  method?: string;
  params?: Record<string, unknown>;
  error?: { message: string };
}

interface Paused {
  hitBreakpoints?: string[];
  callFrames: { location: { lineNumber: number } }[];
}

export class Inspector {
  readonly #socket: WebSocket;
  readonly #waiting = new Map<number, (message: Message) => void>();
  #onEvent: (message: Message) => void = () => {};
  #session = '';
  #last = 0;

  constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.addEventListener('message', ({ data }) => {
      const message = JSON.parse(String(data)) as Message;
      if (message.id !== undefined) this.#waiting.get(message.id)?.(message);
      else this.#onEvent(message);
    });
    // A run that was let go on may end, and its process with it, before the last answer is on its way.
    socket.addEventListener('close', () => {
      for (const settle of this.#waiting.values()) settle({});
    });
  }

  static async attach(url: string): Promise<Inspector> {
    const socket = new WebSocket(url);
    await once(socket as unknown as EventTarget, 'open');
    return new Inspector(socket);
  }

  /**
   * Sets a breakpoint in the next worker.
   * @param line from 0
   * @returns the line at which the worker stops
   */
  breakInWorker(url: string, line: number): Promise<number> {
    return new Promise((resolve) => {
      this.#onEvent = ({ method, params }) => {
        if (method === 'NodeWorker.attachedToWorker') {
          this.#session = params!.sessionId as string;
          this.#toWorker('Debugger.enable');
          this.#toWorker('Debugger.setBreakpointByUrl', { url, lineNumber: line });
          this.#toWorker('Runtime.runIfWaitingForDebugger');
        }
        if (method !== 'NodeWorker.receivedMessageFromWorker') return;
        const inner = JSON.parse(params!.message as string) as Message;
        if (inner.method !== 'Debugger.paused') return;
        const { hitBreakpoints, callFrames } = inner.params as unknown as Paused;
        if (hitBreakpoints?.length) resolve(callFrames[0]!.location.lineNumber);
        else this.#toWorker('Debugger.resume'); // a worker that waited for the debugger stops at its first line
      };
    });
  }

  /** Lets the main thread, which waits for its debugger, go on. */
  async go(): Promise<void> {
    await this.#send('NodeWorker.enable', { waitForDebuggerOnStart: true });
    await this.#send('Debugger.enable');
    await this.#send('Runtime.runIfWaitingForDebugger');
  }

  /** Lets the worker go on to its end. */
  async resumeWorker(): Promise<void> {
    this.#toWorker('Debugger.disable');
    await this.#send('Debugger.disable');
  }

  close(): void {
    this.#socket.close();
  }

  #toWorker(method: string, params: object = {}): void {
    const message = JSON.stringify({ id: ++this.#last, method, params });
    void this.#send('NodeWorker.sendMessageToWorker', { sessionId: this.#session, message });
  }

  #send(method: string, params: object = {}): Promise<Message> {
    const id = ++this.#last;
    this.#socket.send(JSON.stringify({ id, method, params }));
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, (message) => (message.error ? reject(new Error(message.error.message)) : resolve(message)));
    });
  }
}
