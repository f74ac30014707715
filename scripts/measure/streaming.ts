/** How fast events get from a run's thread into the host's store, and what that costs the host. */
import { executeRun } from '../../labs/engine/run.ts';
import { figure, type Figure } from './figure.ts';
import lab from './labs/burden/lab.ts';
import type { Measurement } from './measurement.ts';
import { burden, onService } from './service.ts';

/** As many as the extension keeps of a run. */
const events = 2_000_000;
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
  title: 'Streaming: a run writes events as fast as they are recorded and hashed, worker → runner → host',
  repetitions: 10,
  browser: false,
  async run({ dist }, repetitions): Promise<Figure[]> {
    const streams: Stream[] = [];
    const recorded: number[] = [];
    for (let i = 0; i < repetitions; i++) {
      streams.push(await stream(dist));
      recorded.push(record());
    }
    return [
      figure(
        'events into the host',
        'events/s',
        streams.map(({ rate }) => rate),
        { goal: { atLeast: 10e6 } },
      ),
      figure('events recorded and hashed alone', 'events/s', recorded, {
        note: 'the same run without a thread, a process and a store: what streaming cannot be faster than',
      }),
      figure(
        'host CPU per 16 ms tick',
        'ms',
        streams.map(({ hostPerTick }) => hostPerTick),
        {
          goal: { atMost: 1 },
          note: 'main thread, at the rate above, without what a panel asks for',
        },
      ),
      figure(
        'host CPU per million events',
        'ms',
        streams.map(({ hostPerMillion }) => hostPerMillion),
      ),
    ];
  },
};

/** One run, from the first events that the host has to its end. */
async function stream(dist: string): Promise<Stream> {
  return onService(dist, async (service) => {
    const run = service.start(burden({ events }));
    let began: { time: number; events: number; cpu: NodeJS.CpuUsage } | undefined;
    run.onDidChange(() => {
      if (run.trace.length === 0) return;
      began ??= { time: performance.now(), events: run.trace.length, cpu: process.threadCpuUsage() };
    });
    await run.finished;
    const cpu = process.threadCpuUsage(began?.cpu);
    if (!run.report || !began) throw new Error(`the run did not come to its end: ${run.failure?.message}`);
    const wall = performance.now() - began.time; // ms
    const streamed = run.trace.length - began.events;
    const host = (cpu.user + cpu.system) / 1000; // ms
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
