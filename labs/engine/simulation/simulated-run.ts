/** What a simulated lab gives the engine to run, and what the engine gives it. */
import type { RandomSource } from '../random/random.ts';
import type { Outcome } from '../lab/report.ts';
import type { SimulationObserver } from './observer.ts';
import type { System, WorldView } from './system.ts';
import type { Nanoseconds } from './time.ts';

/** What a simulated lab is set up with. */
export interface SimulationSetup<Values, Implementation> {
  parameters: Values;
  /** The exported class or function of the algorithm that was asked for. */
  algorithm: Implementation;
  algorithmId: string;
  /** The scenario that was asked for: what its parameters cannot say (a schedule of faults) depends on it. */
  scenarioId: string;
  random: RandomSource;
}

/** One run of a simulated lab: what is simulated, who watches, and what it amounted to. */
export interface SimulatedRun {
  readonly system: System;
  /** Measures jobs as they come and go. */
  readonly observer?: SimulationObserver;
  /** Metrics, theory and take-aways, after the last event. `checks` of the outcome are added to those of the system. */
  finish(end: SimulationEnd): Outcome;
}

/** How a simulation ended. */
export interface SimulationEnd extends WorldView {
  /** drained: nothing was left that could happen. workload: every job has departed. until: time was up. */
  readonly because: 'drained' | 'workload' | 'until';
  /** The system's checks, judged. */
  readonly checks: Outcome['checks'];
  /** Messages that a node has sent. */
  messagesSent(node: string): number;
  readonly time: Nanoseconds;
}
