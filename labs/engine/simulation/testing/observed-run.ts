/** Runs a system and collects its events: for the engine's own tests. */
import type { Intervention, Outcome } from '../../lab/report.ts';
import { kindName, type TraceEvent } from '../../trace/event.ts';
import { TraceRecorder } from '../../trace/recorder.ts';
import { TraceStore } from '../../trace/store.ts';
import { judgeChecks } from '../checks.ts';
import { runRepeatably } from '../repeatable.ts';
import { RecordedRun } from '../replay.ts';
import type { SimulationObserver } from '../simulation.ts';
import type { System } from '../system.ts';

/** A finished run and all that happened in it. */
export interface ObservedRun {
  readonly run: RecordedRun;
  readonly events: readonly TraceEvent[];
  readonly hash: string;
  readonly checks: Outcome['checks'];
  readonly unapplied: readonly Intervention[];
  /** Events as lines: `3 send client server ping`, time in ms. */
  readonly lines: readonly string[];
}

/** Runs a system to its end. */
export function observe(
  system: System,
  options: { seed?: number; interventions?: readonly Intervention[]; observer?: SimulationObserver } = {},
): ObservedRun {
  const { seed = 1, interventions = [], observer } = options;
  const store = new TraceStore({ maxEvents: 1_000_000 });
  const recorder = new TraceRecorder({
    maxEvents: 1_000_000,
    sink: { batch: (first, columns, strings) => store.append(first, columns, strings) },
  });
  const { run, because } = runRepeatably({ system, seed, interventions }, recorder, observer);
  const checks = judgeChecks(run.simulation, because === 'drained');
  const { hash } = recorder.finish();
  const events = Array.from({ length: store.length }, (_, index) => store.event(index));
  return {
    run,
    events,
    hash,
    checks,
    unapplied: run.simulation.unapplied(interventions),
    lines: events.map(describe),
  };
}

function describe({ time, kind, node, peer, label }: TraceEvent): string {
  return [time / 1e6, kindName(kind), node, peer, label].filter((part) => part !== '').join(' ');
}
