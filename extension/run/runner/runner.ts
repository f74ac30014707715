/**
 * The runner process: gives each job a worker thread, passes on what it says, and watches its memory.
 *
 * Why a process: some programs that exhaust the memory abort all of their process in spite of a worker's
 * `resourceLimits`, and a thread inside a native call cannot be terminated. Why the watching is done here,
 * on the main thread: it stays responsive whatever the worker does, and `process.memoryUsage.rss()` is
 * exact and cheap on every platform, where asking from outside means starting `ps` or PowerShell.
 * The host, for its part, kills a runner whose beats stop coming.
 */
import { once } from 'node:events';
import { writeSync } from 'node:fs';
import { Socket } from 'node:net';
import path from 'node:path';
import { MessageChannel, Worker, type MessagePort } from 'node:worker_threads';
import { residentOfChildren } from '../process/descendants.ts';
import { markOf } from '../process/environment.ts';
import { killProcessTree } from '../process/kill-tree.ts';
import { failureOf, outOfMemory } from './failure-of.ts';
import { FrameChannel } from './frames.ts';
import {
  batchesInFlight,
  isLastWord,
  pipeIsGone,
  Shared,
  waitingForDebugger,
  type FromRunner,
  type FromWorker,
  type Job,
  type ToRunner,
  type WorkerCode,
  type WorkerFailure,
} from './messages.ts';
import type { WorkerStart } from './messages.ts';
import { waitForDebugger } from './wait-for-debugger.ts';
import { ThreadWatch } from './where.ts';

const megabyte = 1024 * 1024;
/** How often the memory is looked at: code that fills memory as fast as it can gets through about 50 MB. */
const lookEvery = 25; // ms
const looksPerBeat = 4;
/** What a thread takes besides its old space: young generation, code, stacks, the trace on its way. */
const threadOverhead = 96; // MB
/** How long a thread may take to say where it is while it still has memory, and when it has none left. */
const answerAhead = 1000; // ms
const answerAtTheEnd = 300; // ms
/** From this share of its memory on a thread is asked where it is, once: when there is none left it may not answer. */
const muchMemory = 0.5;

/** A thread that has, or waits for, a job. */
interface Thread {
  worker: Worker;
  watch: ThreadWatch;
  port: MessagePort;
  shared: Int32Array<SharedArrayBuffer>;
  /** Megabytes. */
  memory: number;
}

interface Current extends Thread {
  /** Resident bytes that end the job. */
  memoryLimit: number;
  /** Resident bytes that are a good part of that. */
  memoryMuch: number;
  code: WorkerCode;
  /** Its stack when it had that much, where it told it. */
  stackAtMuch?: string | undefined;
  wasAsked: boolean;
  /** Settles when all is said of how it was ended. */
  ending: Promise<void>;
  ended: boolean;
}

let current: Current | undefined;
/** Started ahead of its job: starting a thread takes longer than most runs do. */
let ready: Thread | undefined;
/** Settles when the last thread is gone that was made ready for nothing. */
let leftover: Promise<void> = Promise.resolve();
let looks = 0;
/** Bytes that processes have which the job has started, as last looked at. */
let ofChildren = 0;

/** Everything that was started here has it, and is ended with us. */
const mark = markOf(process.env);

/** The host is gone, or cannot hear us: so are we, and whatever the code has started. */
function endWithHost(): void {
  try {
    writeSync(process.stderr.fd, pipeIsGone);
  } catch {
    // Nobody is there to read it.
  }
  void killProcessTree(process.pid, mark);
}

/** The file descriptor of the pipe to the host. */
const pipe = 3;
/** What the host says is believed. */
const anyLength = { message: 2 ** 31, body: 0 };

const host = new FrameChannel(new Socket({ fd: pipe, readable: true, writable: true }), undefined, anyLength, {
  take: (message) => obey(message as ToRunner),
  wrong: endWithHost,
  closed: endWithHost,
});

function say(message: FromRunner): void {
  if (message.type !== 'batch') {
    host.send(message);
    return;
  }
  const { bytes, ...rest } = message;
  host.send(rest, bytes);
}

function beat(resident: number): void {
  const { user, system } = process.cpuUsage();
  say({ type: 'beat', resident, cpu: (user + system) / 1000 });
}

function startThread(memory: number): Thread {
  const shared = new Int32Array(new SharedArrayBuffer(4 * Shared.slots));
  shared[Shared.credits] = batchesInFlight;
  const { port1: port, port2 } = new MessageChannel();
  const workerData: WorkerStart = { shared, port: port2 };
  const worker = new Worker(path.join(import.meta.dirname, 'run-worker.mjs'), {
    workerData,
    transferList: [port2],
    resourceLimits: { maxOldGenerationSizeMb: memory },
  });
  const thread = { worker, watch: new ThreadWatch(worker, shared), port, shared, memory };
  // One that ends while it waits is forgotten. A job then gets a new one, and tells what is wrong with it.
  const gone = (): void => {
    if (ready === thread) ready = undefined;
  };
  worker.once('exit', gone).once('error', gone);
  return thread;
}

/** The thread that is ready, if it may use just so many megabytes, or a new one. */
function takeThread(memory: number): Thread {
  const thread = ready;
  ready = undefined;
  if (thread?.memory === memory) return thread;
  // Looks reach all threads of the process: none must be on its way out then.
  leftover = thread?.watch.end() ?? leftover;
  return startThread(memory);
}

function start(job: Job): void {
  const thread = takeThread(job.limits.memory);
  const { worker, port } = thread;
  const resident = process.memoryUsage.rss();
  beat(resident);
  const memoryLimit = resident + (thread.memory + threadOverhead) * megabyte;
  const memoryMuch = resident + muchMemory * thread.memory * megabyte;
  const mine: Current = {
    ...thread,
    memoryLimit,
    memoryMuch,
    code: job.code,
    wasAsked: false,
    ending: Promise.resolve(),
    ended: false,
  };
  current = mine;
  port.postMessage(job);

  let ended: Promise<void> = Promise.resolve();
  const end = (message: FromWorker): void => {
    if (mine.ended) return;
    mine.ended = true;
    say(message);
    ended = mine.watch.end();
  };
  port.on('message', (message: FromWorker) => {
    try {
      if (isLastWord(message)) end(message);
      else if (!mine.ended) say(message);
    } catch (error) {
      mine.ended = true;
      const message = `what the run said could not be handed on: ${(error as Error).message}`;
      say({ type: 'failure', failure: { reason: 'internal', message } });
      ended = mine.watch.end();
    }
  });
  worker.on('error', (error: Error & { code?: string }) => {
    const memory = error.code === 'ERR_WORKER_OUT_OF_MEMORY';
    const failure = memory ? withStack(outOfMemory(mine.memory), mine.stackAtMuch) : failureOf(error, mine.memory);
    end({ type: 'failure', failure });
  });
  // What it said last may still be on its way when the thread is gone: its port closes after that.
  void Promise.all([once(worker, 'exit'), once(port, 'close')]).then(async ([[code]]) => {
    end({ type: 'failure', failure: { reason: 'exit', message: `the code ended its thread with exit code ${code}` } });
    await Promise.all([mine.ending, ended]);
    current = undefined;
    say({ type: 'idle', resident: process.memoryUsage.rss() });
  });
}

function withStack(failure: WorkerFailure, stack: string | undefined): WorkerFailure {
  return stack === undefined ? failure : { ...failure, stack };
}

/** The stack of a thread; undefined where it does not say, or a debugger has it. */
async function stackOf({ watch, code }: Current, within: number): Promise<string | undefined> {
  if (process.argv.includes(waitingForDebugger)) return undefined;
  await leftover;
  return watch.where(code, within);
}

async function stop(stopped: Current, within: number): Promise<void> {
  Atomics.store(stopped.shared, Shared.stop, 1);
  giveCredit(stopped.shared, 1); // wakes it where it waits
  // A thread that notices ends by itself, and nobody answers then.
  const stack = await stackOf(stopped, within);
  if (stack !== undefined) say({ type: 'where', stack });
  await stopped.watch.end();
}

async function endForMemory(ended: Current): Promise<void> {
  ended.ended = true;
  const stack = ended.stackAtMuch ?? (await stackOf(ended, answerAtTheEnd));
  say({ type: 'failure', failure: withStack(outOfMemory(ended.memory), stack) });
  await ended.watch.end();
}

/** Asked ahead: a thread that has no memory left may not answer any more. */
async function askAtMuch(growing: Current): Promise<void> {
  growing.wasAsked = true;
  growing.stackAtMuch = await stackOf(growing, answerAhead);
}

function giveCredit(shared: Int32Array<SharedArrayBuffer>, batches: number): void {
  Atomics.add(shared, Shared.credits, batches);
  Atomics.notify(shared, Shared.credits);
}

setInterval(() => {
  if (!current) return;
  const own = process.memoryUsage.rss();
  if (looks++ % looksPerBeat === 0) {
    ofChildren = residentOfChildren(process.pid);
    beat(own);
  }
  const resident = own + ofChildren;
  if (current.ended) return;
  if (resident > current.memoryMuch && !current.wasAsked) void askAtMuch(current);
  if (resident > current.memoryLimit) current.ending = endForMemory(current);
}, lookEvery).unref();

function obey(message: ToRunner): void {
  if (message.type === 'start') start(message.job);
  else if (message.type === 'prepare') ready ??= startThread(message.memory);
  else if (current && message.type === 'stop') current.ending = stop(current, message.within);
  else if (current && message.type === 'acknowledge') giveCredit(current.shared, message.batches);
}

// Last: what the host says meanwhile is heard afterwards.
if (process.argv.includes(waitingForDebugger)) waitForDebugger();
