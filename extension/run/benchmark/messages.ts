/** What the harness and a contender's process say to each other: one request, one answer. */

import type { WorkerCode } from '../runner/messages.ts';

/** Who the contender is and where its code lies. Locations are URLs that `import()` takes. */
export interface ContenderSpec {
  /**
   * The lab's benchmark plan (the default export) together with the lab (`lab`): in one program, so that both use the
   * same modules. A learner's edit of a module that the plan hands to the algorithm is measured like any other.
   */
  code: WorkerCode;
  group: string;
  size: number;
  subject:
    | { kind: 'algorithm'; algorithm: string }
    | { kind: 'peer'; /** The bundled package; its default export. */ module: string; package: string; title?: string }
    | { kind: 'floor' };
}

export type Request =
  /** Loads the code and asks for its known answers. */
  | { type: 'check'; spec: ContenderSpec }
  /** Loads the code, warms it up and finds how many operations take `cpu` milliseconds. */
  | { type: 'calibrate'; spec: ContenderSpec; cpu: number }
  /** Performs `operations` of them. */
  | { type: 'batch'; operations: number }
  /** Counts the bytes an operation allocates. */
  | { type: 'allocation'; nsPerOp: number };

/** What a batch took. */
export interface Batch {
  operations: number;
  /** Milliseconds on the clock on the wall. */
  wall: number;
  /** Milliseconds of the main thread's processor time; in ticks of `cpuTick`. */
  cpu: number;
}

export type Answer =
  | { type: 'checked'; wrong?: string }
  | { type: 'calibrated'; operations: number; cpuTick: number }
  | ({ type: 'batch' } & Batch)
  | { type: 'allocation'; bytesPerOp: number }
  /** The contender's code threw, or could not be loaded. */
  | { type: 'failed'; message: string; stack?: string };
