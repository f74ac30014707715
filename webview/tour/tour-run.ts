/** The runs that a tour takes place in: the scenario as it is declared, and the one that refutes a belief. */
import type { LabEntry, ScenarioEntry } from '../../labs/engine/lab/catalogue.ts';
import { byId } from '../../labs/engine/lab/formerly.ts';
import type { ContrastRun } from '../../labs/engine/lab/tour.ts';
import type { RunChoice, RunSummary } from '../../labs/engine/protocol/panel.ts';

/** Whether a run is the scenario as declared, under whatever seed: only of such a run does its tour speak. */
export function isAsDeclared(run: RunSummary, lab: LabEntry, scenario: ScenarioEntry): boolean {
  const { parent, parameters } = run;
  if (parent !== undefined || run.lab !== lab.id || run.scenario !== scenario.id) return false;
  if (run.algorithm !== (scenario.algorithm ?? lab.algorithms[0]?.id)) return false;
  return lab.parameters.every((parameter) => {
    const { name } = parameter;
    const declared = scenario.parameters?.[name] ?? parameter.default;
    return parameters[name] === undefined || parameters[name] === declared;
  });
}

/** The contrast run of a tour's run: the same scenario and seed where nothing else is said. */
export function contrastChoice(run: RunSummary, lab: LabEntry, contrast: ContrastRun): RunChoice {
  const { scenario = run.scenario } = contrast;
  const other = scenario === run.scenario ? undefined : byId(lab.scenarios, scenario);
  return {
    lab: run.lab,
    scenario,
    seed: run.seed,
    algorithm: contrast.algorithm ?? other?.algorithm ?? run.algorithm,
    parameters: { ...(other ? other.parameters : run.parameters), ...contrast.parameters },
  };
}

/** What is different in a contrast run, in words: 'Modulo', 'virtual nodes 100'. */
export function inWords({ scenario, algorithm, parameters = {} }: ContrastRun, lab: LabEntry): string {
  const parts = Object.entries(parameters).map(([name, value]) => {
    const { title = name } = lab.parameters.find((parameter) => parameter.name === name) ?? {};
    return `${title.replaceAll(/(?<=.)([A-Z])/g, ' $1').toLowerCase()} ${value}`;
  });
  if (algorithm !== undefined) parts.unshift(byId(lab.algorithms, algorithm)?.title ?? algorithm);
  if (scenario !== undefined) parts.push(`“${byId(lab.scenarios, scenario)?.title ?? scenario}”`);
  return parts.join(', ');
}
