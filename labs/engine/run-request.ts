/** What a run is asked for, how it may be executed and whom it tells: what `run.ts` and those who execute for it share. */
import { endsAs } from './engine-error.ts';
import type { Clock } from './forecast.ts';
import type { Intervention } from './lab/report.ts';
import type { RunNature } from './lab/worlds.ts';
import type { RecordedRun } from './simulation/replay.ts';
import type { TraceSink } from './trace/recorder.ts';

/** What is to be run. Everything that decides the trace, besides the code, is in here. */
export interface RunRequest {
  lab: string;
  algorithm: string;
  /** The lab's default scenario where left out. */
  scenario?: string;
  seed: number;
  /** Over the scenario's, which go over the lab's defaults. */
  parameters?: Readonly<Record<string, unknown>>;
  /** After the scenario's own. */
  interventions?: readonly Intervention[];
}

/** How a run is executed; nothing here changes its trace. */
export interface RunLimits {
  /** Events that are kept; the rest are hashed and counted. */
  maxEvents: number;
  /** Milliseconds of `clock`; a run that foresees that it needs more stops at once with a `ForecastError`. */
  deadline?: number;
  /** What counts against the deadline: the time of the wall where left out. */
  clock?: Clock;
}

/** What the executing side is told while a run goes on. */
export interface RunObserver {
  sink?: TraceSink;
  /** The request is understood, and before anything happens this is what the run will be able to do. */
  begins?(nature: RunNature): void;
  /** @param share of the work done, 0 … 1 */
  progress?(share: number, events: number): void;
  /** A simulated run is over; whoever keeps it can look at any of its moments, and branch off. */
  recorded?(run: RecordedRun): void;
}

/** A request that no run can be made of: an unknown algorithm, a refused parameter, a bad intervention. */
export class RequestError extends Error {
  override readonly name = 'RequestError';
  readonly [endsAs] = 'request';
}
