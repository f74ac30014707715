/**
 * What befalls the servers, written down: `A down 3.5s..5s; B slow x4 10s..20s; C pause 1s..2s; D drain 5s..`.
 * An end left out means: for the rest of the run. Entries may overlap.
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

/** How a server is at some moment, of all that befalls it then. */
interface Condition {
  down: boolean;
  paused: boolean;
  /** 1 for one that is as fast as ever. */
  slowness: number;
}

const well: Condition = { down: false, paused: false, slowness: 1 };

/**
 * Entries that overlap add up: a server is down, paused or drained as long as any of them says so, and where several
 * make it slow, the slowest counts. Being down goes over standing still: it can only stand still again once it is back.
 */
function conditionAt(failures: readonly Failure[], time: Nanoseconds): Condition {
  const lasting = failures.filter(({ from, to }) => from <= time && time < to);
  const factors = lasting.filter(({ what }) => what === 'slow').map(({ factor }) => factor);
  return {
    down: lasting.some(({ what }) => what === 'down'),
    paused: lasting.some(({ what }) => what === 'pause'),
    slowness: factors.length === 0 ? 1 : Math.max(...factors),
  };
}

/** What the simulator has to do about them. Draining is no fault: the balancer does that itself. */
export function faultsOf(failures: readonly Failure[]): ScheduledAction[] {
  return [...byServer(failures)].flatMap(([node, own]) => {
    const times = own.flatMap(({ from, to }) => [from, to]).filter((time) => time < Infinity);
    let was = well;
    return [...new Set(times)]
      .sort((one, other) => one - other)
      .flatMap((at): ScheduledAction[] => {
        const is = conditionAt(own, at);
        const steps = stepsBetween(was, is);
        was = is;
        return steps.map(([action, given = {}]) => ({ at, action, arguments: { node, ...given } }));
      });
  });
}

type Step = [action: string, given?: Record<string, number>];

function stepsBetween(was: Condition, is: Condition): Step[] {
  const steps: Step[] = [];
  if (is.slowness !== was.slowness) steps.push(['slow', { factor: is.slowness }]);
  if (is.down !== was.down) steps.push([is.down ? 'crash' : 'restart']);
  if (is.down) return steps; // whoever crashes stands still no longer
  const stood = was.paused && !was.down;
  if (is.paused !== stood) steps.push([is.paused ? 'pause' : 'resume']);
  return steps;
}

/** The stretches over which servers are down (or drained), one after the other: entries that overlap or touch are one. */
export function stretches(failures: readonly Failure[], what: 'down' | 'drain'): Failure[] {
  return [...byServer(failures.filter((one) => one.what === what)).values()].flatMap((own) => {
    const united: Failure[] = [];
    for (const one of own.toSorted((a, b) => a.from - b.from)) {
      const last = united.at(-1);
      if (last && one.from <= last.to) last.to = Math.max(last.to, one.to);
      else united.push({ ...one });
    }
    return united;
  });
}

function byServer(failures: readonly Failure[]): Map<string, Failure[]> {
  return Map.groupBy(failures, ({ server }) => server);
}
