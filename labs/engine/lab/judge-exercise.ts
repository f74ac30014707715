/** Whether an exercise is solved, from the reports of its runs. */
import type { Exercise, ExerciseCondition, ExerciseRun } from './exercise.ts';
import type { ParameterValue } from './parameter.ts';
import type { Intervention, RunReport } from './report.ts';
import { figure } from './tour-text.ts';

/** One run that has to be made before an exercise can be judged. */
export interface AskedRun {
  scenario: string;
  seed: number;
  parameters: Readonly<Record<string, ParameterValue>>;
  interventions: readonly Intervention[];
  /** The algorithm of the lab that the learner's is measured by, as it ships; left out: the learner's own. */
  algorithm?: string;
}

/** How a run ended: with a report, or with what went wrong. */
export type EndedRun = RunReport | { failure: string };

/** A condition, judged. */
export interface JudgedCondition {
  /** What has to come out, and where. */
  title: string;
  passed: boolean;
  /** The figures; where it is not met, those of the first run that says so. */
  detail: string;
}

export interface JudgedExercise {
  passed: boolean;
  /** In the order of the exercise's runs. */
  conditions: JudgedCondition[];
}

/** The names that people know things by: a lab, or its entry in the catalogue. */
export interface Titles {
  scenarios: readonly Titled[];
  algorithms: readonly Titled[];
  metrics: Readonly<Record<string, { title: string }>>;
  checks: Readonly<Record<string, { title: string }>>;
}

interface Titled {
  id: string;
  title: string;
}

/** The runs that an exercise has to be judged by. */
export function runsOf({ runs }: Exercise): AskedRun[] {
  return runs.flatMap((run) => [undefined, ...comparedWith(run)].flatMap((algorithm) => turnsOf(run, algorithm)));
}

/**
 * Judges an exercise.
 * @param titles of its lab
 * @param ended how each of `runsOf(exercise)` ended, in that order
 */
export function judgeExercise(exercise: Exercise, titles: Titles, ended: readonly EndedRun[]): JudgedExercise {
  const conditions: JudgedCondition[] = [];
  let from = 0;
  for (const run of exercise.runs) {
    const turns = turnsOf(run);
    const next = (): readonly EndedRun[] => ended.slice(from, (from += turns.length));
    const own = next();
    const others = new Map(comparedWith(run).map((algorithm) => [algorithm, next()]));
    for (const condition of run.conditions) {
      const other = 'metric' in condition ? others.get(condition.timesThatOf ?? '') : undefined;
      const judged = turns.map((turn, nth) => ({ turn, ...judgeTurn(condition, titles, own[nth]!, other?.[nth]) }));
      const unmet = judged.find(({ passed }) => !passed);
      const { turn, detail } = unmet ?? judged[0]!;
      conditions.push({
        title: `${inWords(condition, titles)} (${worldInWords(run, titles)})`,
        passed: !unmet,
        detail: `${unmet || turns.length === 1 ? '' : `in all ${turns.length} runs; `}${turnInWords(turn)}: ${detail}`,
      });
    }
  }
  return { passed: conditions.every(({ passed }) => passed), conditions };
}

/** Everything that is run in a world. */
function turnsOf(run: ExerciseRun, algorithm?: string): AskedRun[] {
  const { scenario, seeds = [1], parameters = {}, interventions = [[]] } = run;
  return interventions.flatMap((done) =>
    seeds.map((seed) => ({
      scenario,
      seed,
      parameters,
      interventions: done,
      ...(algorithm === undefined ? {} : { algorithm }),
    })),
  );
}

/** The algorithms whose figures the learner's are set beside, each once. */
function comparedWith({ conditions }: ExerciseRun): string[] {
  return [...new Set(conditions.flatMap((one) => ('metric' in one ? (one.timesThatOf ?? []) : [])))];
}

function judgeTurn(
  condition: ExerciseCondition,
  { algorithms }: Titles,
  own: EndedRun,
  other?: EndedRun,
): Pick<JudgedCondition, 'passed' | 'detail'> {
  if ('failure' in own) return { passed: false, detail: own.failure };
  if ('check' in condition) {
    const check = own.checks.find(({ name }) => name === condition.check);
    return { passed: check?.verdict === 'held', detail: check?.detail ?? 'this was not judged' };
  }
  const { metric, atLeast = -Infinity, atMost = Infinity, timesThatOf } = condition;
  const value = own.metrics[metric];
  if (value === undefined) return { passed: false, detail: 'this was not measured' };
  if (timesThatOf === undefined) return { passed: value >= atLeast && value <= atMost, detail: figure(value) };
  if (!other || 'failure' in other) throw new Error(`${timesThatOf} did not come to its end: ${other?.failure}`);
  const by = other.metrics[metric];
  if (by === undefined) throw new Error(`${timesThatOf} has no ${metric} in this run`);
  return {
    passed: value >= atLeast * by && value <= atMost * by,
    detail: `${figure(value)}, that of ${titleOf(algorithms, timesThatOf)} is ${figure(by)}`,
  };
}

function inWords(condition: ExerciseCondition, { checks, metrics, algorithms }: Titles): string {
  if ('check' in condition) return checks[condition.check]?.title ?? condition.check;
  const { metric, atLeast, atMost, timesThatOf } = condition;
  const bound = (value: number): string => {
    if (timesThatOf === undefined) return figure(value);
    return `${value === 1 ? '' : `${value} × `}that of ${titleOf(algorithms, timesThatOf)}`;
  };
  const bounds =
    atLeast === atMost
      ? [`exactly ${bound(atLeast!)}`]
      : [
          ...(atLeast === undefined ? [] : [`at least ${bound(atLeast)}`]),
          ...(atMost === undefined ? [] : [`at most ${bound(atMost)}`]),
        ];
  return `${metrics[metric]?.title ?? metric}: ${bounds.join(', ')}`;
}

/** Where it is run: On a hair, requests = 30. */
function worldInWords({ scenario, parameters = {} }: ExerciseRun, { scenarios }: Titles): string {
  const set = Object.entries(parameters).map(([name, value]) => `${name} = ${value}`);
  return [titleOf(scenarios, scenario), ...set].join(', ');
}

function turnInWords({ seed, interventions }: AskedRun): string {
  const done = interventions.map(({ anchor, action, arguments: given }) => {
    const on = Object.values(given).map(String).join(' ');
    return `${action}${on && ` ${on}`} after ${anchor}`;
  });
  return [`seed ${seed}`, ...done].join(', ');
}

function titleOf(things: readonly Titled[], wanted: string): string {
  return things.find(({ id }) => id === wanted)?.title ?? wanted;
}
