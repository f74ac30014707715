/** `lab check` */
import path from 'node:path';
import type { Exercise } from '../../../labs/engine/lab/exercise.ts';
import {
  judgeExercise,
  runsOf,
  type AskedRun,
  type EndedRun,
  type JudgedExercise,
} from '../../../labs/engine/lab/judge-exercise.ts';
import { readText } from '../../copy/inside.ts';
import { bundledLab } from '../program/bundled-lab.ts';
import type { RunService } from '../run-service.ts';
import { RunFailureError, type LabEntry, type LabSource, type RunFailure } from '../run.ts';
import { copyAsSource, ownAlgorithmsOf, requireCopy } from './chosen-lab.ts';
import { failureInWords } from './failure-text.ts';
import { positive } from './request.ts';
import { withService } from './service.ts';
import { bold, table } from './text.ts';
import { UsageError } from './usage-error.ts';

export interface CheckOptions {
  /** The learner's copy; the exercise as it ships where left out. */
  copy?: string;
  timeout: string;
  json?: boolean;
}

/** The class that is judged, or why there is none. */
type LearnersCode = { algorithm: string; source: LabSource } | { failure: string };

export async function check(dist: string, lab: string, id: string, options: CheckOptions): Promise<void> {
  const timeout = positive('--timeout', options.timeout);
  const judged = await withService(dist, timeout * 1000, async (service) => {
    const entry = await bundledLab(dist, lab);
    const exercise = entry.exercises.find((one) => one.id === id);
    if (!exercise) throw new UsageError(`${lab} has no exercise '${id}': ${choiceOf(entry.exercises)}`);
    const root = options.copy === undefined ? path.join(dist, '../labs') : path.resolve(options.copy);
    if (options.copy !== undefined) await requireCopy(root, lab);
    const code = await learnersCode(root, entry, exercise);
    return judgeExercise(exercise, entry, await endedRuns(service, entry, exercise, code));
  });
  console.log(options.json ? JSON.stringify(judged) : asText(id, judged));
  process.exitCode = judged.passed ? 0 : 1;
}

function choiceOf(exercises: readonly Exercise[]): string {
  return exercises.length === 0 ? 'there are none' : `use ${exercises.map((one) => one.id).join(', ')}`;
}

/** @throws UsageError where the file of the exercise is not there */
async function learnersCode(root: string, entry: LabEntry, { file }: Exercise): Promise<LearnersCode> {
  const absolute = path.join(root, entry.id, file);
  if ((await readText(absolute)) === undefined) {
    throw new UsageError(`${absolute} is not there, or no plain file: Update Copy in VS Code brings it back`);
  }
  const [own] = await ownAlgorithmsOf(root, entry, file);
  if (!own) return { failure: `${file} has no exported class that implements ${entry.contracts.join(' or ')}` };
  return { algorithm: own.id, source: copyAsSource(root, [own]) };
}

/** How the runs of an exercise end, in the order of `runsOf`. @throws RunFailureError where it is not the learner's code that fails */
async function endedRuns(
  service: RunService,
  { id }: LabEntry,
  exercise: Exercise,
  code: LearnersCode,
): Promise<EndedRun[]> {
  const ended: EndedRun[] = [];
  let over: RunFailure | undefined;
  for (const asked of runsOf(exercise)) {
    if (asked.algorithm !== undefined) {
      const end = await endedRun(service, id, asked, asked.algorithm, { kind: 'bundled' });
      if ('reason' in end) throw new RunFailureError(end);
      ended.push(end);
    } else if ('failure' in code) {
      ended.push(code);
    } else {
      const end = over ?? (await endedRun(service, id, asked, code.algorithm, code.source));
      if ('reason' in end && endsAll.has(end.reason)) over = end;
      ended.push('reason' in end ? { failure: failureInWords(end) } : end);
    }
  }
  return ended;
}

/** What is no other in the runs that are left: nobody waits for it again. */
const endsAll: ReadonlySet<RunFailure['reason']> = new Set(['syntax', 'missing', 'deadline', 'memory', 'crash']);

/** @throws RunFailureError when the run is refused as such: the copy's lab has no such scenario */
async function endedRun(service: RunService, lab: string, asked: AskedRun, algorithm: string, source: LabSource) {
  const run = service.start({ ...asked, lab, algorithm, source, figuresOnly: true });
  await run.finished;
  if (run.failure?.reason === 'request') throw new RunFailureError(run.failure);
  for (const line of run.console) console.error(line);
  return run.report ?? run.failure!;
}

function asText(id: string, { passed, conditions }: JudgedExercise): string {
  const rows = conditions.map((one) => [one.passed ? 'ok' : 'NOT YET', one.title, one.detail]);
  return [bold(`${id}: ${passed ? 'solved' : 'not solved yet'}`), table(rows)].join('\n');
}
