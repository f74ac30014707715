/**
 * The part of a lab that is plain data: what the host, the CLI and the panels know of it without
 * executing a line of it. The build writes it for the bundled labs; for an edited lab the runner says it.
 */
import type {
  Action,
  Chapter,
  CheckDeclaration,
  Lab,
  Level,
  Metric,
  Scenario,
  SweepSuggestion,
  ViewId,
} from './lab.ts';
import { interfaceOf } from './contract.ts';
import { requireSound, type LabDiagram } from './diagram.ts';
import type { Exercise } from './exercise.ts';
import type { Parameter } from './parameter.ts';
import type { Verdict } from './report.ts';

/** A parameter without its validator function. */
export type ParameterEntry = { name: string } & (
  Exclude<Parameter, { type: 'text' }> | Omit<Extract<Parameter, { type: 'text' }>, 'validate'>
);

/** A scenario without the function that answers its question. */
export type ScenarioEntry = Omit<Scenario, 'answer'>;

export interface AlgorithmEntry {
  id: string;
  title: string;
  summary: string;
  /** The exported name that implements it. */
  export: string;
  /** The file that exports it, relative to the lab's folder; '' where static discovery did not find it. */
  file: string;
  expects: Readonly<Record<string, Verdict>>;
  broken?: { bug: string; check: string; seed: number; scenario?: string };
}

/** A lab as data. */
export interface LabEntry {
  id: string;
  kind: Lab['kind'];
  title: string;
  chapter: Chapter;
  level: Level;
  summary: string;
  concepts: readonly string[];
  /** Name of the TypeScript interface that its algorithms implement: what static discovery looks for. */
  contract: string;
  parameters: ParameterEntry[];
  algorithms: AlgorithmEntry[];
  scenarios: readonly ScenarioEntry[];
  defaultScenario: string;
  metrics: Readonly<Record<string, Metric>>;
  checks: Readonly<Record<string, CheckDeclaration>>;
  views: readonly ViewId[];
  actions: readonly Action[];
  sweeps: readonly SweepSuggestion[];
  /** A parameter in milliseconds: timelines mark the stretch of that length in which most was let through. */
  busiestWithin?: string;
  diagrams: readonly LabDiagram[];
  exercises: readonly Exercise[];
  /** Whether there is a plan to measure its algorithms by. The build says so; a declaration knows nothing of it. */
  benchmarked?: boolean;
}

/**
 * A lab's declaration as plain data.
 * @param fileOf which file of the lab's folder exports a name, as `discovery.ts` finds it
 * @throws TypeError when an algorithm's implementation is not a named class or function, an id stands
 *   twice, or a scenario names an algorithm that is not there, or something a parameter
 */
export function describeLab(lab: Lab, fileOf: (exported: string) => string | undefined = () => ''): LabEntry {
  requireUnique(lab.id, 'algorithm', lab.algorithms);
  requireUnique(lab.id, 'scenario', lab.scenarios);
  requireUnique(lab.id, 'diagram', lab.diagrams ?? []);
  requireUnique(lab.id, 'exercise', lab.exercises ?? []);
  for (const diagram of lab.diagrams ?? []) requireSound(lab.id, diagram);
  const algorithms = lab.algorithms.map((algorithm): AlgorithmEntry => {
    if (typeof algorithm.implementation !== 'function' || algorithm.implementation.name === '') {
      throw new TypeError(`${lab.id}: the implementation of '${algorithm.id}' must be an exported class or function`);
    }
    return {
      id: algorithm.id,
      title: algorithm.title,
      summary: algorithm.summary,
      export: algorithm.implementation.name,
      file: fileOf(algorithm.implementation.name) ?? '',
      expects: algorithm.expects ?? {},
      ...(algorithm.broken ? { broken: algorithm.broken } : {}),
    };
  });
  for (const scenario of lab.scenarios) {
    for (const id of [scenario.algorithm, scenario.beside?.algorithm]) {
      if (id !== undefined && !algorithms.some((algorithm) => algorithm.id === id)) {
        throw new TypeError(`${lab.id}: scenario '${scenario.id}' names an algorithm '${id}' that is not in the lab`);
      }
    }
  }
  requireParameters(lab);
  if (!lab.scenarios.some((scenario) => scenario.id === lab.defaultScenario)) {
    throw new TypeError(`${lab.id}: defaultScenario '${lab.defaultScenario}' is not among its scenarios`);
  }
  return {
    id: lab.id,
    kind: lab.kind,
    title: lab.title,
    chapter: lab.chapter,
    level: lab.level,
    summary: lab.summary,
    concepts: lab.concepts,
    contract: interfaceOf(lab.contract),
    parameters: Object.entries(lab.parameters).map(([name, parameter]) => {
      if (parameter.type !== 'text') return { name, ...parameter };
      const { validate: _, ...entry } = parameter;
      return { name, ...entry };
    }),
    algorithms,
    scenarios: lab.scenarios.map(({ answer: _, ...entry }) => entry),
    defaultScenario: lab.defaultScenario,
    metrics: lab.metrics,
    checks: lab.checks,
    views: lab.views,
    actions: lab.actions ?? [],
    sweeps: lab.sweeps ?? [],
    ...(lab.busiestWithin === undefined ? {} : { busiestWithin: lab.busiestWithin }),
    diagrams: lab.diagrams ?? [],
    exercises: lab.exercises ?? [],
  };
}

/** @throws TypeError when `uses` or `when` name a parameter that is not there: what they say would never be true */
function requireParameters({ id, parameters, algorithms }: Lab): void {
  const named = [
    ...algorithms.flatMap(({ uses = [] }) => uses),
    ...Object.values(parameters).flatMap(({ when = {} }) => Object.keys(when)),
  ];
  const stranger = named.find((name) => !Object.hasOwn(parameters, name));
  if (stranger !== undefined) throw new TypeError(`${id}: there is no parameter '${stranger}', which is named as used`);
}

function requireUnique(lab: string, what: string, things: readonly { id: string }[]): void {
  const seen = new Set<string>();
  for (const { id } of things) {
    if (seen.has(id)) throw new TypeError(`${lab}: two ${what}s have the id '${id}'`);
    seen.add(id);
  }
}
