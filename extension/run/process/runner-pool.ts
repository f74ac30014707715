/**
 * The runners of a service. One is kept warm; a runner has one job at a time, so that memory, crashes and
 * stopping concern one run only. Code of the learner's never shares a process with another run.
 */
import { RunnerProcess } from './runner-process.ts';

/** A runner that has grown beyond this is not used again: fragments of earlier runs would count against later ones. */
const residentReused = 400 * 1024 * 1024; // bytes

export class RunnerPool {
  readonly #dist: string;
  readonly #all = new Set<RunnerProcess>();
  #warm: RunnerProcess | undefined;
  #disposed = false;

  constructor(dist: string) {
    this.#dist = dist;
  }

  /** Process ids of the runners there are. */
  get pids(): number[] {
    return [...this.#all].flatMap(({ pid }) => pid ?? []);
  }

  /** Makes sure that a runner stands ready. */
  warm(): void {
    if (!this.#disposed) this.#warm ??= this.#fork(false);
  }

  /** A runner without a job. */
  take(): RunnerProcess {
    const warm = this.#warm;
    this.#warm = undefined;
    return warm?.alive ? warm : this.#fork(false);
  }

  /** A runner that waits for a debugger. */
  takeForDebugger(): RunnerProcess {
    return this.#fork(true);
  }

  /**
   * Takes a runner back after a job.
   * @param clean whether it ran bundled code only and is idle, so that it may serve again
   * @param resident its resident memory in bytes
   */
  async giveBack(runner: RunnerProcess, clean: boolean, resident: number): Promise<void> {
    if (clean && runner.alive && !this.#warm && !this.#disposed && resident < residentReused) {
      runner.listen(undefined);
      this.#warm = runner;
      return;
    }
    await runner.kill();
    this.warm();
  }

  async dispose(): Promise<void> {
    this.#disposed = true;
    this.#warm = undefined;
    await Promise.all([...this.#all].map((runner) => runner.kill()));
  }

  #fork(inspect: boolean): RunnerProcess {
    const runner = new RunnerProcess(this.#dist, inspect);
    this.#all.add(runner);
    void runner.exited.then(() => {
      this.#all.delete(runner);
      if (this.#warm === runner) this.#warm = undefined;
    });
    return runner;
  }
}
