/** Choices beside runs: whether a choice is of the run on the screen, what the other half of its contrast pair is. */
import type { Scenario } from '../../labs/engine/lab/lab.ts';
import type { RunChoice, RunSummary } from '../../labs/engine/protocol/panel.ts';

/** Whether running a choice would give another run than this one. */
export function isOther(choice: RunChoice, run: RunSummary): boolean {
  return (
    choice.lab !== run.lab ||
    choice.algorithm !== run.algorithm ||
    choice.scenario !== run.scenario ||
    choice.seed !== run.seed ||
    // What a run was not told it takes from its scenario, and says so when it is over.
    Object.entries(choice.parameters).some(([name, value]) => (run.parameters[name] ?? value) !== value)
  );
}

/** The other half of a run's contrast pair: the same seed, one difference. */
export function otherHalf(run: RunSummary, beside: NonNullable<Scenario['beside']>): RunChoice {
  const { lab, algorithm, scenario, seed, parameters } = run;
  return {
    lab,
    scenario,
    seed,
    algorithm: beside.algorithm ?? algorithm,
    parameters: { ...parameters, ...beside.parameters },
  };
}
