/** From a run to its record, and from a record to its trace. */
import type { RunRecord } from '../../../labs/engine/record/run-record.ts';
import { allocateColumns } from '../../../labs/engine/trace/columns.ts';
import { TraceStore } from '../../../labs/engine/trace/store.ts';
import type { Run } from '../run.ts';

/**
 * What is kept of a run.
 * @param engineVersion of the engine that ran it
 * @throws Error while it is running
 */
export function recordOf(run: Run, engineVersion: string): RunRecord {
  const { request, report, failure, program, trace, state } = run;
  if (state === 'running') throw new Error(`run ${run.id} is still running: keep it when it is over`);
  return {
    id: run.id,
    engineVersion,
    lab: request.lab,
    algorithm: request.algorithm,
    scenario: report?.scenario ?? request.scenario ?? '',
    seed: request.seed,
    parameters: report?.parameters ?? ((request.parameters ?? {}) as RunRecord['parameters']),
    interventions: [...(request.interventions ?? [])] as RunRecord['interventions'],
    ...(request.parent === undefined ? {} : { parent: request.parent }),
    ...(run.nature ? { nature: run.nature } : {}),
    ...(run.copy ? { copy: run.copy } : {}),
    startedAt: run.startedAt,
    state,
    ...(state === 'finished' ? { report: report as NonNullable<RunRecord['report']> } : { failure: failure! }),
    ...(program ? { program: { ...program, files: [...program.files] } } : {}),
    console: [...run.console],
    events: trace.happened,
    strings: [...trace.strings],
    columns: trace.window(0, trace.length),
  };
}

/** Characters of a parameter that is kept of a run of which little else is. */
const longestText = 1000;

/**
 * A record of the same run without what its code had a hand in, and without what is long: what is kept where that could not be read again.
 * @param why a sentence without its full stop
 */
export function withoutWhatItLeft(record: RunRecord, why: string): RunRecord {
  const { report: _report, program: _program, ...asked } = record;
  const parameters = Object.entries(record.parameters).filter(([, value]) =>
    typeof value === 'string' ? value.length <= longestText : Number.isFinite(value),
  );
  const failure = { reason: 'refused', message: `this run is not kept as it was: ${why}` } as const;
  return {
    ...asked,
    parameters: Object.fromEntries(parameters),
    interventions: [],
    state: 'failed',
    failure,
    console: [],
    events: 0,
    strings: [],
    columns: allocateColumns(0),
  };
}

/** The trace of a record, to be looked at. */
export function traceOf(record: RunRecord): TraceStore {
  const trace = new TraceStore({ maxEvents: record.columns.length });
  trace.append(0, record.columns, record.strings);
  trace.sawEvents(record.events);
  return trace;
}
