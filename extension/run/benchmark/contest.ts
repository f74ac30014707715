/** A contest: contenders that do the same thing, each in a process of its own, measured in turn. */
import { Contender, ContenderError } from './contender.ts';
import { timeOf } from './measure.ts';
import type { Batch, ContenderSpec } from './messages.ts';

/** Who takes part. `Facts` is the caller's own and comes back with the result. */
export interface Entrant<Facts> {
  facts: Facts;
  spec: ContenderSpec;
}

/** How an entrant fared. */
export interface Measurement<Facts> {
  facts: Facts;
  /** Nanoseconds an operation, round by round; empty where there is a `problem`. */
  times: number[];
  /** Bytes that an operation allocates. */
  bytesPerOp: number;
  /** Milliseconds of all batches, on the wall and of the processor. */
  wall: number;
  cpu: number;
  /** Why it has no figures: a sentence without its subject. */
  problem?: string;
  /** The stack of what its code threw. */
  thrown?: string;
}

/** How thoroughly a contest is held, and how it is watched and stopped. */
export interface ContestOptions {
  /** The script that plays a contender. */
  worker: string;
  rounds: number;
  /** Milliseconds of processor time a batch. */
  batch: number;
  /** Milliseconds after which a contender that does not answer is out; thirty seconds where left out. */
  patience?: number;
  /** Megabytes of heap that a contender may use; 512 where left out. */
  memory?: number;
  signal?: AbortSignal | undefined;
  /** Called before each step with the share of the steps that are done, 0 … 1. */
  progress?: (share: number, step: string) => void;
}

/** Contenders that get ready at the same time; while figures are taken only one ever works. */
const readiedAtOnce = 2;

/**
 * Checks all entrants, then measures those that are right: every round takes one batch from each, in an
 * order that changes from round to round.
 * @throws the signal's reason, as soon as it is aborted; every process has then been killed
 */
export async function holdContest<Facts>(
  entrants: readonly Entrant<Facts>[],
  { worker, rounds, batch, patience, memory, signal, progress }: ContestOptions,
): Promise<Measurement<Facts>[]> {
  const processes = new Set<Contender>();
  const start = (): Contender => {
    const contender = new Contender(worker, patience, memory);
    processes.add(contender);
    return contender;
  };
  const stopAll = (): void => {
    for (const contender of processes) contender.stop();
  };
  signal?.throwIfAborted();
  signal?.addEventListener('abort', stopAll);
  try {
    const runners = entrants.map((entrant) => new Runner(entrant));
    await eachOf(runners, readiedAtOnce, async (runner) => {
      signal?.throwIfAborted();
      progress?.(0, `checking ${runner.name}`);
      const checker = start();
      await runner.attempt(async () => {
        const wrong = await checker.check(runner.entrant.spec);
        if (wrong !== undefined) throw new ContenderError(`is wrong: ${wrong}`);
      });
      checker.stop();
      if (runner.measurement.problem !== undefined) return;
      signal?.throwIfAborted();
      progress?.(0, `warming up ${runner.name}`);
      await runner.attempt(() => runner.getReady(start(), batch));
    });
    for (const runner of runners) await runner.attempt(() => runner.settle(batch));
    for (let round = 0; round < rounds; round++) {
      for (let turn = 0; turn < runners.length; turn++) {
        signal?.throwIfAborted();
        const runner = runners[(turn + round) % runners.length]!;
        const share = (round * runners.length + turn) / (rounds * runners.length);
        progress?.(share, `measuring ${runner.name}, round ${round + 1} of ${rounds}`);
        await runner.attempt(() => runner.takeBatch(batch));
      }
    }
    for (const runner of runners) await runner.attempt(() => runner.countAllocation());
    signal?.throwIfAborted();
    return runners.map(({ measurement }) => measurement);
  } finally {
    signal?.removeEventListener('abort', stopAll);
    stopAll();
  }
}

/** One entrant's way through the contest. */
class Runner<Facts> {
  readonly entrant: Entrant<Facts>;
  readonly measurement: Measurement<Facts>;
  #contender: Contender | undefined;
  #operations = 0;
  #cpuTick = 0;

  constructor(entrant: Entrant<Facts>) {
    this.entrant = entrant;
    this.measurement = { facts: entrant.facts, times: [], bytesPerOp: 0, wall: 0, cpu: 0 };
  }

  get name(): string {
    const { subject } = this.entrant.spec;
    if (subject.kind === 'algorithm') return subject.algorithm;
    return subject.kind === 'peer' ? (subject.title ?? subject.package) : 'the floor';
  }

  /** Does a step unless the entrant is out already; a step that fails puts it out. */
  async attempt(step: () => Promise<void>): Promise<void> {
    if (this.measurement.problem !== undefined) return;
    try {
      await step();
    } catch (error) {
      if (!(error instanceof ContenderError)) throw error;
      this.measurement.problem = error.message;
      if (error.thrown !== undefined) this.measurement.thrown = error.thrown;
      this.measurement.times = [];
    }
  }

  async getReady(contender: Contender, batch: number): Promise<void> {
    this.#contender = contender;
    const { operations, cpuTick } = await contender.calibrate(this.entrant.spec, batch);
    this.#operations = operations;
    this.#cpuTick = cpuTick;
  }

  /** Calibration went on beside another contender's: one batch alone corrects it. */
  async settle(target: number): Promise<void> {
    await this.#perform(target);
  }

  async takeBatch(target: number): Promise<void> {
    const batch = await this.#perform(target);
    this.measurement.times.push((timeOf(batch, this.#cpuTick) * 1e6) / batch.operations);
    this.measurement.wall += batch.wall;
    this.measurement.cpu += batch.cpu;
  }

  /** Performs a batch; where it missed the target by far, the next one is longer or shorter. */
  async #perform(target: number): Promise<Batch> {
    const batch = await this.#contender!.batch(this.#operations);
    const correction = Math.min(4, target / timeOf(batch, this.#cpuTick));
    if (correction < 0.8 || correction > 1.25)
      this.#operations = Math.max(1, Math.round(this.#operations * correction));
    return batch;
  }

  async countAllocation(): Promise<void> {
    this.measurement.bytesPerOp = await this.#contender!.allocation(this.measurement.times[0] ?? 1);
  }
}

/** Does `work` for each item, on at most `atOnce` of them at the same time. */
async function eachOf<Item>(
  items: readonly Item[],
  atOnce: number,
  work: (item: Item) => Promise<void>,
): Promise<void> {
  const waiting = items.values();
  const lane = async (): Promise<void> => {
    for (const item of waiting) await work(item);
  };
  await Promise.all(Array.from({ length: atOnce }, lane));
}
