/** Drives a pure lab: its workload one operation after the other, the learner's interventions in between. */
import { Forecast } from '../forecast.ts';
import { enter, leave, type Offers } from '../guard.ts';
import type { Lab } from '../lab/lab.ts';
import type { PureWorld } from '../lab/worlds.ts';
import type { Intervention, Outcome } from '../lab/report.ts';
import { RequestError, type RunLimits, type RunObserver } from '../run-request.ts';
import type { TraceRecorder } from '../trace/recorder.ts';
import type { PureSetup } from './pure-run.ts';
import { Trace } from './trace-writer.ts';

/** How often the clock is looked at, in operations: rarely enough to cost nothing. */
const operationsPerLook = 256;

/** What the lab's own code is given in place of luck and clocks. */
const labOffers: Offers = {
  luck: 'draw from setup.random',
  clock: 'time is the number of the operation',
  timers: 'a run does one operation after the other: make it one of them',
};

/**
 * Runs a pure lab to its end.
 *
 * Operation n happens at time n. An intervention anchored at `#n` happens right after operation n and
 * carries the same time; one anchored at `#-1` happens before the first.
 */
export function executePure(
  lab: Lab,
  world: PureWorld<any, unknown>,
  setup: Omit<PureSetup<never, unknown>, 'trace' | 'parameters'> & { parameters: unknown },
  interventions: readonly Intervention[],
  recorder: TraceRecorder,
  limits: RunLimits,
  observer: RunObserver,
): { outcome: Outcome; unapplied: Intervention[] } {
  requireActions(lab, interventions);
  const trace = new Trace(recorder);
  const pending = byOperation(interventions);
  const forecast = new Forecast(limits.deadline, limits.clock);
  const place = { who: `the run of ${lab.id}`, offers: labOffers, approximates: true };
  const outside = enter(place);
  let outcome: Outcome;
  try {
    const run = world.begin({ ...setup, trace });

    const interfere = (operation: number): void => {
      for (const { action, arguments: given } of pending.get(operation) ?? []) {
        const target = Object.values(given).find((value) => typeof value === 'string') ?? '';
        trace.intervention(action, target);
        run.perform({ action, arguments: given });
      }
      pending.delete(operation);
    };

    let done = 0;
    let index = 0;
    interfere(-1);
    for (const operation of run.operations) {
      trace.time = index;
      run.perform(operation);
      done += operation.weight ?? 1;
      if (pending.size > 0) interfere(index);
      index++;
      if (index % operationsPerLook === 0) {
        leave(outside);
        observer.progress?.(done / run.totalWeight, recorder.length);
        forecast.look(done / run.totalWeight);
        enter(place);
      }
    }
    outcome = run.finish();
  } finally {
    leave(outside);
  }
  observer.progress?.(1, recorder.length);
  return { outcome, unapplied: [...pending.values()].flat() };
}

/** @throws RequestError for an action that the lab does not declare, or an argument that the action does not have */
function requireActions({ actions = [] }: Lab, interventions: readonly Intervention[]): void {
  for (const { action, arguments: given } of interventions) {
    const declared = actions.find((one) => one.id === action);
    if (!declared) {
      const known = actions.length === 0 ? 'it has none' : `use ${actions.map(({ id }) => id).join(' or ')}`;
      throw new RequestError(`there is no action '${action}' in this lab: ${known}`);
    }
    const argument = declared.argument ?? (declared.target === 'node' ? 'node' : undefined);
    const stranger = Object.keys(given).find((name) => name !== argument);
    if (stranger !== undefined) {
      const takes = argument === undefined ? 'no argument' : `the argument '${argument}'`;
      throw new RequestError(`'${action}' has no argument '${stranger}': it takes ${takes}`);
    }
  }
}

function byOperation(interventions: readonly Intervention[]): Map<number, Intervention[]> {
  const byIndex = new Map<number, Intervention[]>();
  for (const intervention of interventions) {
    const index = /^#(-1|\d+)$/.exec(intervention.anchor)?.[1];
    if (index === undefined) {
      throw new RequestError(
        `'${intervention.anchor}' is no anchor in a lab of operations: write '#n' for after operation n`,
      );
    }
    const list = byIndex.get(Number(index)) ?? [];
    list.push(intervention);
    byIndex.set(Number(index), list);
  }
  return byIndex;
}
