/** A contender's process as the harness sees it: requests with time limits, and an end that comes at once. */
import * as v from 'valibot';
import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import type { Duplex } from 'node:stream';
import { markOf, runnerEnvironment } from '../process/environment.ts';
import { killProcessTree } from '../process/kill-tree.ts';
import { FrameChannel, secretBytes } from '../runner/frames.ts';
import { cut, visible } from '../runner/visible.ts';
import type { Answer, Batch, ContenderSpec, Request } from './messages.ts';

/** A contender that is out of the race, with a sentence that says why and can be shown. */
export class ContenderError extends Error {
  override readonly name = 'ContenderError';
  /** The stack of what its code threw. */
  readonly thrown: string | undefined;

  constructor(message: string, thrown?: string) {
    super(message);
    this.thrown = thrown;
  }
}

/** Milliseconds that a check may take: known answers are few, so who needs longer will never return. */
const checkPatience = 10_000;

/** Bytes that an answer may take: a message with a stack is the longest. */
const answerLimits = { message: 1024 * 1024, body: 0 };

const figure = v.pipe(v.number(), v.finite());
const words = (most: number) =>
  v.pipe(
    v.string(),
    v.transform((text) => cut(visible(text), most)),
  );

/** Code that runs in the same process may have had a hand in it. */
const answers = v.variant('type', [
  v.object({ type: v.literal('checked'), wrong: v.exactOptional(words(4000)) }),
  v.object({ type: v.literal('calibrated'), operations: figure, cpuTick: figure }),
  v.object({ type: v.literal('batch'), operations: figure, wall: figure, cpu: figure }),
  v.object({ type: v.literal('allocation'), bytesPerOp: figure }),
  v.object({ type: v.literal('failed'), message: words(4000), stack: v.exactOptional(words(32_000)) }),
]);

export class Contender {
  readonly #process: ChildProcess;
  readonly #channel: FrameChannel;
  readonly #patience: number;
  readonly #mark: string | undefined;
  #settle: ((answer: Answer) => void) | undefined;
  #stderr = '';
  /** How the process ended, once it has. */
  #ended: string | undefined;

  /**
   * @param worker the script that plays the contender (`benchmark-worker.ts`, built or not)
   * @param patience milliseconds that one request may take
   * @param memory megabytes of heap that it may use
   */
  constructor(worker: string, patience = 30_000, memory = 512) {
    this.#patience = patience;
    const env = runnerEnvironment();
    this.#mark = markOf(env);
    this.#process = spawn(process.execPath, [`--max-old-space-size=${memory}`, worker], {
      env,
      detached: process.platform !== 'win32', // leads a group, so that what it starts can be ended with it
      stdio: ['ignore', 'ignore', 'pipe', 'overlapped'],
      windowsHide: true,
    });
    this.#process.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.#stderr = (this.#stderr + text).slice(-4000);
    });
    this.#channel = new FrameChannel(this.#process.stdio[3] as Duplex, randomBytes(secretBytes), answerLimits, {
      take: (answer) => this.#settle?.(v.parse(answers, answer)),
      wrong: () => {
        this.#end('said what nobody understands: does its code write to a file or a pipe that is not its own?');
        this.#kill();
      },
      closed: () => {}, // its exit tells how it ended
    });
    this.#process.on('error', (error) => this.#end(`could not be started: ${error.message}`));
    this.#process.on('exit', (code, signal) => this.#end(this.#describeEnd(code, signal)));
  }

  /** @returns what is wrong with its answers, or undefined @throws ContenderError */
  async check(spec: ContenderSpec): Promise<string | undefined> {
    const answer = await this.#ask({ type: 'check', spec }, Math.min(this.#patience, checkPatience));
    return answer.type === 'checked' ? answer.wrong : undefined;
  }

  /** Warms it up. @param cpu milliseconds that a batch should take @throws ContenderError */
  async calibrate(spec: ContenderSpec, cpu: number): Promise<{ operations: number; cpuTick: number }> {
    const answer = await this.#ask({ type: 'calibrate', spec, cpu });
    if (answer.type !== 'calibrated') throw unexpected(answer);
    return answer;
  }

  /** @throws ContenderError */
  async batch(operations: number): Promise<Batch> {
    const answer = await this.#ask({ type: 'batch', operations });
    if (answer.type !== 'batch') throw unexpected(answer);
    return answer;
  }

  /** Bytes that one operation allocates. @throws ContenderError */
  async allocation(nsPerOp: number): Promise<number> {
    const answer = await this.#ask({ type: 'allocation', nsPerOp });
    if (answer.type !== 'allocation') throw unexpected(answer);
    return answer.bytesPerOp;
  }

  /** Ends the process at once, whatever it is doing. */
  stop(): void {
    this.#end('was stopped');
    this.#kill();
  }

  #kill(): void {
    const { pid } = this.#process;
    if (pid !== undefined) void killProcessTree(pid, this.#mark);
  }

  #ask(request: Request, patience = this.#patience): Promise<Answer> {
    return new Promise((resolve, reject) => {
      if (this.#ended !== undefined) return reject(new ContenderError(this.#ended));
      const timer = setTimeout(() => {
        this.#end(`did not return within ${patience / 1000} s`);
        this.#kill();
      }, patience);
      this.#settle = (answer) => {
        clearTimeout(timer);
        this.#settle = undefined;
        if (answer.type === 'failed') reject(new ContenderError(answer.message, answer.stack));
        else resolve(answer);
      };
      this.#channel.send(request);
    });
  }

  #end(how: string): void {
    this.#ended ??= how;
    this.#settle?.({ type: 'failed', message: this.#ended });
  }

  #describeEnd(code: number | null, signal: NodeJS.Signals | null): string {
    if (/heap out of memory|Allocation failed/i.test(this.#stderr)) return 'used up its memory';
    return signal === null ? `ended its own process (exit code ${code})` : `its process died (${signal})`;
  }
}

function unexpected(answer: Answer): ContenderError {
  return new ContenderError(`gave an answer of the wrong kind (${answer.type})`);
}
