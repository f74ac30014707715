/** Holds the exercises of a lab to what they say: as they come they are not solved, their solutions are, under every seed that is tried. */
import { readFile, readdir } from 'node:fs/promises';
import path from 'node:path';
import { contractsOf } from '../lab/worlds.ts';
import { findImplementations } from '../lab/discovery.ts';
import type { Exercise } from '../lab/exercise.ts';
import { judgeExercise, runsOf, type AskedRun, type JudgedExercise } from '../lab/judge-exercise.ts';
import type { Lab } from '../lab/lab.ts';
import type { RunReport } from '../lab/report.ts';
import { runLab } from './run-lab.ts';

type Complain = (what: string) => void;

const fewestHints = 3;

/** Of a solution's runs: three seeds are tried where they are short, two where they are long. */
const mostEvents = 100_000;

/**
 * Does every exercise of a lab, as it comes and solved.
 * @param declared any lab
 * @param folder the lab's, as a file URL ending in a slash
 * @param seeds under which a solution is tried beside the exercise's own; the first only where its runs are long
 * @returns what is not as the exercises say, in sentences; empty when all is
 */
export async function complaintsAboutExercises(
  declared: unknown,
  folder: URL,
  seeds: readonly number[],
): Promise<string[]> {
  const lab = declared as Lab;
  const { exercises = [] } = lab;
  const complaints: string[] = [];
  if (exercises.length === 0) complaints.push('has no exercises');
  const files = (await readdir(new URL('exercises/', folder))).filter((file) => file.endsWith('.ts'));
  for (const file of files) {
    if (!exercises.some((exercise) => exercise.file === `exercises/${file}`)) {
      complaints.push(`exercises/${file} is no exercise: exercises.ts does not name it`);
    }
  }
  for (const exercise of exercises) {
    const complain = (what: string): number => complaints.push(`${exercise.id}: ${what}`);
    checkWriting(exercise, lab, complain);
    const codes = await codesOf(exercise, lab, folder, complain);
    if (!codes) continue;
    checkUnsolved(exercise, lab, codes.unsolved, complain);
    checkSolved(exercise, lab, codes.solved, seeds, complain);
  }
  return complaints;
}

/** What can be seen without a run. */
function checkWriting({ id, level, hints, misconceptions, runs }: Exercise, lab: Lab, complain: Complain): void {
  if (!/^[a-z\d]+(-[a-z\d]+)*$/.test(id)) complain('its id is not words in small letters with - between them');
  if (![1, 2, 3].includes(level)) complain(`there is no level ${level}`);
  if (hints.length < fewestHints || hints.some((hint) => hint.trim() === '')) {
    complain(`it has fewer than ${fewestHints} hints, or an empty one`);
  }
  const known = misconceptionsOf(lab);
  for (const one of misconceptions) if (!known.has(one)) complain(`no tour knows the misconception ${one}`);
  if (runs.length === 0) complain('nothing is run');
  for (const { scenario, conditions } of runs) {
    if (!lab.scenarios.some((one) => one.id === scenario)) complain(`there is no scenario ${scenario}`);
    if (conditions.length === 0) complain(`nothing has to come out of ${scenario}`);
    for (const condition of conditions) {
      if ('check' in condition) {
        if (!(condition.check in lab.checks)) complain(`there is no check ${condition.check}`);
        continue;
      }
      const { metric, atLeast, atMost, timesThatOf } = condition;
      if (!(metric in lab.metrics)) complain(`there is no metric ${metric}`);
      if (atLeast === undefined && atMost === undefined) complain(`${metric} has no bound`);
      if (timesThatOf !== undefined && !lab.algorithms.some((one) => one.id === timesThatOf)) {
        complain(`there is no algorithm ${timesThatOf}`);
      }
    }
  }
}

function misconceptionsOf({ scenarios }: Lab): Set<string> {
  const questions = scenarios.flatMap(({ tour }) => tour?.steps.flatMap(({ question }) => question ?? []) ?? []);
  return new Set(
    questions.flatMap((question) =>
      question.kind === 'choice' ? question.choices.flatMap(({ misconception }) => misconception?.id ?? []) : [],
    ),
  );
}

/** The learner's class and the solution's. */
async function codesOf(
  { file }: Exercise,
  lab: Lab,
  folder: URL,
  complain: Complain,
): Promise<{ unsolved: unknown; solved: unknown } | undefined> {
  const solution = file.replace(/^exercises\//, 'exercises/solutions/');
  const [unsolved, solved] = await Promise.all(
    [file, solution].map(async (name) => {
      const url = new URL(name, folder);
      const text = await readFile(url, 'utf8').catch(() => undefined);
      return text === undefined ? undefined : { text, exported: (await import(url.href)) as Record<string, unknown> };
    }),
  );
  if (!unsolved || !solved) {
    complain(`${unsolved ? solution : file} is not there`);
    return undefined;
  }
  const found = findImplementations(unsolved.text, contractsOf(lab));
  if (found.length !== 1) complain(`${file} has ${found.length} classes with a lens, not one`);
  if (findImplementations(solved.text, contractsOf(lab)).length > 0) complain(`${solution} has a lens`);
  if (!unsolved.text.includes(path.posix.relative('exercises', solution)))
    complain(`${file} does not name its solution`);
  const classes = Object.values(solved.exported).filter((value) => typeof value === 'function');
  if (classes.length !== 1) complain(`${solution} exports ${classes.length} classes, not one`);
  if (found.length !== 1 || classes.length !== 1) return undefined;
  return { unsolved: unsolved.exported[found[0]!.exported], solved: classes[0] };
}

function checkUnsolved(exercise: Exercise, lab: Lab, unsolved: unknown, complain: Complain): void {
  const [first] = judged({ ...exercise, runs: exercise.runs.slice(0, 1) }, lab, unsolved).conditions;
  if (first?.passed) complain(`as it comes, it meets ${first.title}: ${first.detail}`);
}

/** A solution breaks no check either that the exercise does not ask for. */
function checkSolved(
  exercise: Exercise,
  lab: Lab,
  solved: unknown,
  seeds: readonly number[],
  complain: Complain,
): void {
  let events = 0;
  const look = ({ seed, scenario }: AskedRun, { checks, trace }: RunReport): void => {
    events += trace.events;
    for (const { name, verdict, detail } of checks) {
      if (verdict !== 'held') complain(`solved, ${name} is ${verdict} in ${scenario} with seed ${seed}: ${detail}`);
    }
  };
  for (const [tried, seed] of [undefined, ...seeds].entries()) {
    if (tried > 1 && events > mostEvents) break;
    const runs = seed === undefined ? exercise.runs : exercise.runs.map((run) => ({ ...run, seeds: [seed] }));
    for (const { title, passed, detail } of judged({ ...exercise, runs }, lab, solved, look).conditions) {
      if (!passed) complain(`solved, it does not meet ${title}: ${detail}`);
    }
  }
}

function judged(
  exercise: Exercise,
  lab: Lab,
  implementation: unknown,
  look: (asked: AskedRun, report: RunReport) => void = () => {},
): JudgedExercise {
  const ended = runsOf(exercise).map((asked) => {
    const code = asked.algorithm === undefined ? { implementation } : { algorithm: asked.algorithm };
    const { report } = runLab(lab, { ...asked, ...code, maxEvents: 0 });
    if (asked.algorithm === undefined) look(asked, report);
    return report;
  });
  return judgeExercise(exercise, lab, ended);
}
