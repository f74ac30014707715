/** What a pure lab gives the engine to run, and what the engine gives it. */
import type { RandomSource } from '../random/random.ts';
import type { Outcome, Json } from '../lab/report.ts';
import type { Trace } from './trace-writer.ts';

/** One step of the workload, or one thing a learner does to the run. */
export interface Operation {
  action: string;
  arguments: Readonly<Record<string, Json>>;
  /** How much work it is beside the others, 1 where left out: lets the engine say how far a run is, and how long it will take. */
  weight?: number;
}

/** What a pure lab is set up with. */
export interface PureSetup<Values, Implementation> {
  parameters: Values;
  /** The exported class or function of the algorithm that was asked for. */
  algorithm: Implementation;
  algorithmId: string;
  /** The scenario that was asked for: what its parameters cannot say depends on it. */
  scenarioId: string;
  /** The only source of luck: the same seed gives the same run. */
  random: RandomSource;
  /** Where it writes what happened. */
  trace: Trace;
}

/** One run of a pure lab: a workload, how to do a step of it, and what it amounted to. */
export interface PureRun {
  /** The workload in order, made lazily. */
  operations: Iterable<Operation>;
  /** The sum of the weights of all operations. */
  totalWeight: number;
  /**
   * Does one operation, of the workload or of the learner, and writes what happened to the trace.
   * @throws Error when the action or its arguments make no sense at this point: the run ends, saying so
   */
  perform(operation: Operation): void;
  /** Metrics, theory, checks and take-aways, after the last operation. */
  finish(): Outcome;
}
