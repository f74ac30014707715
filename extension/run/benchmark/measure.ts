/** Times operations inside a contender's process: batches, calibration, allocation. */
import type { BenchmarkOperation } from '../../../labs/engine/benchmark/benchmark.ts';
import { threadTime } from '../runner/thread-time.ts';
import type { Batch } from './messages.ts';

/** Batches that an operation is warmed up with after calibration, at the batch's full length. */
const warmUps = 2;

/** A result that nobody reads is a result that the compiler need not compute: every one ends up in here. */
let consumed: unknown = 0;

/** An operation with the loop that suits what it returns, and how far it has got through its inputs. */
export class Measured {
  readonly #operation: BenchmarkOperation;
  readonly #loop: Loop;
  #next = 1;

  /** Performs the operation once, to see what it returns. @throws whatever the operation throws */
  constructor(operation: BenchmarkOperation) {
    this.#operation = operation;
    this.#loop = loopFor(operation(0));
  }

  /** Performs the operation `operations` times in a row. @throws whatever the operation throws */
  async batch(operations: number): Promise<Batch> {
    const cpuBefore = threadTime();
    const before = performance.now();
    const running = this.#loop(this.#operation, this.#next, this.#next + operations);
    // Awaiting costs a turn of the event loop: only where there is something to wait for.
    consumed = running instanceof Promise ? await running : running;
    const wall = performance.now() - before;
    const cpu = threadTime() - cpuBefore;
    this.#next = (this.#next + operations) % 2 ** 30;
    return { operations, wall, cpu };
  }

  /**
   * How many operations take `target` milliseconds, once the code is as warm as it gets.
   * @throws whatever the operation throws
   */
  async calibrate(target: number, cpuTick: number): Promise<number> {
    let operations = 1;
    const time = async (): Promise<number> => timeOf(await this.batch(operations), cpuTick);
    let took = await time();
    while (took < target / 4) {
      operations *= took < target / 64 ? 8 : 2;
      took = await time();
    }
    for (let round = 0; round < warmUps; round++) {
      operations = Math.max(1, Math.round((operations * target) / took));
      if (operations === 1 && took > target) break; // One alone fills more than a batch: leave it at that.
      took = await time();
    }
    return Math.max(1, Math.round((operations * target) / took));
  }

  /**
   * Bytes allocated on the heap by one operation: the growth over a stretch too short for the collector to
   * step in, the median of many.
   */
  async allocation(nsPerOp: number): Promise<number> {
    // Half a millisecond of work: long beside the meter's own few hundred bytes, short beside a scavenge.
    const operations = Math.max(1, Math.min(20_000, Math.round(500_000 / nsPerOp)));
    const growths: number[] = [];
    for (let trial = 0; trial < 25; trial++) {
      const before = process.memoryUsage().heapUsed;
      const running = this.#loop(this.#operation, this.#next, this.#next + operations);
      consumed = running instanceof Promise ? await running : running;
      const growth = process.memoryUsage().heapUsed - before;
      if (growth >= 0) growths.push(growth); // A collection in between makes it negative.
    }
    growths.sort((a, b) => a - b);
    const perOperation = (growths[growths.length >> 1] ?? 0) / operations;
    return perOperation < 1 ? 0 : Math.round(perOperation);
  }
}

type Loop = (operation: BenchmarkOperation, from: number, to: number) => unknown;

/**
 * The loop for an operation that returns values like `sample`. One process measures one operation, so the
 * loop stays monomorphic and V8 inlines the operation into it.
 */
function loopFor(sample: unknown): Loop {
  if (sample instanceof Promise) return awaitEach;
  if (typeof sample === 'number') return addNumbers as Loop;
  if (typeof sample === 'boolean') return countTrue as Loop;
  if (typeof sample === 'string') return addLengths as Loop;
  return keepLast;
}

function addNumbers(operation: (index: number) => number, from: number, to: number): number {
  let sum = 0;
  for (let index = from; index < to; index++) sum += operation(index);
  return sum;
}

function countTrue(operation: (index: number) => boolean, from: number, to: number): number {
  let count = 0;
  for (let index = from; index < to; index++) if (operation(index)) count++;
  return count;
}

function addLengths(operation: (index: number) => string, from: number, to: number): number {
  let sum = 0;
  for (let index = from; index < to; index++) sum += operation(index).length;
  return sum;
}

function keepLast(operation: BenchmarkOperation, from: number, to: number): unknown {
  for (let index = from; index < to; index++) consumed = operation(index);
  return consumed;
}

async function awaitEach(operation: BenchmarkOperation, from: number, to: number): Promise<unknown> {
  for (let index = from; index < to; index++) consumed = await operation(index);
  return consumed;
}

/**
 * Milliseconds that a batch took. The clock on the wall is the finer one; the thread's processor time tells
 * when the thread was interrupted, and then it is the one that counts.
 * @param cpuTick as the function of that name gives it
 */
export function timeOf({ wall, cpu }: Batch, cpuTick: number): number {
  // A short batch may fall between two ticks and seem to have taken nothing.
  return wall - cpu > 1.5 * cpuTick ? Math.max(cpu, cpuTick / 2) : wall;
}

/** By how many milliseconds the processor-time clock may lag: its largest step, 4 on many Linux machines. */
export function cpuTick(): number {
  let largest = 0.1;
  let last = threadTime();
  const end = performance.now() + 30;
  while (performance.now() < end) {
    const now = threadTime();
    largest = Math.max(largest, now - last);
    last = now;
  }
  return largest;
}
