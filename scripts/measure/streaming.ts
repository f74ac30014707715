/** How fast events get from a run's thread to the runner and on into the host's store, and what that costs the host. */
import path from 'node:path';
import { MessageChannel, Worker } from 'node:worker_threads';
import {
  batchesInFlight,
  Shared,
  type FromWorker,
  type Job,
  type WorkerStart,
} from '../../extension/run/runner/messages.ts';
import { threadTime } from '../../extension/run/runner/thread-time.ts';
import { executeRun } from '../../labs/engine/run.ts';
import { figure, type Figure } from './figure.ts';
import lab from './labs/burden/lab.ts';
import type { Measurement } from './measurement.ts';
import { burden, onService } from './service.ts';

/** As many as the extension keeps of a run. */
const events = 2_000_000;
/** A rate that nothing has to strain for. */
const moderate = 1_000_000; // events/s
/** One frame of the screen. */
const tick = 16; // ms

interface Stream {
  /** Events a second. */
  rate: number;
  /** Milliseconds of the host's main thread in a tick. */
  hostPerTick: number;
  hostPerMillion: number;
}

export const streaming: Measurement = {
  name: 'streaming',
  title: 'Streaming: a run writes events, recorded and hashed, worker → runner → host',
  repetitions: 10,
  browser: false,
  async run({ dist }, repetitions): Promise<Figure[]> {
    const recorded: number[] = [];
    const toRunner: number[] = [];
    const full: Stream[] = [];
    const paced: Stream[] = [];
    for (let i = 0; i < repetitions; i++) {
      recorded.push(record());
      toRunner.push(await streamToRunner(dist));
      full.push(await streamToHost(dist, 0));
      paced.push(await streamToHost(dist, moderate));
    }
    return [
      figure('events recorded and hashed alone', 'events/s', recorded, {
        note: 'the same run without a thread, a process and a store: what streaming cannot be faster than',
      }),
      figure('events worker → runner', 'events/s', toRunner, { goal: { atLeast: 10e6 } }),
      figure(
        'events worker → runner → host',
        'events/s',
        full.map(({ rate }) => rate),
        { note: 'through the pipe between two processes, into the store' },
      ),
      figure(
        'host CPU per million events',
        'ms',
        full.map(({ hostPerMillion }) => hostPerMillion),
        { note: 'main thread, at full rate, without what a panel asks for' },
      ),
      figure(
        'host CPU per 16 ms tick, at full rate',
        'ms',
        full.map(({ hostPerTick }) => hostPerTick),
      ),
      figure(
        'host CPU per 16 ms tick, at a million events a second',
        'ms',
        paced.map(({ hostPerTick }) => hostPerTick),
        { goal: { atMost: 1 } },
      ),
    ];
  },
};

/** One run in a worker thread of this process, which does with its batches what a runner does, but for handing them on: events a second. */
async function streamToRunner(dist: string): Promise<number> {
  const { lab: id, source, ...request } = burden({ events });
  return onService(dist, async (service) => {
    const { code } = await service.prepare(id, source);
    const shared = new Int32Array(new SharedArrayBuffer(4 * Shared.slots));
    shared[Shared.credits] = batchesInFlight;
    const { port1, port2 } = new MessageChannel();
    const limits = { memory: 2048, maxEvents: events };
    const task = { kind: 'run', request: { lab: id, ...request }, declare: false } as const;
    const job: Job = { task, lab: id, code, limits };
    const workerData: WorkerStart = { shared, port: port2 };
    const worker = new Worker(path.join(dist, 'run-worker.mjs'), { workerData, transferList: [port2] });
    const { promise, resolve, reject } = Promise.withResolvers<number>();
    port1.postMessage(job);
    let began: { time: number; events: number } | undefined;
    let arrived = 0;
    worker.once('error', reject);
    port1.on('message', (message: FromWorker) => {
      if (message.type === 'failure') reject(new Error(message.failure.message));
      if (message.type === 'report') resolve(((arrived - began!.events) / (performance.now() - began!.time)) * 1000);
      if (message.type !== 'batch') return;
      arrived += message.rows;
      began ??= { time: performance.now(), events: arrived };
      Atomics.add(shared, Shared.credits, 1);
      Atomics.notify(shared, Shared.credits);
    });
    try {
      return await promise;
    } finally {
      port1.close();
      await worker.terminate();
    }
  });
}

/** One run, from the first events that the host has to its end. @param pace events a second that the run writes, 0 for as many as it can */
async function streamToHost(dist: string, pace: number): Promise<Stream> {
  return onService(dist, async (service) => {
    const run = service.start(burden({ events, pace }));
    let began: { time: number; events: number; cpu: number } | undefined;
    run.onDidChange(() => {
      if (run.trace.length === 0) return;
      began ??= { time: performance.now(), events: run.trace.length, cpu: threadTime() };
    });
    await run.finished;
    const cpu = threadTime();
    if (!run.report || !began) throw new Error(`the run did not come to its end: ${run.failure?.message}`);
    const wall = performance.now() - began.time; // ms
    const streamed = run.trace.length - began.events;
    const host = cpu - began.cpu; // ms
    return {
      rate: (streamed / wall) * 1000,
      hostPerTick: (host / wall) * tick,
      hostPerMillion: (host / streamed) * 1e6,
    };
  });
}

/** The run in this process, its events thrown away: events a second. */
function record(): number {
  const before = performance.now();
  const request = { lab: 'burden', algorithm: 'load', seed: 1, parameters: { events } };
  const { trace } = executeRun(lab, request, { maxEvents: events }, { sink: { batch: () => {} } });
  return (trace.events / (performance.now() - before)) * 1000;
}
