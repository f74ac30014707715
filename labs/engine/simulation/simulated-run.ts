/** What a simulated lab gives the engine to run, and what the engine gives it. */
import type { RandomSource } from '../random/random.ts';
import type { Outcome } from '../lab/report.ts';

/** What a simulated lab is set up with. */
export interface SimulationSetup<Values, Implementation> {
  parameters: Values;
  /** The exported class or function of the algorithm that was asked for. */
  algorithm: Implementation;
  algorithmId: string;
  random: RandomSource;
}

/** One run of a simulated lab. */
export interface SimulatedRun {
  /** Metrics, theory, checks and take-aways, after the last event. */
  finish(): Outcome;
}
