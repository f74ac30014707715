/** A run as the window knows it: one that is running, one that has just ended, or one from the history. */
import type { RunReport } from '../../labs/engine/lab/report.ts';
import type { RunFailure } from '../../labs/engine/protocol/failure.ts';
import type { RunSummary } from '../../labs/engine/protocol/panel.ts';
import { engineVersion } from '../../labs/engine/record/engine-version.ts';
import { unexpectedIn } from '../../labs/engine/record/run-record.ts';
import type { TraceStore } from '../../labs/engine/trace/store.ts';
import type { Run, SourceFile } from '../run/run.ts';

export interface KeptRun {
  readonly summary: RunSummary;
  readonly report: RunReport | undefined;
  readonly failure: RunFailure | undefined;
  readonly trace: TraceStore;
  /** The texts that ran; none where it did not come so far. */
  readonly files: readonly SourceFile[];
  /** 0 … 1 */
  readonly share: number;
}

/** A run of this window, its summary as it stands at the moment. */
export function keptRun(run: Run): KeptRun {
  return {
    get summary() {
      return summarize(run);
    },
    get report() {
      return run.report;
    },
    get failure() {
      return run.failure;
    },
    get files() {
      return run.program?.files ?? [];
    },
    get share() {
      return run.share;
    },
    trace: run.trace,
  };
}

function summarize({ id, request, startedAt, edited, copy, nature, trace, state, report, failure }: Run): RunSummary {
  return {
    id,
    lab: request.lab,
    algorithm: request.algorithm,
    scenario: report?.scenario ?? request.scenario ?? '',
    seed: request.seed,
    parameters: report?.parameters ?? (request.parameters as RunSummary['parameters'] | undefined) ?? {},
    interventions: request.interventions ?? [],
    ...(request.parent === undefined ? {} : { parent: request.parent }),
    ...(nature ? { nature } : {}),
    startedAt,
    state,
    edited,
    engineVersion,
    ...(copy ? { copy } : {}),
    events: report?.trace.events ?? trace.happened,
    dropped: report?.trace.dropped ?? trace.dropped,
    ...(report ? { hash: report.trace.hash, unexpected: unexpectedIn(report) } : {}),
    ...(failure ? { failure: failure.reason } : {}),
  };
}
