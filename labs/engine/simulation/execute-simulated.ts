/** Drives a simulated lab from its setup to its outcome. */
import { Forecast } from '../forecast.ts';
import { contextOffers, enter, leave, type Offers } from '../guard.ts';
import type { SimulatedWorld } from '../lab/worlds.ts';
import type { Intervention, Outcome } from '../lab/report.ts';
import { RequestError, type RunLimits, type RunObserver } from '../run-request.ts';
import { TraceRecorder } from '../trace/recorder.ts';
import { requireAction } from './action-arguments.ts';
import { judgeChecks } from './checks.ts';
import { ScenarioError } from './refusal.ts';
import { runRepeatably } from './repeatable.ts';
import { RecordedRun, type Moment } from './replay.ts';
import type { SimulatedRun, SimulationEnd, SimulationSetup } from './simulated-run.ts';
import type { Simulation } from './simulation.ts';

/**
 * Runs a simulated lab to its end.
 * @param lab its id, for whoever uses what no run may use
 * @throws ForecastError, RequestError, and what `beginSimulation` and handlers throw
 */
export function executeSimulated(
  lab: string,
  world: SimulatedWorld<any, unknown>,
  setup: SimulationSetup<unknown, unknown>,
  interventions: readonly Intervention[],
  recorder: TraceRecorder,
  limits: RunLimits,
  observer: RunObserver,
): { outcome: Outcome; unapplied: Intervention[] } {
  const run = begin(lab, world, setup);
  requireInterventions(interventions, new Map(run.system.nodes.map(({ name }) => [name, true])));
  const recipe = { system: run.system, seed: setup.random.seed, interventions };
  const look = watch(recorder, limits, observer);
  const { run: recorded, because } = runRepeatably(recipe, recorder, run.observer, look);
  const { simulation } = recorded;
  observer.recorded?.(recorded);
  const end = endOf(simulation, because);
  const outcome = repeatably(lab, () => run.finish(end));
  observer.progress?.(1, recorder.length);
  return {
    outcome: { ...outcome, checks: [...end.checks, ...outcome.checks] },
    unapplied: simulation.unapplied(interventions),
  };
}

/**
 * Everything about one event of a run, which is run again as far as that event.
 * @param onLook called every so often; what it throws ends the work
 * @throws RangeError when the run has no such event, and what `beginSimulation` and handlers throw
 */
export function momentOfSimulated(
  lab: string,
  world: SimulatedWorld<any, unknown>,
  setup: SimulationSetup<unknown, unknown>,
  interventions: readonly Intervention[],
  event: number,
  onLook: () => void,
): Moment {
  const run = begin(lab, world, setup);
  const recipe = { system: run.system, seed: setup.random.seed, interventions };
  const recorded = new RecordedRun(recipe, new TraceRecorder({ maxEvents: 0 }), run.observer);
  recorded.runTo(event, onLook);
  return recorded.moment(event);
}

function begin(
  lab: string,
  world: SimulatedWorld<any, unknown>,
  setup: SimulationSetup<unknown, unknown>,
): SimulatedRun {
  return repeatably(lab, () => world.begin(setup));
}

/** Before and after the run, the lab's own code must not use what differs between runs either. */
function repeatably<Result>(lab: string, act: () => Result): Result {
  const outside = enter({ who: `the run of ${lab}`, offers: labOffers, approximates: true });
  try {
    return act();
  } finally {
    leave(outside);
  }
}

const labOffers: Offers = { ...contextOffers, luck: 'draw from setup.random', clock: 'time begins at 0 in every run' };

function requireInterventions(interventions: readonly Intervention[], nodes: ReadonlyMap<string, unknown>): void {
  for (const { anchor, action, arguments: given } of interventions) {
    if (!/#\d+$/.test(anchor)) {
      throw new RequestError(`'${anchor}' is no anchor: write 'node#n' for the n-th event of a node, from 0`);
    }
    try {
      requireAction(nodes, action, given);
    } catch (error) {
      throw error instanceof ScenarioError ? new RequestError(error.message) : error;
    }
  }
}

/** What a lab sees of the end of its run. */
export function endOf(simulation: Simulation, because: SimulationEnd['because']): SimulationEnd {
  const checks = judgeChecks(simulation, because === 'drained');
  const { view, world } = simulation;
  return {
    time: world.time,
    faults: world.faults,
    nodes: view.nodes,
    state: view.state,
    isUp: view.isUp,
    safe: view.safe,
    safeLog: view.safeLog,
    because,
    checks,
    messagesSent: (node) => world.nodes[simulation.nodeIndex.get(node) ?? -1]?.counters.messages ?? 0,
  };
}

/** Tells how far the run is, and gives up early when it cannot finish in time. */
function watch(recorder: TraceRecorder, limits: RunLimits, observer: RunObserver): (simulation: Simulation) => void {
  const forecast = new Forecast(limits.deadline, limits.clock);
  return (simulation) => {
    const share = shareDone(simulation);
    observer.progress?.(share, recorder.length);
    forecast.look(share);
  };
}

/** How much of the run is done, 0 … 1: by jobs where they end it, else by the clock. Before a job is done nobody knows. */
function shareDone({ system, world }: Simulation): number {
  const byClock = Math.min(1, world.time / system.until);
  if (!system.endWithWorkload) return byClock;
  let jobs = 0;
  let departed = 0;
  for (const [i, workload] of (system.workloads ?? []).entries()) {
    jobs += workload.jobs;
    departed += world.workloads[i]!.departed;
  }
  if (jobs === 0) return byClock;
  return departed === 0 ? 0 : Math.max(byClock, departed / jobs);
}
