/**
 * Holds a lab to what every lab must be and have, whatever it teaches. What is particular to one stands with it; its tours
 * and exercises have checks of their own.
 */
import { describeLab } from '../lab/catalogue.ts';
import type { Lab } from '../lab/lab.ts';
import { ParameterError, type Parameter, type ParameterValue } from '../lab/parameter.ts';
import type { RunReport } from '../lab/report.ts';
import { fits } from '../lab/worlds.ts';
import { briefFor } from './brief.ts';
import { complaintsAboutFiles } from './check-files.ts';
import { runLab, type Wanted } from './run-lab.ts';

/** Events of a run with the lab's brief parameters, at most: a thousand runs are to take seconds. */
export const mostBriefEvents = 20_000;

type Complain = (complaint: string) => void;

/**
 * @param lab any lab
 * @param folder the lab's, as a file URL ending in a slash
 * @returns what it lacks and where its runs are not as it says, in sentences; empty when all is well
 */
export async function complaintsAboutLab(lab: unknown, folder: URL): Promise<string[]> {
  const declared = lab as Lab;
  const complaints = await complaintsAboutFiles(lab, folder);
  const complain = (complaint: string): void => void complaints.push(complaint);
  checkDeclaration(declared, complain);
  checkVariants(declared, complain);
  checkRuns(declared, complain);
  checkEnds(declared, complain);
  return complaints;
}

function checkDeclaration(lab: Lab, complain: Complain): void {
  try {
    describeLab(lab);
  } catch (error) {
    complain((error as Error).message);
  }
  const { concepts, checks, metrics, scenarios, algorithms } = lab;
  if (concepts.length < 3) complain('it names fewer than three concepts');
  if (Object.keys(checks).length === 0) complain('it has no check');
  if (Object.keys(metrics).length < 3) complain('it measures fewer than three things');
  if (!scenarios.some(({ beside }) => beside)) complain('no scenario has another half');
  const sound = algorithms.filter(({ broken }) => !broken);
  if (sound.length < 2) complain('it has one algorithm: there is nothing to compare it with');
  for (const { id, question, answer, tour } of scenarios) {
    if (!question.includes('?')) complain(`${id} asks no question`);
    if (!answer) complain(`${id} has no answer to its question`);
    if (!tour) complain(`${id} has no tour`);
  }
}

/** Every variant breaks its check where it says so, and every check is broken by something. */
function checkVariants(lab: Lab, complain: Complain): void {
  const breaks = new Set<string>();
  for (const { id, broken, expects = {} } of lab.algorithms) {
    for (const [check, verdict] of Object.entries(expects)) if (verdict === 'broken') breaks.add(check);
    if (!broken) continue;
    const { seed, scenario, check, bug } = broken;
    const { report } = runLab(lab, {
      algorithm: id,
      seed,
      ...(scenario === undefined ? {} : { scenario }),
      maxEvents: 0,
    });
    const verdict = report.checks.find(({ name }) => name === check)?.verdict;
    for (const { name, ok, detail } of report.checks) if (!ok) complain(`${id}: ${name}: ${detail}`);
    if (verdict !== 'broken') complain(`${id}: ${check} is ${verdict ?? 'no check'} where its bug should show: ${bug}`);
    if (expects[check] !== 'broken') complain(`${id} does not expect ${check} to be broken`);
  }
  for (const { runs } of lab.exercises ?? []) {
    const [first] = runs[0]?.conditions ?? [];
    if (first && 'check' in first) breaks.add(first.check);
  }
  for (const { expects = {} } of lab.scenarios) {
    for (const [check, verdict] of Object.entries(expects)) if (verdict === 'broken') breaks.add(check);
  }
  if (!lab.algorithms.some(({ broken }) => broken)) complain('it has no broken variant: no bug to be found');
  for (const [check, { unbreakable }] of Object.entries(lab.checks)) {
    if (unbreakable !== undefined && breaks.has(check))
      complain(`${check} is declared unbreakable, and something breaks it`);
    if (unbreakable === undefined && !breaks.has(check))
      complain(`nothing breaks the check ${check}: who knows whether it can be broken`);
  }
}

/** Every algorithm in every scenario that it can be run in. */
function checkRuns(lab: Lab, complain: Complain): void {
  for (const scenario of lab.scenarios) {
    for (const { id: algorithm, broken } of lab.algorithms.filter((one) => fits(lab, one, scenario))) {
      const where = `${algorithm} in ${scenario.id}`;
      const wanted = { algorithm, scenario: scenario.id, seed: 7, parameters: briefFor(lab, scenario) };
      const report = ran(lab, wanted, where, complain);
      if (!report) continue;
      if (ran(lab, wanted, where, complain)?.trace.hash !== report.trace.hash)
        complain(`${where}: the same seed, two traces`);
      checkReport(lab, report, where, complain);
      if (!broken) for (const { name, ok, detail } of report.checks) if (!ok) complain(`${where}: ${name}: ${detail}`);
    }
  }
}

function checkReport(
  lab: Lab,
  { metrics, checks, takeaways, trace }: RunReport,
  where: string,
  complain: Complain,
): void {
  if (trace.events > mostBriefEvents)
    complain(`${where}: ${trace.events} events are not brief: declare less in 'brief'`);
  if (trace.events === 0) complain(`${where}: nothing happened`);
  const same = (one: readonly string[], other: readonly string[]): boolean =>
    one.length === other.length && one.every((name) => other.includes(name));
  if (!same(Object.keys(metrics), Object.keys(lab.metrics)))
    complain(`${where}: measured are ${Object.keys(metrics).join()}`);
  const strangers = checks.filter(({ name }) => !Object.hasOwn(lab.checks, name));
  for (const { name } of strangers) complain(`${where}: there is no check ${name}`);
  if (takeaways.length === 0) complain(`${where}: nothing is to be taken away`);
  const ids = [...lab.algorithms, ...lab.scenarios].map(({ id }) => id).filter((id) => id.includes('-'));
  for (const sentence of takeaways) {
    const id = ids.find((one) => sentence.includes(one));
    if (id !== undefined) complain(`${where}: a take-away speaks of '${id}': ${sentence}`);
    if (/undefined|NaN|Infinity|\[object/.test(sentence)) complain(`${where}: ${sentence}`);
  }
}

/** One parameter at a time at either end: runs end, and what they say are figures, or the value is refused with its mend. */
function checkEnds(lab: Lab, complain: Complain): void {
  const scenario = lab.scenarios.find(({ id }) => id === lab.defaultScenario)!;
  const algorithms = lab.algorithms.filter((one) => fits(lab, one, scenario));
  const ends = Object.entries(lab.parameters).flatMap(([name, parameter]) =>
    endsOf(parameter, lab.brief?.[name]).map((value) => ({ name, value })),
  );
  // All algorithms take turns: each end under each of them would take minutes.
  for (const [i, { name, value }] of ends.entries()) {
    const { id: algorithm } = algorithms[i % algorithms.length]!;
    const parameters = { ...briefFor(lab, scenario), [name]: value };
    const where = `${algorithm} with ${name}=${value}`;
    const report = ran(lab, { algorithm, scenario: scenario.id, seed: 7, parameters }, where, complain);
    for (const sentence of report?.takeaways ?? []) {
      if (/undefined|NaN|Infinity|\[object/.test(sentence)) complain(`${where}: ${sentence}`);
    }
  }
}

/** @param brief the most of it that a test may take, where it is what makes runs long */
function endsOf(parameter: Parameter, brief: ParameterValue | undefined): ParameterValue[] {
  switch (parameter.type) {
    case 'choice':
      return [...parameter.options];
    case 'text':
      return [];
    default:
      return [parameter.min, brief === undefined ? parameter.max : Math.max(Number(brief), parameter.min)];
  }
}

function ran(lab: Lab, wanted: Wanted, where: string, complain: Complain): RunReport | undefined {
  try {
    return runLab(lab, { ...wanted, maxEvents: 0 }).report;
  } catch (error) {
    if (!(error instanceof ParameterError)) complain(`${where}: ${(error as Error).message}`);
    return undefined;
  }
}
