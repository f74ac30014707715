/**
 * The part of a lab that is plain data: what the host, the CLI and the panels know of it without
 * executing a line of it. The build writes it for the bundled labs; for an edited lab the runner says it.
 */
import type { Action, Chapter, CheckDeclaration, Lab, Level, Metric, Scenario, SweepSuggestion } from './lab.ts';
import { interfaceOf } from './contract.ts';
import { requireSound, type LabDiagram } from './diagram.ts';
import type { Exercise } from './exercise.ts';
import type { Known } from './formerly.ts';
import type { Parameter } from './parameter.ts';
import type { Tour } from './tour.ts';
import type { Verdict } from './report.ts';
import type { ViewId } from './views.ts';
import { contractOf, contractsOf, implementedBy, natureOf, worldOf, type RunNature, type World } from './worlds.ts';

/** A parameter without its validator function. */
export type ParameterEntry = { name: string } & (
  Exclude<Parameter, { type: 'text' }> | Omit<Extract<Parameter, { type: 'text' }>, 'validate'>
);

/** How long a tour is, and which of its steps ask something. */
export interface TourHead {
  steps: number;
  /** Ids of the steps that ask. */
  questions: readonly string[];
}

/** A scenario without the function that answers its question, and with no more of its tour than an offer says. */
export type ScenarioEntry = Omit<Scenario, 'answer' | 'tour'> & {
  tour?: TourHead;
  world: World;
  /** What a run of it can do. */
  nature: RunNature;
  /** The interface that algorithms implement which can be run in it. */
  contract: string;
};

export interface AlgorithmEntry {
  id: string;
  title: string;
  formerly?: readonly string[];
  summary: string;
  /** The interface that it implements. */
  contract: string;
  /** The exported name that implements it. */
  export: string;
  /** The file that exports it, relative to the lab's folder; '' where static discovery did not find it. */
  file: string;
  /** Names of the parameters that mean something to it; left out where all do. */
  uses?: readonly string[];
  expects: Readonly<Record<string, Verdict>>;
  broken?: { bug: string; check: string; seed: number; scenario?: string };
}

/** A lab as data. */
export interface LabEntry {
  id: string;
  title: string;
  formerly?: readonly string[];
  chapter: Chapter;
  level: Level;
  summary: string;
  concepts: readonly string[];
  /** Names of the TypeScript interfaces that its algorithms implement: what static discovery looks for. */
  contracts: readonly string[];
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

/** What lists say of a lab that is not chosen: there may be many of them. */
export interface LabHead extends Known {
  title: string;
  chapter: Chapter;
  level: Level;
}

/** A lab as data, with its tours, which are longer than all the rest: wanted when one is taken. */
export interface WholeLabEntry extends LabEntry {
  /** By the ids of their scenarios. */
  tours: Readonly<Record<string, Tour>>;
}

/** What lists say of a lab. */
export function headOf({ id, formerly, title, chapter, level }: LabEntry): LabHead {
  return { id, ...(formerly ? { formerly } : {}), title, chapter, level };
}

/** A lab as data, without its tours. */
export function withoutTours({ tours: _, ...lab }: WholeLabEntry): LabEntry {
  return lab;
}

/**
 * A lab's declaration as plain data.
 * @param fileOf which file of the lab's folder exports a name, as `discovery.ts` finds it
 * @throws TypeError when an algorithm's implementation is not a named class or function, an id stands
 *   twice, a scenario names a world or an algorithm that is not there, or something a parameter
 */
export function describeLab(lab: Lab, fileOf: (exported: string) => string | undefined = () => ''): WholeLabEntry {
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
      ...(algorithm.formerly ? { formerly: algorithm.formerly } : {}),
      summary: algorithm.summary,
      contract: implementedBy(lab, algorithm),
      export: algorithm.implementation.name,
      file: fileOf(algorithm.implementation.name) ?? '',
      ...(algorithm.uses ? { uses: algorithm.uses } : {}),
      expects: algorithm.expects ?? {},
      ...(algorithm.broken ? { broken: algorithm.broken } : {}),
    };
  });
  const scenarios = lab.scenarios.map((declared): ScenarioEntry => {
    const { answer: _, tour, ...scenario } = declared;
    const world = worldOf(lab, declared);
    return {
      ...scenario,
      ...(tour ? { tour: headOfTour(tour) } : {}),
      world,
      nature: natureOf(world),
      contract: interfaceOf(contractOf(lab, declared)),
    };
  });
  for (const scenario of scenarios) requireAlgorithms(lab.id, scenario, algorithms);
  requireParameters(lab);
  if (!lab.scenarios.some((scenario) => scenario.id === lab.defaultScenario)) {
    throw new TypeError(`${lab.id}: defaultScenario '${lab.defaultScenario}' is not among its scenarios`);
  }
  return {
    id: lab.id,
    title: lab.title,
    ...(lab.formerly ? { formerly: lab.formerly } : {}),
    chapter: lab.chapter,
    level: lab.level,
    summary: lab.summary,
    concepts: lab.concepts,
    contracts: contractsOf(lab),
    parameters: Object.entries(lab.parameters).map(([name, parameter]) => {
      if (parameter.type !== 'text') return { name, ...parameter };
      const { validate: _, ...entry } = parameter;
      return { name, ...entry };
    }),
    algorithms,
    scenarios,
    defaultScenario: lab.defaultScenario,
    metrics: lab.metrics,
    checks: lab.checks,
    views: lab.views,
    actions: lab.actions ?? [],
    sweeps: lab.sweeps ?? [],
    ...(lab.busiestWithin === undefined ? {} : { busiestWithin: lab.busiestWithin }),
    diagrams: lab.diagrams ?? [],
    exercises: lab.exercises ?? [],
    tours: Object.fromEntries(lab.scenarios.flatMap(({ id, tour }) => (tour ? [[id, tour]] : []))),
  };
}

/** What an offer says of a tour. */
export function headOfTour({ steps }: Tour): TourHead {
  return { steps: steps.length, questions: steps.filter(({ question }) => question).map(({ id }) => id) };
}

/** The algorithms that can be run in a scenario. */
export function algorithmsFor(
  entry: Pick<LabEntry, 'algorithms'>,
  scenario: ScenarioEntry | undefined,
): AlgorithmEntry[] {
  return entry.algorithms.filter(({ contract }) => contract === scenario?.contract);
}

/** @throws TypeError when a scenario names an algorithm that is not there, or nothing can be run in it */
function requireAlgorithms(lab: string, scenario: ScenarioEntry, algorithms: readonly AlgorithmEntry[]): void {
  const fitting = algorithms.filter(({ contract }) => contract === scenario.contract);
  if (fitting.length === 0) throw new TypeError(`${lab}: no algorithm can be run in scenario '${scenario.id}'`);
  for (const id of [scenario.algorithm, scenario.beside?.algorithm]) {
    if (id !== undefined && !fitting.some((algorithm) => algorithm.id === id)) {
      throw new TypeError(`${lab}: scenario '${scenario.id}' names an algorithm '${id}' that is not in the lab`);
    }
  }
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

/** @throws TypeError when an id stands twice, be it one of today's or an earlier one */
function requireUnique(
  lab: string,
  what: string,
  things: readonly { id: string; formerly?: readonly string[] }[],
): void {
  const seen = new Set<string>();
  for (const id of things.flatMap(({ id, formerly = [] }) => [id, ...formerly])) {
    if (seen.has(id)) throw new TypeError(`${lab}: two ${what}s have the id '${id}'`);
    seen.add(id);
  }
}
