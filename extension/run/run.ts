/** What a run is to those who start, watch and stop it: the panel, the lenses, the CLI, the tests. */
import type { LabEntry, WholeLabEntry } from '../../labs/engine/lab/catalogue.ts';
import type { RunReport } from '../../labs/engine/lab/report.ts';
import type { RunFailure } from '../../labs/engine/protocol/failure.ts';
import type { CopyName } from '../../labs/engine/protocol/panel.ts';
import type { RunRequest } from '../../labs/engine/run.ts';
import type { RunNature } from '../../labs/engine/lab/worlds.ts';
import type { TraceStore } from '../../labs/engine/trace/store.ts';

/** Whose text is run. */
export type LabSource =
  /** The lab as it ships. */
  | { kind: 'bundled' }
  /** The learner's copy. */
  | {
      kind: 'folder';
      /** Absolute path of the folder that holds `<lab>/lab.ts`. */
      root: string;
      /** By which people tell the copy from their others; left out where the folder is no copy of theirs. */
      label?: string;
      /** Algorithms of the learner's own, which the lab.ts need not name. */
      extra?: readonly OwnAlgorithm[];
    };

/** An algorithm by the place where it stands: that very class is run under its id, whatever the lab.ts calls so. */
export interface OwnAlgorithm {
  id: string;
  /** Absolute path. */
  file: string;
  /** Name of the class or function. */
  export: string;
  /** The interface that it implements, in a lab that has several. */
  contract?: string;
}

/** The code that an earlier run has recorded. */
export interface RecordedSource {
  kind: 'recorded';
  /** Id of that run. */
  run: string;
  /** The copy whose text it ran. */
  copy?: CopyName;
}

/** What is to be run, and whose text. */
export interface StartRequest extends RunRequest {
  source: LabSource;
  /** Id of the run that this one branches off. */
  parent?: string;
  /** Run on in spite of a forecast, and without a deadline. */
  withoutDeadline?: boolean;
  /** Keep none of its events: one of many runs of which the figures alone are wanted. */
  figuresOnly?: boolean;
}

/** One of many runs, when it is over: `report` or `failure`. */
export interface EndedRun {
  request: StartRequest;
  report: RunReport | undefined;
  failure: RunFailure | undefined;
}

/** A source file as it was when it ran. */
export interface SourceFile {
  /** Absolute real path, or `sdlabs:/<lab>/<file>` for a bundled one: what a `SourceLocation` names. */
  file: string;
  text: string;
  /** Hexadecimal, of the text in UTF-8. */
  sha256: string;
}

/** The code of a run: enough to run it again, whatever has become of the files. */
export interface Program {
  lab: string;
  /** Whether any of it is the learner's. */
  edited: boolean;
  /** The lab's own files, the engine's left out. */
  files: readonly SourceFile[];
  /**
   * One ES module with its source map inline, whose default export is the lab. Left out where the files run
   * as they are (no bundler on this machine).
   */
  bundle?: string;
  /** The file that is loaded first, as in `files`, where there is no bundle. */
  entry?: string;
}

/** Something to call when one has seen enough. */
export interface Subscription {
  dispose(): void;
}

export type RunState = 'running' | 'finished' | 'failed';

/** One run, from its start on. Everything but `stop` only looks. */
export interface Run {
  /** A UUID. */
  readonly id: string;
  readonly request: Omit<StartRequest, 'source'> & { source: LabSource | RecordedSource };
  /** Milliseconds since 1970. */
  readonly startedAt: number;
  /** Whether it runs another text than the bundled one. */
  readonly edited: boolean;
  /** The copy whose text it runs. */
  readonly copy: CopyName | undefined;
  /** What it can do; undefined until its code has been loaded and is about to run. */
  readonly nature: RunNature | undefined;
  /** The events so far. */
  readonly trace: TraceStore;
  /** How much of the work is done, 0 … 1. */
  readonly share: number;
  readonly state: RunState;
  /** When `finished`. */
  readonly report: RunReport | undefined;
  /** When `failed`. */
  readonly failure: RunFailure | undefined;
  /** What the code printed, line by line; capped, with a notice as the last line. */
  readonly console: readonly string[];
  /** The code; undefined until it has been read and compiled. */
  readonly program: Program | undefined;
  /** What the learner's own lab.ts declares: known once a run of their copy has gone well. */
  readonly declared: WholeLabEntry | undefined;
  /** Calls back after something changed, at most once in 16 ms, and at the end. */
  onDidChange(listener: () => void): Subscription;
  /** Resolves with this run when it is over; never rejects. */
  readonly finished: Promise<Run>;
  /** Ends it, within 500 ms, as `failed` with reason `stopped`; resolves when it is over. */
  stop(): Promise<void>;
}

/** A run whose process waits for a debugger. */
export interface DebugRun {
  run: Run;
  /** Where the debugger attaches; the run begins when it does. */
  webSocketUrl: string;
  port: number;
  /** Holds the bundle (`*.mjs`, with its source map inline): for the launch configuration's `outFiles`. */
  outDir: string;
  /** Ends the run, its process, and removes `outDir`. */
  dispose(): Promise<void>;
}

/** Thrown where there is no run to carry the failure. */
export class RunFailureError extends Error {
  override readonly name = 'RunFailureError';
  readonly failure: RunFailure;

  constructor(failure: RunFailure) {
    super(failure.message);
    this.failure = failure;
  }
}

export type { LabEntry, RunFailure, RunReport };
