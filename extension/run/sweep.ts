/** A sweep: one run for each algorithm, value and seed, a few at a time, and what theory says between the points. */
import { availableParallelism } from 'node:os';
import { fanOut } from '../../labs/engine/compare/fan-out.ts';
import type { ParameterValue } from '../../labs/engine/lab/parameter.ts';
import type { Expectation, RunReport } from '../../labs/engine/lab/report.ts';
import type { SweepRequest, SweepRun } from '../../labs/engine/protocol/panel.ts';
import { RunFailureError, type LabSource, type Run, type RunFailure, type StartRequest } from './run.ts';

/** Most runs at once: each may take all the memory that a run may have. */
const maxLanes = 4;

/** Failures that every other run would share: the sweep ends with the first of them. */
const sharedFailures: ReadonlySet<RunFailure['reason']> = new Set(['syntax', 'missing', 'untrusted', 'internal']);

/** What a sweep needs of the run service. */
export interface SweepService {
  start(request: StartRequest): Run;
  expectations(
    request: StartRequest,
    variants: readonly Readonly<Record<string, ParameterValue>>[],
  ): Promise<Expectation[][]>;
}

/** Where an algorithm's code comes from: one of the learner's own is found in another way than those of the lab. */
export type SourceOf = (algorithm: string) => Promise<LabSource>;

/** What a sweep says on its way. */
export interface SweepObserver {
  /** What theory says at `curveAt`, for each algorithm. */
  expected(expectations: Expectation[][][]): void;
  /** A run is over. */
  ran(run: SweepRun): void;
}

/**
 * Makes all runs of a sweep; those of the first seed come first, so that the whole curve is soon to be seen.
 * @param signal ends it, within the time that stopping a run takes
 * @param lanes runs at once; left out, one core stays free
 * @throws RunFailureError for a failure that all runs would share
 */
export async function runSweep(
  service: SweepService,
  request: SweepRequest,
  sourceOf: SourceOf,
  observer: SweepObserver,
  signal: AbortSignal,
  lanes: number = Math.max(1, Math.min(maxLanes, availableParallelism() - 1)),
): Promise<void> {
  const requests = new Map<string, StartRequest>();
  for (const algorithm of request.algorithms)
    requests.set(algorithm, startOf(request, algorithm, await sourceOf(algorithm)));
  observer.expected(await expectationsFor(service, request, [...requests.values()]));
  const plan = runsOf(request);
  await fanOut(plan, lanes, async ({ algorithm, value, seed }) => {
    if (signal.aborted) return;
    const base = requests.get(algorithm)!;
    const parameters = { ...base.parameters, [request.parameter]: value };
    const run = service.start({ ...base, seed, parameters, figuresOnly: true });
    const stop = (): void => void run.stop();
    signal.addEventListener('abort', stop, { once: true });
    const { report, failure } = await run.finished;
    signal.removeEventListener('abort', stop);
    if (failure?.reason === 'stopped') return;
    if (failure && sharedFailures.has(failure.reason)) throw new RunFailureError(failure);
    observer.ran({ algorithm, value, seed, ...outcomeOf(report, failure) });
  });
}

/** How many runs a sweep has. */
export function runsOf({
  algorithms,
  values,
  seeds,
  choice,
}: SweepRequest): Pick<SweepRun, 'algorithm' | 'value' | 'seed'>[] {
  return Array.from({ length: seeds }, (_, i) => choice.seed + i).flatMap((seed) =>
    values.flatMap((value) => algorithms.map((algorithm) => ({ algorithm, value, seed }))),
  );
}

function startOf({ choice }: SweepRequest, algorithm: string, source: LabSource): StartRequest {
  const { lab, scenario, seed, parameters } = choice;
  return { lab, algorithm, ...(scenario === undefined ? {} : { scenario }), seed, parameters, source };
}

/** One algorithm after the other: it takes a moment, and leaves the runner warm for the runs. */
async function expectationsFor(
  service: SweepService,
  { curveAt, parameter }: SweepRequest,
  requests: readonly StartRequest[],
): Promise<Expectation[][][]> {
  const variants = curveAt.map((value) => ({ [parameter]: value }));
  const all: Expectation[][][] = [];
  for (const request of requests) all.push(await service.expectations(request, variants));
  return all;
}

function outcomeOf(
  report: RunReport | undefined,
  failure: RunFailure | undefined,
): Pick<SweepRun, 'metrics' | 'theory' | 'hash' | 'failure'> {
  if (report) return { metrics: report.metrics, theory: report.theory, hash: report.trace.hash };
  const { reason, message } = failure!;
  return { metrics: {}, theory: [], hash: '', failure: { reason, message } };
}
