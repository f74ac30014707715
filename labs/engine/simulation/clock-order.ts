/** The policy of every ordinary run: whatever is due first happens first, until nothing is left, or time or patience is up. */
import { firstTime } from './pending.ts';
import { EndlessRunError } from './refusal.ts';
import type { Simulation } from './simulation.ts';
import type { SimulationEnd } from './simulated-run.ts';
import { readableTime } from './time.ts';
import { workloadIsDone } from './workloads.ts';

/** Limits of a run, and who is told how it goes. */
export interface ClockOrderOptions {
  /** Steps that a run may take in all. */
  readonly maxSteps?: number;
  /** Called every so often, between steps. */
  readonly onLook?: () => void;
}

/** More steps than this are a run that was not meant. Ten million requests take fifty million. */
const mostSteps = 400_000_000;
/** So many steps without the clock moving are a loop. */
const mostStepsAtOnce = 2_000_000;
/** How often, in steps, somebody looks at the real clock. */
export const stepsPerLook = 1024;

/**
 * Runs in the order of the clock to the end.
 * @throws EndlessRunError when the run does not get there
 */
export function runInClockOrder(simulation: Simulation, options: ClockOrderOptions = {}): SimulationEnd['because'] {
  const { maxSteps = mostSteps, onLook } = options;
  const { until, endWithWorkload = false } = simulation.system;
  const { world } = simulation;
  const { pending } = world;
  let lastMove = world.steps;
  let time = world.time;
  while (pending.size > 0) {
    if (firstTime(pending) > until) {
      world.time = until;
      return 'until';
    }
    simulation.apply();
    if (world.time !== time) {
      time = world.time;
      lastMove = world.steps;
    } else if (world.steps - lastMove > mostStepsAtOnce) {
      throw new EndlessRunError(
        `${mostStepsAtOnce} events happened at ${readableTime(time)} without time going on: ` +
          'give the messages or timers of that loop a latency or a delay',
      );
    }
    if (world.steps % stepsPerLook === 0) {
      onLook?.();
      if (world.steps >= maxSteps) {
        throw new EndlessRunError(
          `the run did not end within ${maxSteps} steps: shorten 'until', or ask for less work`,
        );
      }
    }
    if (endWithWorkload && workloadIsDone(simulation)) return 'workload';
  }
  return 'drained';
}
