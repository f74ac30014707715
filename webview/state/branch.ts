/** Interfering with a run: the request for a branch that does something to it at the cursor. */
import type { Action } from '../../labs/engine/lab/lab.ts';
import type { RunChoice, RunSummary } from '../../labs/engine/protocol/panel.ts';
import { EventKind, eventName } from '../../labs/engine/trace/event.ts';
import { eventAt, type TraceView } from '../../labs/engine/scene/trace-view.ts';

/** What an action is done to: a node by name, the ring as a whole, a link, a message in flight. */
export type ActionTarget = { node: string } | { position: number } | { from: string; to: string } | { message: string };

/** What a learner does, as an intervention's action and arguments. */
export interface Deed {
  action: Pick<Action, 'id' | 'title'>;
  target: ActionTarget;
}

/**
 * The run that goes as `run` did up to the cursor, and then has this done to it.
 * What was done to `run` after the cursor belongs to its own future and is left out.
 * @param pure whether the lab is a pure one, whose anchors are operations (`#7`)
 */
export function branchAt(run: RunSummary, trace: TraceView, cursor: number, pure: boolean, deed: Deed): RunChoice {
  const event = eventAt(trace, cursor);
  const anchor = pure ? `#${event.time}` : eventName(event);
  const happened = interventionsUpTo(trace, cursor);
  const scenarioOwn = interventionsUpTo(trace, trace.length - 1) - run.interventions.length;
  const kept = run.interventions.slice(0, Math.max(0, happened - Math.max(0, scenarioOwn)));
  return {
    lab: run.lab,
    algorithm: run.algorithm,
    scenario: run.scenario,
    seed: run.seed,
    parameters: run.parameters,
    parent: run.id,
    interventions: [
      ...(kept as NonNullable<RunChoice['interventions']>),
      { anchor, action: deed.action.id, arguments: { ...deed.target } },
    ],
  };
}

function interventionsUpTo(trace: TraceView, cursor: number): number {
  let count = 0;
  for (let row = 0; row <= cursor; row++) if (trace.columns.kind[row] === EventKind.intervention) count++;
  return count;
}

/** Index of the event from which a branch differs from its parent: its last intervention; −1 if it has none. */
export function branchPoint(trace: TraceView): number {
  for (let row = trace.length - 1; row >= 0; row--) {
    if (trace.columns.kind[row] === EventKind.intervention) return row;
  }
  return -1;
}
