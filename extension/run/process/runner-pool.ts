/**
 * The runners of a service. One is kept warm; a runner has one job at a time, so that memory, crashes and
 * stopping concern one run only. Code of the learner's never shares a process with another run.
 */
import { RunnerProcess } from './runner-process.ts';

/** A runner that has grown beyond this is not used again: fragments of earlier runs would count against later ones. */
const residentReused = 400 * 1024 * 1024; // bytes
/** The next runner is started this long after a run of the learner's, so as not to take the processor from its picture. */
const respite = 500; // ms

export class RunnerPool {
  readonly #dist: string;
  readonly #memory: () => number;
  readonly #all = new Set<RunnerProcess>();
  #warm: RunnerProcess | undefined;
  #soon: NodeJS.Timeout | undefined;
  #disposed = false;

  /** @param memory how many megabytes the next job will be allowed */
  constructor(dist: string, memory: () => number) {
    this.#dist = dist;
    this.#memory = memory;
  }

  /** Process ids of the runners there are. */
  get pids(): number[] {
    return [...this.#all].flatMap(({ pid }) => pid ?? []);
  }

  /** Makes sure that a runner stands ready, with a thread in it. */
  warm(): void {
    if (!this.#disposed && !this.#warm) this.#makeReady(this.#fork(false));
  }

  /** A runner without a job. */
  take(): RunnerProcess {
    clearTimeout(this.#soon);
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
      this.#makeReady(runner);
      return;
    }
    await runner.kill();
    clearTimeout(this.#soon);
    this.#soon = setTimeout(() => this.warm(), respite).unref();
  }

  async dispose(): Promise<void> {
    this.#disposed = true;
    clearTimeout(this.#soon);
    this.#warm = undefined;
    await Promise.all([...this.#all].map((runner) => runner.kill()));
  }

  #makeReady(runner: RunnerProcess): void {
    this.#warm = runner;
    runner.send({ type: 'prepare', memory: this.#memory() });
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
