/** The one way in to running a lab: for lenses, palette, tree, panel and terminal alike. */
import type { LabEntry } from '../../labs/engine/lab/catalogue.ts';
import type { RunRecord } from '../../labs/engine/record/run-record.ts';
import type { DebugRun, LabSource, Run, StartRequest } from './run.ts';

export type * from './run.ts';

export interface RunServiceOptions {
  /** The built files: runner, worker, labs, catalogue. */
  dist: string;
  /** The sources of the bundled labs and of the engine. */
  labs: string;
  /** The unsaved text of an open editor, by the file's real path. */
  readOpen?: (realPath: string) => string | undefined;
  /** Read at the start of every run. */
  limits: () => {
    /** Milliseconds. */
    deadline: number;
    /** Megabytes. */
    memory: number;
    /** Events that are kept of a run. */
    maxEvents: number;
  };
  /** For the log channel. */
  log(line: string): void;
}

export declare class RunService {
  constructor(options: RunServiceOptions);
  /** Starts a run. Never throws: whatever is wrong with the request or the code becomes the run's `failure`. */
  start(request: StartRequest): Run;
  /**
   * A lab as data. A copy's lab.ts is executed for it, in a runner.
   * @throws RunFailureError when there is no such lab, or its code does not load
   */
  describe(lab: string, source: LabSource): Promise<LabEntry>;
  /** Runs a recorded run's own code again, whatever has become of its files. */
  replay(record: RunRecord): Run;
  /**
   * Starts a run that waits for a debugger.
   * @throws RunFailureError when the code does not compile
   */
  debug(request: StartRequest): Promise<DebugRun>;
  /** Ends all runs and every process. */
  dispose(): Promise<void>;
}
