/** Runs that are too long for a panel, summed up: by a thread each, one after the other, so that one copy of a trace is made at a time. */
import { once } from 'node:events';
import path from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import type { Overview } from '../../labs/engine/scene/overview.ts';
import { bufferOf } from '../../labs/engine/trace/columns.ts';
import type { TraceStore } from '../../labs/engine/trace/store.ts';
import type { OverviewAnswer, OverviewRows, OverviewTask } from './overview-messages.ts';

/** Rows that are copied at once: some 2 ms. */
const sliceRows = 65_536;

export class Overviews {
  readonly #worker: string;
  readonly #known = new WeakMap<TraceStore, Overview>();
  #turn: Promise<unknown> = Promise.resolve();

  /** @param dist folder of the built extension */
  constructor(dist: string) {
    this.#worker = path.join(dist, 'overview-worker.mjs');
  }

  /**
   * @param trace of a run that is over
   * @param timed whether its time is in nanoseconds
   * @param pixels in how many stretches
   * @throws Error where the thread fails
   */
  readonly of = (trace: TraceStore, timed: boolean, pixels: number): Promise<Overview> => {
    const mine = this.#turn.then(async () => {
      const known = this.#known.get(trace);
      if (known?.events === trace.length && known.at.length === Math.min(pixels, trace.length)) return known;
      const overview = await this.#sumUp(trace, timed, pixels);
      this.#known.set(trace, overview);
      return overview;
    });
    this.#turn = mine.catch(() => undefined);
    return mine;
  };

  async #sumUp(trace: TraceStore, timed: boolean, pixels: number): Promise<Overview> {
    const rows = trace.length;
    if (rows === 0) throw new Error('A run without events has no overview.');
    const workerData: OverviewTask = { rows, strings: trace.strings, timed, pixels };
    const worker = new Worker(this.#worker, { workerData });
    try {
      const answer = once(worker, 'message');
      answer.catch(() => undefined);
      for (let from = 0; from < rows; from += sliceRows) {
        const columns = trace.window(from, Math.min(rows, from + sliceRows));
        const part: OverviewRows = { rows: columns.length, buffer: bufferOf(columns) };
        worker.postMessage(part, [part.buffer]);
        await setImmediate();
      }
      const [overview] = (await answer) as [OverviewAnswer];
      return overview;
    } finally {
      void worker.terminate();
    }
  }
}
