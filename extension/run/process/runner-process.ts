/** A runner, seen from the host. */
import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import path from 'node:path';
import type { Duplex } from 'node:stream';
import { pipeIsGone, waitingForDebugger, type FromRunner, type ToRunner } from '../runner/messages.ts';
import { FrameChannel, secretBytes } from '../runner/frames.ts';
import { checkedMessage, frameLimits } from './check-message.ts';
import { markOf, runnerEnvironment } from './environment.ts';
import { killProcessTree } from './kill-tree.ts';

/** How much of what a runner writes to stderr is kept: V8's last words, when it aborts. */
const stderrKept = 8 * 1024;
/** How long the last words of a process that is gone are waited for, and the end of one whose pipe is closed. */
const lastWordsWithin = 100; // ms

/** How a runner ended. */
export interface RunnerExit {
  code: number | null;
  signal: NodeJS.Signals | null;
  /** It was ended because what it said was no message: why. */
  wrong?: string;
}

export class RunnerProcess {
  readonly #child: ChildProcess;
  readonly #channel: FrameChannel;
  readonly #mark: string | undefined;
  #stderr = '';
  #wrong: string | undefined;
  #listener: ((message: FromRunner) => void) | undefined;
  /** Resolves when the process is gone, whatever the reason. */
  readonly exited: Promise<RunnerExit>;
  alive = true;

  /** @param inspect wait for a debugger before any job is started */
  constructor(dist: string, inspect = false) {
    const env = runnerEnvironment();
    this.#mark = markOf(env);
    this.#child = spawn(process.execPath, [path.join(dist, 'runner.mjs'), ...(inspect ? [waitingForDebugger] : [])], {
      env,
      // Nothing is ever written to stdin: that it closes tells of our end, while a debugger holds the runner.
      stdio: [inspect ? 'pipe' : 'ignore', 'ignore', 'pipe', 'overlapped'],
      detached: process.platform !== 'win32', // leads a group, so that its children can be ended with it
      windowsHide: true,
    });
    const pipe = this.#child.stdio[3] as Duplex;
    const stderr = this.#child.stderr!;
    stderr.setEncoding('utf8').on('data', (text: string) => {
      this.#stderr = (this.#stderr + text).slice(-stderrKept);
    });
    this.#channel = new FrameChannel(pipe, randomBytes(secretBytes), frameLimits, {
      take: (message, body) => this.#listener?.(checkedMessage(message, body)),
      wrong: (error) => this.#end(error.message),
      // Its end comes through here too: a runner that lives on has lost its pipe.
      closed: () => setTimeout(() => this.#end('the pipe is closed'), lastWordsWithin).unref(),
    });
    const ended = [pipe, stderr].map((stream) => new Promise((resolve) => stream.once('close', resolve)));
    this.exited = new Promise((resolve) => {
      const gone = (exit: RunnerExit): void => {
        this.alive = false;
        if (this.#stderr.endsWith(pipeIsGone)) this.#wrong ??= 'the pipe is closed';
        resolve({ ...exit, ...(this.#wrong === undefined ? {} : { wrong: this.#wrong }) });
      };
      this.#child.once('exit', (code, signal) => {
        const timer = setTimeout(() => gone({ code, signal }), lastWordsWithin);
        void Promise.all(ended).then(() => {
          clearTimeout(timer);
          gone({ code, signal });
        });
      });
      this.#child.once('error', () => gone({ code: null, signal: null })); // could not be started
    });
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
    if (this.alive) this.#channel.send(message);
  }

  /** Ends it and all it has started; resolves when it is gone. */
  async kill(): Promise<void> {
    if (this.alive && this.#child.pid !== undefined) await killProcessTree(this.#child.pid, this.#mark);
    await this.exited;
  }

  /** What it says cannot be believed, or not be heard. */
  #end(why: string): void {
    if (!this.alive || this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    this.#wrong ??= why;
    void this.kill();
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
