/**
 * How the speed of an algorithm has changed between two benchmarks that were held at different times.
 *
 * Times of different sessions say little: the machine of another hour is another machine. What carries over is how each
 * stood beside something that was measured in turn with it and is the same in both: the version that ships, the
 * same release of a package, the floor.
 */
import type { BenchmarkMachine, BenchmarkRow, KeptBenchmark } from '../protocol/panel.ts';
import { verdictOf } from './verdict.ts';

/** A change of speed, with what makes it believable and what does not. */
export interface SpeedChange {
  /** How many times as fast the later one is. */
  ratio: number;
  /** An interval that is too wide rather than too narrow: from the ends of both 95 % intervals. */
  low: number;
  high: number;
  /** '1.2–1.4× faster than before' */
  verdict: string;
  /** What both stood beside: 'consistent-hash 1.2.2'. */
  beside: string;
  /** Why one should doubt it all the same. */
  doubts: string[];
}

/** How fast something was beside something else, of the same run. */
interface Standing {
  beside: string;
  ratio: number;
  low: number;
  high: number;
}

/** @returns undefined where the two have nothing in common that they were measured beside */
export function speedChange(before: KeptBenchmark, after: KeptBenchmark): SpeedChange | undefined {
  if (before.row.group !== after.row.group) return undefined;
  const earlier = standingsOf(before);
  for (const now of standingsOf(after)) {
    const then = earlier.find(({ beside }) => beside === now.beside);
    if (!then) continue;
    const low = now.low / then.high;
    const high = now.high / then.low;
    return {
      ratio: now.ratio / then.ratio,
      low,
      high,
      verdict: verdictOf({ low, high }, 'before', 'these two results can'),
      beside: now.beside,
      doubts: doubtsAbout(before.machine, after.machine),
    };
  }
  return undefined;
}

/** Whether both have measured the same text. */
export function isSameText(one: KeptBenchmark, other: KeptBenchmark): boolean {
  return one.row.kind === other.row.kind && one.row.version === other.row.version;
}

/** The most telling first: what ships does the same work in the same way. */
function standingsOf({ row, beside }: KeptBenchmark): Standing[] {
  if (row.problem !== undefined) return [];
  const standings: Standing[] = [];
  const ours = row.kind === 'ours' ? row : beside.find(({ kind }) => kind === 'ours');
  if (ours && row.besideOurs) standings.push({ ...row.besideOurs, beside: shipped(ours) });
  if (row.kind === 'ours') standings.push({ ratio: 1, low: 1, high: 1, beside: shipped(row) });
  const { ratioToBestPeer: ratio, low, high, nsPerOp } = row;
  const peer = beside.find((one) => one.kind === 'peer' && one.ratioToBestPeer === 1);
  if (ratio !== null && peer) standings.push({ ratio, low, high, beside: `${peer.contender} ${peer.version}` });
  // Without a peer the intervals are those of times, and a ratio of times has one that is wider.
  const floor = beside.find((one) => one.kind === 'floor' && one.ratioToBestPeer === null);
  if (ratio === null && floor && floor.problem === undefined) {
    standings.push({
      ratio: floor.nsPerOp / nsPerOp,
      low: floor.low / high,
      high: floor.high / low,
      beside: `the floor (${floor.contender})`,
    });
  }
  return standings;
}

function shipped({ version }: BenchmarkRow): string {
  return `the version that ships, ${version}`;
}

function doubtsAbout(before: BenchmarkMachine, after: BenchmarkMachine): string[] {
  const doubts: string[] = [];
  if (before.processor !== after.processor || before.platform !== after.platform) {
    doubts.push(
      `Measured on different machines (${before.processor}; ${after.processor}): a ratio carries over only roughly.`,
    );
  }
  if (before.node !== after.node) {
    doubts.push(
      `Measured on different versions of Node (${before.node}, ${after.node}), which compile code differently.`,
    );
  }
  return doubts;
}
