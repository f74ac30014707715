/** One job on one runner: sees to it that it ends, whatever the code does, and says how. */
import type { WholeLabEntry } from '../../../labs/engine/lab/catalogue.ts';
import type { Expectation, RunReport } from '../../../labs/engine/lab/report.ts';
import { outOfMemory } from '../runner/failure-of.ts';
import {
  answerTo,
  batchesAcknowledged,
  type FromRunner,
  type Job,
  type WorkerFailure,
  type WorkerMoment,
} from '../runner/messages.ts';
import { visible } from '../runner/visible.ts';
import type { RunnerExit, RunnerProcess } from './runner-process.ts';

/** How long a runner may take to end a job that is over or was told to end, before it is killed. */
const patience = 400; // ms
/** Of that, how long its thread may take to say where it is. Who presses Stop waits half a second at most; a deadline may tell more. */
const answerWithin = 250; // ms
const answerAfterDeadline = 1500; // ms
/** A runner is looked after at this interval, and given up when it stays silent for so many looks. */
const lookEvery = 1000; // ms
const silentLooks = 8;

/** Waiting counts too, but for less: so many times its deadline a run may take on the clock on the wall. */
const wallDeadlines = 5;

const megabyte = 1024 * 1024;

/** How a job ended: one of the first five, and whether its runner can take another job. */
export interface JobEnd {
  report?: RunReport;
  entry?: WholeLabEntry;
  moment?: WorkerMoment;
  expectations?: Expectation[][];
  failure?: WorkerFailure;
  idle: boolean;
  /** Resident bytes of the runner, as last heard of. */
  resident: number;
}

/** What a job says on its way. */
export type Underway = Extract<
  FromRunner,
  { type: 'batch' | 'begins' | 'progress' | 'console' | 'source' | 'declared' | 'ran' }
>;

export class Execution {
  readonly #runner: RunnerProcess;
  readonly #job: Job;
  readonly #hear: (message: Underway) => void;
  readonly #timers: NodeJS.Timeout[] = [];
  readonly #settle: (end: JobEnd) => void;
  #end: Omit<JobEnd, 'idle' | 'resident'> | undefined;
  #resident = 0;
  #residentBefore = 0;
  #deadline: NodeJS.Timeout | undefined;
  /** Milliseconds of processor time that the runner has spent, as last heard of, and when the run began. */
  #cpu = 0;
  #cpuBefore: number | undefined;
  #silence = 0;
  /** Batches taken in since the runner was told of the last. */
  #unacknowledged = 0;
  /** Resolves when the job is over and its thread, or its whole runner, is gone. */
  readonly over: Promise<JobEnd>;

  /**
   * @param hear is told what the job says, in order, from its start to its end
   * @param watched whether silence counts: a runner that a debugger holds is silent
   */
  constructor(runner: RunnerProcess, job: Job, hear: (message: Underway) => void, watched = true) {
    this.#runner = runner;
    this.#job = job;
    this.#hear = hear;
    const { promise, resolve } = Promise.withResolvers<JobEnd>();
    this.over = promise;
    this.#settle = resolve;

    runner.listen((message) => this.#receive(message));
    void runner.exited.then((exit) => this.#close(false, { failure: this.#failureOfExit(exit) }));
    this.#limitTime();
    if (watched) this.#watch();
    runner.send({ type: 'start', job });
  }

  /** Ends the job with this failure: by asking, by terminating its thread, by killing its runner. */
  stop(failure: WorkerFailure): void {
    if (this.#end) return;
    this.#end = { failure };
    const within = failure.reason === 'deadline' ? answerAfterDeadline : answerWithin;
    this.#runner.send({ type: 'stop', within });
    this.#killSoon(within + patience - answerWithin);
  }

  #receive(message: FromRunner): void {
    this.#silence = 0;
    switch (message.type) {
      case 'beat':
        this.#resident = message.resident;
        this.#residentBefore ||= message.resident;
        this.#spent(message.cpu);
        break;
      case 'where':
        if (this.#end?.failure) this.#end.failure = { stack: message.stack, ...this.#end.failure };
        break;
      case 'idle':
        this.#resident = message.resident;
        this.#close(true);
        break;
      case 'report':
        this.#answer(message.type, { report: message.report });
        break;
      case 'entry':
        this.#answer(message.type, { entry: message.entry });
        break;
      case 'moment':
        this.#answer(message.type, { moment: message.moment });
        break;
      case 'expectations':
        this.#answer(message.type, { expectations: message.expectations });
        break;
      case 'failure':
        this.#end ??= { failure: message.failure };
        this.#killSoon();
        break;
      default:
        if (!this.#end) this.#pass(message);
        if (message.type === 'batch') this.#acknowledge();
        if (message.type === 'ran') this.#limitTime();
    }
  }

  /** The job's last word; only what was asked for is one. */
  #answer(type: FromRunner['type'], answer: Omit<JobEnd, 'idle' | 'resident'>): void {
    const isAsked = type === answerTo[this.#job.task.kind];
    this.#end ??= isAsked ? answer : { failure: notBelieved(`nobody asked for '${type}'`) };
    this.#killSoon();
  }

  /**
   * Every run has the whole time until its deadline: of the processor, as the forecast counts it, so that a busy machine
   * makes no difference.
   */
  #limitTime(): void {
    const { deadline } = this.#job.limits;
    if (deadline === undefined) return;
    clearTimeout(this.#deadline);
    this.#cpuBefore = undefined;
    this.#deadline = this.#after(wallDeadlines * deadline, () => this.stop(missedDeadline(deadline)));
  }

  #spent(cpu: number): void {
    const { deadline } = this.#job.limits;
    this.#cpu = cpu;
    this.#cpuBefore ??= cpu;
    if (deadline !== undefined && cpu - this.#cpuBefore > deadline) this.stop(missedDeadline(deadline));
  }

  #acknowledge(): void {
    if (++this.#unacknowledged < batchesAcknowledged) return;
    this.#runner.send({ type: 'acknowledge', batches: this.#unacknowledged });
    this.#unacknowledged = 0;
  }

  /** A message that makes no sense must not throw into the host's event loop. */
  #pass(message: Underway): void {
    try {
      this.#hear(message);
    } catch (error) {
      const { message: what, stack = '' } = error as Error;
      this.stop({ reason: 'internal', message: `what the runner said could not be taken in: ${what}`, stack });
    }
  }

  /** The job is decided; its thread should be gone in a moment, and its runner goes with it if it is not. */
  #killSoon(within = patience): void {
    this.#after(within, () => void this.#runner.kill());
  }

  #watch(): void {
    const timer = setInterval(() => {
      if (++this.#silence < silentLooks) return;
      this.#end ??= { failure: this.#hadMuch() ? outOfMemory(this.#job.limits.memory) : fellSilent };
      void this.#runner.kill();
    }, lookEvery);
    this.#timers.push(timer);
  }

  #after(delay: number, act: () => void): NodeJS.Timeout {
    const timer = setTimeout(act, Math.min(delay, 2 ** 31 - 1));
    this.#timers.push(timer);
    return timer;
  }

  #close(idle: boolean, otherwise: { failure: WorkerFailure } = { failure: fellSilent }): void {
    this.#timers.forEach((timer) => clearTimeout(timer));
    const end = this.#end ?? otherwise;
    const { failure } = end;
    // What it was doing is worth most where it did not come to an end.
    if (failure?.reason === 'deadline' && failure.stack === undefined) {
      end.failure = { ...failure, message: `${failure.message}. ${this.#insideSomething()}` };
    }
    this.#settle({ ...end, idle, resident: this.#resident });
  }

  /** What is known of where a thread is that does not say it. */
  #insideSomething(): string {
    const { task } = this.#job;
    const who = 'request' in task ? `'${task.request.algorithm}'` : 'The lab';
    return `${who} was in a call that nothing can look into (of the system, or one long calculation): no line can be named`;
  }

  /** Whether the job had taken most of its memory, with what its thread takes besides, when it was last heard of. */
  #hadMuch(): boolean {
    return this.#resident - this.#residentBefore > this.#job.limits.memory * megabyte;
  }

  /** Why a runner ended by itself: V8 aborts when it is out of memory, the system kills what uses too much. */
  #failureOfExit({ code, signal, wrong }: RunnerExit): WorkerFailure {
    if (wrong !== undefined) return notBelieved(wrong);
    const words = this.#runner.lastWords;
    const outOf = /^FATAL ERROR: .*(out of memory|heap limit|Allocation failed|allocation failure|size error)/im;
    const isAborted = signal === null ? code !== null && code >= abortedFrom : aborts.has(signal);
    if ((isAborted && outOf.test(words)) || ((isAborted || signal === 'SIGKILL') && this.#hadMuch())) {
      return outOfMemory(this.#job.limits.memory);
    }
    const how = signal === null ? `with exit code ${code}` : `by ${signal}`;
    return {
      reason: 'crash',
      message: `the runner's process was ended ${how}; the log has its last words`,
      ...(words === '' ? {} : { stack: visible(words) }),
    };
  }
}

/** How V8 ends a process that it gives up. */
const aborts: ReadonlySet<NodeJS.Signals> = new Set(['SIGABRT', 'SIGTRAP', 'SIGILL', 'SIGSEGV']);
const abortedFrom = 128;

function notBelieved(why: string): WorkerFailure {
  return {
    reason: 'crash',
    message:
      `the run was ended, for what it said to the editor was not understood (${why}): ` +
      'does its code write to a file, a pipe or a port that is not its own?',
  };
}

const fellSilent: WorkerFailure = { reason: 'crash', message: "the runner's process did not answer any more" };

function missedDeadline(deadline: number): WorkerFailure {
  return {
    reason: 'deadline',
    message:
      `the run did not end by its deadline of ${deadline / 1000} s: does a loop go on for ever? ` +
      'If it only needs longer, raise the deadline in the settings',
  };
}
