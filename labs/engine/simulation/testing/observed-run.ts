/** Runs a system and collects its events: for the engine's own tests. */
import assert from 'node:assert/strict';
import type { Intervention, Outcome } from '../../lab/report.ts';
import { EventKind, kindName, type TraceEvent } from '../../trace/event.ts';
import { TraceRecorder } from '../../trace/recorder.ts';
import { TraceStore } from '../../trace/store.ts';
import { judgeChecks } from '../checks.ts';
import { runRepeatably } from '../repeatable.ts';
import { RecordedRun } from '../replay.ts';
import type { SimulationObserver } from '../observer.ts';
import type { System } from '../system.ts';
import { assertLively } from './lively.ts';

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
  assertLively(run.simulation.world);
  assertOperationsTimed(events);
  return {
    run,
    events,
    hash,
    checks,
    unapplied: run.simulation.unapplied(interventions),
    lines: events.map(describe),
  };
}

/** An operation ends when its end happens: what it took is the time from its one event to its other. */
function assertOperationsTimed(events: readonly TraceEvent[]): void {
  const began = new Map<string, number>();
  for (const { kind, node, id, time, value } of events) {
    if (kind === EventKind.invoke) began.set(`${node} ${id}`, time);
    if (kind !== EventKind.return && kind !== EventKind.fail && kind !== EventKind.unknown) continue;
    assert.equal(
      value,
      time - began.get(`${node} ${id}`)!,
      `operation ${id} of ${node} took another time than it says`,
    );
  }
}

function describe({ time, kind, node, peer, label }: TraceEvent): string {
  return [time / 1e6, kindName(kind), node, peer, label].filter((part) => part !== '').join(' ');
}
