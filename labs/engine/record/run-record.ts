/**
 * What is kept of a run: enough to show it again without executing anything, and to execute it again
 * whatever has become of its files.
 */
import * as v from 'valibot';
import { copyName, interventionMessage, type RunSummary } from '../protocol/panel.ts';
import { failureReasons, runFailure } from '../protocol/failure.ts';
import type { Columns } from '../trace/columns.ts';
import { runReport } from './report-schema.ts';

const sourceFile = v.object({ file: v.string(), text: v.string(), sha256: v.string() });

/** The code that ran; `Program` of the run service. */
export const recordedProgram = v.object({
  lab: v.string(),
  edited: v.boolean(),
  files: v.array(sourceFile),
  bundle: v.exactOptional(v.string()),
  entry: v.exactOptional(v.string()),
});

/** Everything of a record that is text and numbers; the trace's rows lie beside it. */
export const recordedFacts = v.object({
  id: v.pipe(v.string(), v.uuid()),
  /** Version of the engine that ran it. */
  engineVersion: v.string(),
  lab: v.string(),
  algorithm: v.string(),
  scenario: v.string(),
  seed: v.number(),
  /** As asked for, over the scenario's. */
  parameters: v.record(v.string(), v.union([v.number(), v.string()])),
  interventions: v.array(interventionMessage),
  parent: v.exactOptional(v.string()),
  /** The copy whose text was run; left out for the bundled text, and for one that came with a file. */
  copy: v.exactOptional(copyName),
  /** Milliseconds since 1970. */
  startedAt: v.number(),
  state: v.picklist(['finished', 'failed']),
  report: v.exactOptional(runReport),
  failure: v.exactOptional(runFailure),
  program: v.exactOptional(recordedProgram),
  console: v.array(v.string()),
  /** Every event that happened, the dropped ones included. */
  events: v.number(),
  /** The trace's interned texts, by id. */
  strings: v.array(v.string()),
});
export type RecordedFacts = v.InferOutput<typeof recordedFacts>;

/** `RunSummary`, validated. */
export const runSummary = v.object({
  id: v.pipe(v.string(), v.uuid()),
  lab: v.string(),
  algorithm: v.string(),
  scenario: v.string(),
  seed: v.number(),
  parameters: v.record(v.string(), v.union([v.number(), v.string()])),
  interventions: v.array(interventionMessage),
  parent: v.exactOptional(v.string()),
  startedAt: v.number(),
  state: v.picklist(['running', 'finished', 'failed']),
  edited: v.boolean(),
  engineVersion: v.exactOptional(v.string()),
  copy: v.exactOptional(copyName),
  events: v.number(),
  dropped: v.number(),
  hash: v.exactOptional(v.string()),
  unexpected: v.exactOptional(v.array(v.string())),
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
