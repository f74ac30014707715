/**
 * What the extension host, the runner process and the worker thread in it say to each other.
 *
 * One job at a time per runner: a run, or the question what a lab declares. Batches of a trace are
 * acknowledged; a worker that has used up its credits waits.
 */
import type { WholeLabEntry } from '../../../labs/engine/lab/catalogue.ts';
import type { ParameterValue } from '../../../labs/engine/lab/parameter.ts';
import type { Expectation, RunReport } from '../../../labs/engine/lab/report.ts';
import type { RunNature } from '../../../labs/engine/lab/worlds.ts';
import type { RunFailure } from '../../../labs/engine/protocol/failure.ts';
import type { RunMoment } from '../../../labs/engine/protocol/moment.ts';
import type { AskedEvent } from '../../../labs/engine/simulation/close-look.ts';
import type { RunRequest } from '../../../labs/engine/run.ts';

/** The code of a job, in the form that the worker loads. */
export type WorkerCode =
  /** A bundle held in memory. `url`: the file: URL it is to believe it has. */
  | { kind: 'bundle'; url: string; text: string }
  /** A bundle that a debugger must find on disk. */
  | { kind: 'file'; url: string }
  /** TypeScript files as they are: Node strips the types. */
  | {
      kind: 'sources';
      /** The file of the module that exports the lab. */
      entry: string;
      /** Texts that go over what is on disk, by real path. */
      texts: Readonly<Record<string, string>>;
      /** The file of the built engine, which `system-design-labs/engine` means. */
      engine: string;
    };

export interface Job {
  /** What is wanted of the lab. */
  task:
    /** `declare`: tell also what the lab declares. */
    | { kind: 'run'; request: RunRequest; declare: boolean }
    /**
     * Several runs, one after the other in one thread; the first that goes wrong ends the job.
     * `fresh`: each gets an instance of the code of its own, so that no run sees what another has left in a variable;
     * only a bundle can be loaded anew.
     */
    | { kind: 'runs'; requests: readonly RunRequest[]; fresh: boolean }
    | { kind: 'describe' }
    /** One event of that run, looked at closely. */
    | { kind: 'moment'; request: RunRequest; event: number }
    /** What the lab's theory says of runs that differ in these parameters; none is run. */
    | { kind: 'expect'; request: RunRequest; variants: readonly Readonly<Record<string, ParameterValue>>[] };
  /** Id that the lab must have. */
  lab: string;
  code: WorkerCode;
  limits: {
    /** Milliseconds; left out where there is none. */
    deadline?: number;
    /** Megabytes. */
    memory: number;
    maxEvents: number;
  };
  /** It has thrown something that has no stack, and is done again to show where. */
  watchThrows?: true;
}

export type ToRunner =
  /** A job may come: have a thread ready for it that may use so many megabytes. */
  | { type: 'prepare'; memory: number }
  | { type: 'start'; job: Job }
  /** So many batches have been taken in. */
  | { type: 'acknowledge'; batches: number }
  /** End the job: by its own doing if it listens, else by terminating its thread, which has so many milliseconds to say where it is. */
  | { type: 'stop'; within: number };

/** What went wrong, as the worker sees it; the host finds the place in the learner's files. */
export type WorkerFailure = Omit<RunFailure, 'location'> & {
  /** It is about the lab's declaration as a whole: its place is the top of lab.ts. */
  ofDeclaration?: true;
  /** What was thrown does not say where: it is no error, or has no stack. */
  placeless?: true;
  /** It is about this class of the learner's, which is not what its lab's interface says. */
  ofClass?: string;
};

/** A moment, with stacks where it will have lines; the host finds the places in the learner's files. */
export type WorkerMoment = Omit<RunMoment, 'location' | 'did'> & {
  callSite?: string;
  did: readonly AskedEvent[];
};

/** What a worker says; the runner passes it on as it is. */
export type FromWorker =
  /** Packed columns, in a buffer of their own. */
  | { type: 'batch'; firstEvent: number; rows: number; bytes: Uint8Array<ArrayBuffer>; strings: string[] }
  | { type: 'progress'; share: number; events: number }
  /** The request is understood, and the run is about to begin. */
  | { type: 'begins'; nature: RunNature }
  | { type: 'console'; lines: string[] }
  /** This file was loaded, named by its real path (code of kind `sources` only). */
  | { type: 'source'; file: string; text: string }
  /** What the lab that has just run declares: told of the learner's own code only. */
  | { type: 'declared'; entry: WholeLabEntry }
  /** One of several runs is over, and others follow. */
  | { type: 'ran'; report: RunReport }
  /** The only run, or the last, is over. */
  | { type: 'report'; report: RunReport }
  | { type: 'entry'; entry: WholeLabEntry }
  | { type: 'moment'; moment: WorkerMoment }
  | { type: 'expectations'; expectations: Expectation[][] }
  | { type: 'failure'; failure: WorkerFailure };

/** What a task is answered with, when all goes well. */
export const answerTo = {
  run: 'report',
  runs: 'report',
  describe: 'entry',
  moment: 'moment',
  expect: 'expectations',
} as const satisfies Record<Job['task']['kind'], FromWorker['type']>;

const lastWords: ReadonlySet<FromWorker['type']> = new Set(['report', 'entry', 'moment', 'expectations', 'failure']);

/** Whether nothing comes after it. */
export function isLastWord({ type }: FromWorker): boolean {
  return lastWords.has(type);
}

export type FromRunner =
  | FromWorker
  /** The runner is alive. @param resident its resident memory in bytes @param cpu milliseconds of processor time it has spent */
  | { type: 'beat'; resident: number; cpu: number }
  /** Where the thread stood when it was told to end, as a stack: comes before `idle`, if it comes. */
  | { type: 'where'; stack: string }
  /** The job's thread is gone; the next job may come. @param resident bytes */
  | { type: 'idle'; resident: number };

/** Slots of the memory that runner and worker share. `door`: whether the worker is looked into, or ends (`where.ts`). */
export const Shared = { credits: 0, stop: 1, door: 2, slots: 3 } as const;

/** Batches on their way between worker and host at most: 2.7 MB. */
export const batchesInFlight = 16;

/** Batches are acknowledged so many at once, for a message costs the host as much as taking a batch in. */
export const batchesAcknowledged = 4;

/** What a worker thread is started with. Its job comes through the port. */
export interface WorkerStart {
  /** `Shared` */
  shared: Int32Array<SharedArrayBuffer>;
  port: import('node:worker_threads').MessagePort;
}

/** Argument of a runner that waits for a debugger before it starts a job. */
export const waitingForDebugger = '--wait-for-debugger';

/** The last words of a runner whose pipe is gone, on stderr: it ends itself, and its host may still be there. */
export const pipeIsGone = 'The pipe to the editor is closed.';
