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
import {
  RunFailureError,
  type LabEntry,
  type LabSource,
  type RunFailure,
  type RunReport,
  type StartRequest,
} from '../run.ts';
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

/**
 * How the runs of an exercise end, in the order of `runsOf`.
 * @throws RunFailureError where a run is refused (the copy's lab has no such scenario), or where code of ours fails
 */
async function endedRuns(
  service: RunService,
  { id: lab }: LabEntry,
  exercise: Exercise,
  code: LearnersCode,
): Promise<EndedRun[]> {
  const asked = runsOf(exercise);
  const ended = new Map<AskedRun, EndedRun>();
  const own = asked.filter(({ algorithm }) => algorithm === undefined);
  if ('failure' in code) {
    for (const one of own) ended.set(one, code);
  } else {
    const { algorithm, source } = code;
    const reports = await reportsOf(
      service,
      own.map((one) => ({ ...one, lab, algorithm, source })),
    );
    for (const [index, one] of own.entries()) {
      const end = reports[index] ?? reports.at(-1)!;
      ended.set(one, 'reason' in end ? { failure: failureInWords(end) } : end);
    }
  }
  const others = asked.filter(({ algorithm }) => algorithm !== undefined);
  const reports = await reportsOf(
    service,
    others.map(({ algorithm, ...one }) => ({ ...one, lab, algorithm: algorithm!, source: { kind: 'bundled' } })),
  );
  for (const [index, one] of others.entries()) {
    const end = reports[index]!;
    if ('reason' in end) throw new RunFailureError(end);
    ended.set(one, end);
  }
  return asked.map((one) => ended.get(one)!);
}

/** What comes again in all the runs that are left: nobody waits for that. */
const endsAll: ReadonlySet<RunFailure['reason']> = new Set(['deadline', 'memory', 'exit', 'crash']);

/**
 * The runs that were made, in order: all of them, or those up to one whose failure stands for the others.
 * @throws RunFailureError when a request is refused
 */
async function reportsOf(service: RunService, requests: readonly StartRequest[]): Promise<(RunReport | RunFailure)[]> {
  const ends: (RunReport | RunFailure)[] = [];
  try {
    await service.runAll(requests, ({ report, failure }) => {
      ends.push(report ?? failure!);
      return !failure || !endsAll.has(failure.reason);
    });
  } catch (error) {
    if (!(error instanceof RunFailureError) || error.failure.reason === 'request') throw error;
    ends.push(error.failure); // it does not compile
  }
  return ends;
}

function asText(id: string, { passed, conditions }: JudgedExercise): string {
  const rows = conditions.map((one) => [one.passed ? 'ok' : 'NOT YET', one.title, one.detail]);
  return [bold(`${id}: ${passed ? 'solved' : 'not solved yet'}`), table(rows)].join('\n');
}
