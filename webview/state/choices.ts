/** Choices beside runs: whether a choice is of the run on the screen, what the other half of its contrast pair is, which view it opens in. */
import type { LabEntry } from '../../labs/engine/lab/catalogue.ts';
import type { Scenario, ViewId } from '../../labs/engine/lab/lab.ts';
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

/** The views that there are. */
export const viewTitles: Readonly<Record<ViewId, string>> = {
  ring: 'Ring',
  sequence: 'Sequence',
  timeline: 'Timeline',
  cluster: 'Cluster',
  charts: 'Charts',
  state: 'State',
  log: 'Log',
  diagram: 'Diagram',
};

/**
 * The views of a lab in their order; what it names beyond those that there are is left out. The log is the text equal of every picture: each lab has it. What is drawn as
 * messages can be kept as a diagram, beside those of the lab itself.
 */
export function viewsOf(lab: LabEntry | undefined): ViewId[] {
  const views = new Set(lab?.views.filter((id) => Object.hasOwn(viewTitles, id))).add('log');
  if (views.has('sequence') || (lab?.diagrams.length ?? 0) > 0) views.add('diagram');
  return [...views];
}

/** The view to open: the wished one where it is there, the first otherwise. */
export function viewOf(views: readonly ViewId[], wished: string | undefined): ViewId {
  return views.find((view) => view === wished) ?? views[0] ?? 'log';
}
