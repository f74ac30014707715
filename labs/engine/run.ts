/** One run, from a request to a report: the only way in, for the worker, the CLI and the tests alike. */
import { contextOffers, type Offers } from './guard.ts';
import { answeredFirst } from './lab/answer.ts';
import { requireFiniteFigures } from './lab/finite-figures.ts';
import { heldToContract } from './lab/held-to-contract.ts';
import { ignoredIn } from './lab/ignored.ts';
import { byId } from './lab/formerly.ts';
import type { Algorithm, Lab, Scenario } from './lab/lab.ts';
import { ParameterError, resolveParameters, type ParameterValue } from './lab/parameter.ts';
import type { Check, Expectation, Intervention, Outcome, RunReport } from './lab/report.ts';
import { contractOf, fits, inWorld, natureOf, worldOf } from './lab/worlds.ts';
import { executePure } from './pure/execute-pure.ts';
import { randomSource } from './random/random.ts';
import { RequestError, type RunLimits, type RunObserver, type RunRequest } from './run-request.ts';
import { executeSimulated, momentOfSimulated } from './simulation/execute-simulated.ts';
import type { Moment } from './simulation/replay.ts';
import { TraceRecorder } from './trace/recorder.ts';

/** Milliseconds between two hand-overs of an unfilled batch: one frame. */
const flushEvery = 16;

export { ForecastError } from './forecast.ts';
export { RequestError } from './run-request.ts';
export type { RunLimits, RunObserver, RunRequest } from './run-request.ts';

/**
 * Executes a run to its end.
 * @throws RequestError, ParameterError for a request that makes no sense
 * @throws ContractError, RefusedError when the algorithm is not what its interface says, or uses what no run may use
 * @throws ForecastError when it would not finish by `limits.deadline`
 * @throws RefusedError when a figure of the outcome is not finite, and whatever the lab's code throws
 */
export function executeRun(lab: Lab, request: RunRequest, limits: RunLimits, observer: RunObserver = {}): RunReport {
  const { algorithm, scenario, nature, setup, interventions } = understand(lab, request);
  observer.begins?.(nature);
  const parameters = setup.parameters as Record<string, ParameterValue>;
  const recorder = new TraceRecorder({
    maxEvents: limits.maxEvents,
    ...(observer.sink ? { sink: observer.sink } : {}),
  });
  const watched = flushing(observer, recorder);
  let executed: { outcome: Outcome; unapplied: Intervention[] };
  try {
    executed = inWorld(lab, scenario, {
      pure: (world) => executePure(lab, world, setup, interventions, recorder, limits, watched),
      simulated: (world) => executeSimulated(lab.id, world, setup, interventions, recorder, limits, watched),
    });
  } catch (error) {
    recorder.flush(); // what happened until then is shown
    throw error;
  }
  const { outcome, unapplied } = executed;
  requireFiniteFigures(outcome);
  const trace = recorder.finish();
  const ignored = ignoredIn(lab, algorithm, scenario, request.parameters ?? {}, parameters);
  const report: RunReport = {
    lab: lab.id,
    algorithm: algorithm.id,
    scenario: scenario.id,
    seed: request.seed,
    parameters,
    trace,
    metrics: outcome.metrics,
    theory: outcome.theory,
    ...(outcome.histograms ? { histograms: outcome.histograms } : {}),
    checks: judge(outcome, algorithm, scenario),
    result: outcome.result,
    takeaways: outcome.takeaways,
    unapplied,
    ...(ignored.length === 0 ? {} : { ignored }),
  };
  const interfered = (request.interventions ?? []).length > 0;
  return interfered ? report : { ...report, takeaways: answeredFirst(lab, scenario, report) };
}

/**
 * Everything about one event of a run: handler, line, and the state of all nodes before and after. Runs it again so far.
 * @param onLook called every so often; what it throws ends the work
 * @throws RequestError for a run of a lab that is no simulation; otherwise as `executeRun`; RangeError for no such event
 */
export function momentOfRun(lab: Lab, request: RunRequest, event: number, onLook: () => void): Moment {
  const { scenario, setup, interventions } = understand(lab, request);
  return inWorld(lab, scenario, {
    pure() {
      throw new RequestError(`${lab.id} simulates no nodes: its events have no state to look at`);
    },
    simulated: (world) => momentOfSimulated(lab.id, world, setup, interventions, event, onLook),
  });
}

/**
 * What the lab's theory says of runs that differ in their parameters, without running any.
 * @param variants parameters that go over those of the request
 * @returns one list for each variant, empty where the lab has no theory or the values are refused
 * @throws RequestError for an unknown algorithm or scenario
 */
export function expectationsOf(
  lab: Lab,
  request: RunRequest,
  variants: readonly NonNullable<RunRequest['parameters']>[],
): Expectation[][] {
  understand(lab, { ...request, parameters: {} });
  return variants.map((parameters) => {
    try {
      const { setup } = understand(lab, { ...request, parameters: { ...request.parameters, ...parameters } });
      return lab.expectations?.(setup.parameters, setup.algorithmId) ?? [];
    } catch (error) {
      if (error instanceof ParameterError) return [];
      throw error;
    }
  });
}

/** What a request means to a lab. @throws RequestError, ParameterError */
function understand(lab: Lab, request: RunRequest) {
  const algorithm = byId(lab.algorithms, request.algorithm);
  if (!algorithm) throw unknown('algorithm', request.algorithm, lab);
  const scenarioId = request.scenario ?? lab.defaultScenario;
  const scenario = byId(lab.scenarios, scenarioId);
  if (!scenario) throw unknown('scenario', scenarioId, lab);
  if (!fits(lab, algorithm, scenario)) {
    const fitting = lab.algorithms.filter((one) => fits(lab, one, scenario)).map(({ id }) => id);
    throw new RequestError(
      `${algorithm.id} is not what scenario '${scenario.id}' of ${lab.id} runs: use ${fitting.join(', ')}`,
    );
  }
  const parameters = resolveParameters(lab.parameters, { ...scenario.parameters, ...request.parameters });
  const random = randomSource(request.seed);
  return {
    algorithm,
    scenario,
    nature: natureOf(worldOf(lab, scenario)),
    setup: {
      parameters,
      algorithm: heldToContract(algorithm.implementation, contractOf(lab, scenario), offersOf(lab, scenario)),
      algorithmId: algorithm.id,
      scenarioId: scenario.id,
      random,
    },
    interventions: [...(scenario.interventions ?? []), ...(request.interventions ?? [])],
  };
}

/** What an algorithm is given in a scenario in place of luck and clocks. */
function offersOf(lab: Lab, scenario: Scenario): Offers {
  const ofWorld = inWorld(lab, scenario, { pure: () => handedIn, simulated: () => contextOffers });
  const contract = contractOf(lab, scenario);
  return typeof contract === 'string' ? ofWorld : { ...ofWorld, ...contract.offers };
}

/** Of a pure lab whose interface says nothing else. */
const handedIn: Offers = {
  luck: 'decide by what is handed in, and nothing else',
  clock: 'no time passes in a lab of operations: decide by what is handed in',
  timers: 'do it at once, or when you are called next',
};

/** A run of few events fills no batch for a long time: what is new is handed on once a frame all the same. */
function flushing(observer: RunObserver, recorder: TraceRecorder): RunObserver {
  let last = performance.now();
  return {
    progress(share, events) {
      const now = performance.now();
      if (now - last >= flushEvery) {
        last = now;
        recorder.flush();
      }
      observer.progress?.(share, events);
    },
    recorded: (run) => observer.recorded?.(run),
  };
}

/**
 * Sets each verdict beside the expected one: the scenario's word goes over the algorithm's, `held` is the default.
 * A check that an algorithm does not promise to keep may hold all the same, where a run gives it no occasion to break
 * (no server left). Of a broken variant, and of a scenario that is there to show it, the break itself is expected; that
 * it does not show is worth saying and no failure: somebody may have mended it, or looked in another place.
 */
function judge(outcome: Outcome, algorithm: Algorithm<unknown>, scenario: Scenario): Check[] {
  return outcome.checks.map((check) => {
    const byAlgorithm = algorithm.broken || check.verdict !== 'held' ? algorithm.expects?.[check.name] : 'held';
    const expected = scenario.expects?.[check.name] ?? byAlgorithm ?? 'held';
    return { ...check, expected, ok: check.verdict === expected || expected === 'broken' };
  });
}

function unknown(what: 'algorithm' | 'scenario', id: string, lab: Lab): RequestError {
  const known = (what === 'algorithm' ? lab.algorithms : lab.scenarios).map((one) => one.id);
  return new RequestError(`${lab.id} has no ${what} '${id}': use ${known.join(', ')}`);
}
