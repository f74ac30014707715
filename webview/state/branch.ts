/** Interfering with a run: the request for a branch that does something to it at the cursor. */
import type { Action } from '../../labs/engine/lab/lab.ts';
import type { RunNature } from '../../labs/engine/lab/worlds.ts';
import type { RunChoice, RunSummary } from '../../labs/engine/protocol/panel.ts';
import { EventKind, eventName } from '../../labs/engine/trace/event.ts';
import { eventAt, type TraceView } from '../../labs/engine/scene/trace-view.ts';

/** What an action is done to, by the learner's hand. */
export type ActionTarget = { node: string } | { position: number } | { from: string; to: string } | { message: string };

/** What a learner does. Engine-wide actions (crash, cut, drop) come without a declaration. */
export interface Deed {
  action: Pick<Action, 'id' | 'title' | 'argument'>;
  target: ActionTarget;
  /** Arguments besides the target: a factor, a share, milliseconds. */
  more?: Readonly<Record<string, number>>;
}

/** The arguments of the intervention that a deed becomes. */
function argumentsOf({ action: { argument }, target, more }: Deed): Record<string, string | number> {
  if ('node' in target) return { [argument ?? 'node']: target.node, ...more };
  if ('position' in target) return argument === undefined ? {} : { [argument]: target.position };
  return { ...target, ...more };
}

/**
 * The run that goes as `run` did up to the cursor, and then has this done to it.
 * What was done to `run` after the cursor belongs to its own future and is left out.
 * @param clock of the run: anchors are operations (`#7`), or events (`coordinator#12`)
 */
export function branchAt(
  run: RunSummary,
  trace: TraceView,
  cursor: number,
  clock: RunNature['clock'],
  deed: Deed,
): RunChoice {
  const byOperation = clock === 'operations';
  const event = eventAt(trace, cursor);
  const kept = run.interventions.filter(({ anchor }) =>
    byOperation ? Number(anchor.slice(1)) <= event.time : happensBy(trace, anchor, cursor),
  );
  return {
    lab: run.lab,
    algorithm: run.algorithm,
    scenario: run.scenario,
    seed: run.seed,
    parameters: run.parameters,
    parent: run.id,
    interventions: [
      ...(kept as NonNullable<RunChoice['interventions']>),
      {
        anchor: byOperation ? `#${event.time}` : eventName(event),
        action: deed.action.id,
        arguments: argumentsOf(deed),
      },
    ],
  };
}

/** Whether the event of that name (`coordinator#12`), or a later one of its owner, lies at or before the cursor. */
function happensBy(trace: TraceView, anchor: string, cursor: number): boolean {
  const cut = anchor.lastIndexOf('#');
  const node = cut === 0 ? -1 : trace.strings.indexOf(anchor.slice(0, cut));
  const owner = Number(anchor.slice(cut + 1));
  const { columns } = trace;
  for (let row = 0; row <= cursor; row++) if (columns.node[row] === node && columns.owner[row]! >= owner) return true;
  if (!trace.stretch) return false;
  // Not at hand at all: it lies before the stretch, unless its owner comes to it later.
  for (let row = cursor + 1; row < trace.length; row++) {
    if (columns.node[row] === node) return columns.owner[row]! > owner;
  }
  return true;
}

/** Index of the first intervention after an event, −1 if there is none: where a branch parts from its parent. */
export function interventionAfter(trace: TraceView, event: number): number {
  for (let row = event + 1; row < trace.length; row++) {
    if (trace.columns.kind[row] === EventKind.intervention) return row;
  }
  return -1;
}
