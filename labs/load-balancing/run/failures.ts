/**
 * What befalls the servers, written down: `A down 3.5s..5s; B slow x4 10s..20s; C pause 1s..2s; D drain 5s..`.
 * An end left out means: for the rest of the run.
 */
import { milliseconds, seconds, type Nanoseconds, type ScheduledAction } from 'system-design-labs/engine';

/** One entry of the schedule. */
export interface Failure {
  server: string;
  /**
   * down: it crashes, with all it has in hand. slow: its services take `factor` times as long. pause: it
   * stands still and then goes on. drain: it is well, and an operator takes it out of rotation.
   */
  what: 'down' | 'slow' | 'pause' | 'drain';
  /** Of a slow server; 1 for the others. */
  factor: number;
  from: Nanoseconds;
  /** Infinity for the rest of the run. */
  to: Nanoseconds;
}

const entry =
  /^(?<server>\S+)\s+(?:(?<what>down|pause|drain)|slow\s+x(?<factor>[\d.]+))\s+(?<from>[\d.]+m?s)\.\.(?<to>[\d.]+m?s)?$/;
const example = 'A down 3.5s..5s; B slow x4 10s..20s; C pause 1s..2s; D drain 5s..';

/** @throws RangeError naming the entry that makes no sense, and how one is written */
export function parseFailures(text: string): Failure[] {
  return text
    .split(';')
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .map((part) => {
      const groups = entry.exec(part)?.groups;
      const factor = Number(groups?.factor ?? 1);
      const from = timeOf(groups?.from);
      const to = groups?.to === undefined ? Infinity : timeOf(groups.to);
      if (!groups || !(factor > 0) || !(from < to)) {
        throw new RangeError(`'${part}' is no failure: write ${example}`);
      }
      return { server: groups.server!, what: (groups.what ?? 'slow') as Failure['what'], factor, from, to };
    });
}

function timeOf(text: string | undefined): Nanoseconds {
  if (text === undefined) return NaN;
  return text.endsWith('ms') ? milliseconds(Number(text.slice(0, -2))) : seconds(Number(text.slice(0, -1)));
}

/** What the simulator has to do about them. Draining is no fault: the balancer does that itself. */
export function faultsOf(failures: readonly Failure[]): ScheduledAction[] {
  return failures.flatMap(({ server, what, factor, from, to }): ScheduledAction[] => {
    const begins = { at: from, node: server };
    const ends = { at: to, node: server };
    switch (what) {
      case 'down':
        return actions([begins, 'crash'], [ends, 'restart']);
      case 'pause':
        return actions([begins, 'pause'], [ends, 'resume']);
      case 'slow':
        return actions([begins, 'slow', { factor }], [ends, 'slow', { factor: 1 }]);
      case 'drain':
        return [];
    }
  });
}

type Step = [when: { at: Nanoseconds; node: string }, action: string, given?: Record<string, number>];

function actions(...steps: Step[]): ScheduledAction[] {
  return steps
    .filter(([{ at }]) => at < Infinity)
    .map(([{ at, node }, action, given = {}]) => ({ at, action, arguments: { node, ...given } }));
}
