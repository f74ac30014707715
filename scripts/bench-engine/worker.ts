/** One contender in a thread of its own: sharing one would let the contenders' types spoil each other's machine code. */
import { parentPort, workerData } from 'node:worker_threads';
import { threadTime } from '../../extension/run/runner/thread-time.ts';
import { groups } from './contenders.ts';

const { group, contender } = workerData as { group: string; contender: string };
const perform = groups[group]!.contenders[contender]!();
let consumed = 0;

interface Batch {
  operations: number;
  /** Milliseconds. */
  wall: number;
  /** Milliseconds of this thread's processor time. The meter is coarse: batches are long. */
  cpu: number;
}

async function batch(operations: number): Promise<Batch> {
  const before = performance.now();
  const cpuBefore = threadTime();
  consumed += await perform(operations);
  return { operations, wall: performance.now() - before, cpu: threadTime() - cpuBefore };
}

/** How many operations keep this thread, or this and another one, busy for so many milliseconds. */
async function calibrate(least: number, clock: 'cpu' | 'wall'): Promise<Batch> {
  // Enough for a whole batch of a stream, and for the meter to move.
  let tried = await batch(50_000);
  while (tried[clock] < least) {
    const factor = Math.min(8, Math.max(1.5, (1.1 * least) / Math.max(tried[clock], 0.01)));
    tried = await batch(Math.ceil(tried.operations * factor));
  }
  return tried;
}

/** What the main thread asks for: a batch of so many operations, or to find out how many make one. */
type Request = { operations: number } | { least: number; clock: 'cpu' | 'wall' };

parentPort!.on('message', async (request: Request) => {
  const answer = 'operations' in request ? batch(request.operations) : calibrate(request.least, request.clock);
  parentPort!.postMessage({ ...(await answer), consumed });
});
