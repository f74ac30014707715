/** Reads and writes run files in a thread each, with a memory limit and a deadline; one after the other. */
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { largestFile, RecordError } from '../../../labs/engine/record/record-file.ts';
import type { RunRecord } from '../../../labs/engine/record/run-record.ts';
import type { RecordAnswer, RecordTask } from './record-messages.ts';

export interface RecordFileLimits {
  /** Megabytes of objects, beside the buffers, whose sizes the format limits. */
  memory: number;
  /** Milliseconds. */
  deadline: number;
}

/** Many times what the largest run takes, on a slow machine too. */
const usualLimits: RecordFileLimits = { memory: 512, deadline: 60_000 };

export class RecordFiles {
  readonly #worker: string;
  readonly #limits: RecordFileLimits;
  #turn: Promise<unknown> = Promise.resolve();

  /** @param worker file of the thread: `record-worker.mjs` among the built files */
  constructor(worker: string, limits: RecordFileLimits = usualLimits) {
    this.#worker = worker;
    this.#limits = limits;
  }

  /** As the extension has them. @param dist folder of the built files */
  static of(dist: string): RecordFiles {
    return new RecordFiles(path.join(dist, 'record-worker.mjs'));
  }

  /**
   * The record in a file's bytes.
   * @throws RecordError that says in words why there is nothing to show
   */
  async read(bytes: Uint8Array): Promise<RunRecord> {
    requireReadableSize(bytes.length);
    const answer = await this.#ask({ read: bytes }, 'read');
    return (answer as Extract<RecordAnswer, { record: unknown }>).record;
  }

  /**
   * The bytes of a record's file.
   * @throws RecordError when it could not be read again
   */
  async write(record: RunRecord): Promise<Uint8Array> {
    const answer = await this.#ask({ write: record }, 'written');
    return (answer as Extract<RecordAnswer, { bytes: unknown }>).bytes;
  }

  #ask(task: RecordTask, done: 'read' | 'written'): Promise<RecordAnswer> {
    const mine = this.#turn.then(async () => {
      const answer = await this.#perform(task, done);
      if ('refusal' in answer) throw new RecordError(answer.refusal);
      return answer;
    });
    this.#turn = mine.catch(() => undefined);
    return mine;
  }

  async #perform(task: RecordTask, done: 'read' | 'written'): Promise<RecordAnswer> {
    const { memory, deadline } = this.#limits;
    const worker = new Worker(this.#worker, {
      workerData: task,
      resourceLimits: { maxOldGenerationSizeMb: memory },
    });
    let late: NodeJS.Timeout | undefined;
    try {
      return await new Promise<RecordAnswer>((resolve, reject) => {
        const refuse = (why: string): void => reject(new RecordError(`this run cannot be ${done}: ${why}`));
        worker.once('message', resolve);
        worker.once('error', (error: NodeJS.ErrnoException) =>
          refuse(
            error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? `it takes more than ${memory} MB of memory` : error.message,
          ),
        );
        worker.once('exit', () => refuse('the thread that did so has ended'));
        late = setTimeout(() => refuse(`it takes longer than ${deadline / 1000} s`), deadline);
      });
    } finally {
      clearTimeout(late);
      void worker.terminate();
    }
  }
}

/** @throws RecordError when it is larger than a run file may be */
export function requireReadableSize(bytes: number): void {
  if (bytes <= largestFile) return;
  const [size, most] = [bytes, largestFile].map((given) => `${Math.ceil(given / 2 ** 20)} MB`);
  throw new RecordError(`this file takes ${size}, and a run takes ${most} at most`);
}
