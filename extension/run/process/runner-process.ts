/** A forked runner, seen from the host. */
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { killProcessTree } from './kill-tree.ts';
import { waitingForDebugger, type FromRunner, type ToRunner } from '../runner/messages.ts';

/** How much of what a runner writes to stderr is kept: V8's last words, when it aborts. */
const stderrKept = 8 * 1024;

/** How a runner ended. */
export interface RunnerExit {
  code: number | null;
  signal: NodeJS.Signals | null;
}

export class RunnerProcess {
  readonly #child: ChildProcess;
  #stderr = '';
  #listener: ((message: FromRunner) => void) | undefined;
  /** Resolves when the process is gone, whatever the reason. */
  readonly exited: Promise<RunnerExit>;
  alive = true;

  /** @param inspect wait for a debugger before any job is started */
  constructor(dist: string, inspect = false) {
    this.#child = fork(path.join(dist, 'runner.mjs'), inspect ? [waitingForDebugger] : [], {
      serialization: 'advanced',
      execArgv: [],
      env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
      // Nothing is ever written to stdin: that it closes tells of our end, while a debugger holds the runner.
      stdio: [inspect ? 'pipe' : 'ignore', 'ignore', 'pipe', 'ipc'],
      detached: process.platform !== 'win32', // leads a group, so that its children can be ended with it
    });
    this.#child.stderr!.setEncoding('utf8').on('data', (text: string) => {
      this.#stderr = (this.#stderr + text).slice(-stderrKept);
    });
    this.#child.on('message', (message) => this.#listener?.(message as FromRunner));
    this.exited = new Promise((resolve) => {
      const gone = (exit: RunnerExit): void => {
        this.alive = false;
        resolve(exit);
      };
      this.#child.once('exit', (code, signal) => gone({ code, signal }));
      this.#child.once('error', () => gone({ code: null, signal: null })); // could not be started
    });
    this.#child.on('error', () => {}); // a message that meets a dying process; `exited` tells
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  /** The end of what it wrote to stderr. */
  get lastWords(): string {
    return this.#stderr;
  }

  /** Who hears what it says; one at a time. */
  listen(listener: ((message: FromRunner) => void) | undefined): void {
    this.#listener = listener;
  }

  send(message: ToRunner): void {
    if (this.alive && this.#child.connected) this.#child.send(message);
  }

  /** Ends it and all it has started; resolves when it is gone. */
  async kill(): Promise<void> {
    if (this.alive && this.#child.pid !== undefined) await killProcessTree(this.#child.pid);
    await this.exited;
  }

  /**
   * Where a debugger attaches to a runner that was started for one.
   * @throws Error when the runner ends before it says so
   */
  async inspectorUrl(): Promise<string> {
    for (;;) {
      const url = /ws:\/\/\S+/.exec(this.#stderr)?.[0];
      if (url !== undefined) return url;
      const said = once(this.#child.stderr!, 'data').then(() => true);
      if (!(await Promise.race([said, this.exited.then(() => false)]))) {
        throw new Error(`the runner did not open its debugger port: ${this.#stderr.trim()}`);
      }
    }
  }
}
