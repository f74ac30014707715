/**
 * What is kept of a run: enough to show it again without executing anything, and to execute it again
 * whatever has become of its files.
 */
import * as v from 'valibot';
import { boundedList, boundedText } from '../protocol/bounded.ts';
import { copyName, interventionMessages, parameterValues, type RunSummary } from '../protocol/panel.ts';
import { failureReasons, runFailure } from '../protocol/failure.ts';
import type { Columns } from '../trace/columns.ts';
import { count, figure, runNature, runReport, text, texts, traceHash } from './report-schema.ts';

/** The text of a program: as long as everything that a record says. */
const code = boundedText(16 * 1024 * 1024);
const sourceFile = v.object({ file: boundedText(4096), text: code, sha256: boundedText(64) });

/** Milliseconds since 1970: a day before the year 2200, by which files can be put in order. */
const moment = v.pipe(count, v.maxValue(7_258_118_400_000, 'is no time'));
/** Events that happened: a cause names them with 31 bits. */
const events = v.pipe(count, v.maxValue(2 ** 31, 'is more than a run has'));
const runId = v.pipe(v.string(), v.uuid());
const version = v.pipe(v.string(), v.regex(/^\d{1,6}(\.\d{1,6}){2}$/, 'is no version'));

const shortFailure = v.pipe(
  runFailure,
  v.check(({ message, stack = '' }) => message.length + stack.length <= 200_000, 'says too much'),
);

/** The code that ran; `Program` of the run service. */
export const recordedProgram = v.object({
  lab: text,
  edited: v.boolean(),
  files: boundedList(sourceFile, 10_000),
  bundle: v.exactOptional(code),
  entry: v.exactOptional(boundedText(4096)),
});

/** Everything of a record that is text and numbers; the trace's rows lie beside it. */
export const recordedFacts = v.object({
  id: runId,
  /** Version of the engine that ran it. */
  engineVersion: version,
  lab: text,
  algorithm: text,
  scenario: text,
  seed: figure,
  /** As asked for, over the scenario's. */
  parameters: parameterValues,
  interventions: interventionMessages,
  parent: v.exactOptional(runId),
  /** Left out by the first engines, and where it never began. */
  nature: v.exactOptional(runNature),
  /** The copy whose text was run; left out for the bundled text, and for one that came with a file. */
  copy: v.exactOptional(copyName),
  /** Milliseconds since 1970. */
  startedAt: moment,
  state: v.picklist(['finished', 'failed']),
  report: v.exactOptional(runReport),
  failure: v.exactOptional(shortFailure),
  program: v.exactOptional(recordedProgram),
  console: texts,
  /** Every event that happened, the dropped ones included. */
  events,
  /** The trace's interned texts, by id. */
  strings: boundedList(boundedText(1024 * 1024), 1_000_000),
});
export type RecordedFacts = v.InferOutput<typeof recordedFacts>;

/** `RunSummary`, validated. */
export const runSummary = v.object({
  id: runId,
  lab: text,
  algorithm: text,
  scenario: text,
  seed: figure,
  parameters: parameterValues,
  interventions: interventionMessages,
  parent: v.exactOptional(runId),
  nature: v.exactOptional(runNature),
  startedAt: moment,
  state: v.picklist(['running', 'finished', 'failed']),
  edited: v.boolean(),
  engineVersion: v.exactOptional(version),
  copy: v.exactOptional(copyName),
  events,
  dropped: count,
  hash: v.exactOptional(traceHash),
  unexpected: v.exactOptional(texts),
  failure: v.exactOptional(v.picklist(failureReasons)),
}) satisfies v.GenericSchema<unknown, RunSummary>;

/** A run as it is kept. */
export interface RunRecord extends RecordedFacts {
  /** The kept rows of the trace, packed. */
  columns: Columns;
}

/** A record as lists show it. */
export function summaryOf(record: RunRecord): RunSummary {
  return {
    id: record.id,
    lab: record.lab,
    algorithm: record.algorithm,
    scenario: record.scenario,
    seed: record.seed,
    parameters: record.parameters,
    interventions: record.interventions,
    ...(record.parent === undefined ? {} : { parent: record.parent }),
    ...(record.nature ? { nature: record.nature } : {}),
    startedAt: record.startedAt,
    state: record.state,
    // A text that did not compile is in no program.
    edited: record.program?.edited ?? record.copy !== undefined,
    ...(record.copy ? { copy: record.copy } : {}),
    engineVersion: record.engineVersion,
    events: record.events,
    dropped: record.events - record.columns.length,
    ...(record.report ? { hash: record.report.trace.hash, unexpected: unexpectedIn(record.report) } : {}),
    ...(record.failure ? { failure: record.failure.reason } : {}),
  };
}

/** Names of the checks whose verdict was not the expected one. */
export function unexpectedIn({ checks }: { checks: readonly { name: string; ok: boolean }[] }): string[] {
  return checks.filter(({ ok }) => !ok).map(({ name }) => name);
}
