/** From the times of a contest to the rows that are shown, and to what makes them doubtful. */
import { verdictOf } from '../../../labs/engine/benchmark/verdict.ts';
import type { BenchmarkRow } from '../../../labs/engine/protocol/panel.ts';
import type { Measurement } from './contest.ts';
import { median, medianWithInterval, relativeSpread, speedRatio } from './statistics.ts';

/** What a row says of a contender besides its figures. */
export interface RowFacts {
  contender: string;
  kind: BenchmarkRow['kind'];
  version: string;
}

type Measured = Measurement<RowFacts>;

/** Nanoseconds that a turn of an empty loop takes, generously: an operation that costs no more does nothing. */
const emptyLoop = 0.6;

/** The rows of one group, in the order of its measurements. */
export function rowsOf(group: string, all: readonly Measured[]): BenchmarkRow[] {
  const measurements = all.map(withoutNothing);
  const finished = measurements.filter(({ times }) => times.length > 0);
  const peers = finished.filter(({ facts }) => facts.kind === 'peer');
  const bestPeer = peers.toSorted((a, b) => median(a.times) - median(b.times))[0];
  return measurements.map((measurement): BenchmarkRow => {
    const { facts, times, problem, bytesPerOp } = measurement;
    if (times.length === 0) {
      return {
        group,
        ...facts,
        nsPerOp: NaN,
        ratioToBestPeer: null,
        low: NaN,
        high: NaN,
        problem: problem ?? 'was not measured',
      };
    }
    const time = medianWithInterval(times);
    const ratio = bestPeer && speedRatio(times, bestPeer.times);
    const ours = finished.find(
      (other) => other.facts.kind === 'ours' && other.facts.contender === facts.contender && facts.kind === 'edited',
    );
    return {
      group,
      ...facts,
      nsPerOp: time.value,
      ratioToBestPeer: ratio?.value ?? null,
      low: (ratio ?? time).low,
      high: (ratio ?? time).high,
      bytesPerOp,
      ...verdict(measurement, bestPeer, finished),
      ...(ours ? { besideOurs: besideOurs(times, ours.times) } : {}),
    };
  });
}

/** Takes the figures from who did nothing. The fastest round tells: disturbances only ever add time. */
function withoutNothing(measurement: Measured): Measured {
  if (!(Math.min(...measurement.times) < emptyLoop)) return measurement;
  return { ...measurement, times: [], problem: 'takes no time: it returns at once, or was optimised away' };
}

/** Beside the best peer; where there is none, beside the floor. */
function verdict(
  measurement: Measured,
  bestPeer: Measured | undefined,
  finished: readonly Measured[],
): { verdict?: string } {
  const other = bestPeer ?? finished.find(({ facts }) => facts.kind === 'floor');
  if (!other || other === measurement) return {};
  const name = other === bestPeer ? `${other.facts.contender} ${other.facts.version}` : 'the floor';
  return { verdict: verdictOf(speedRatio(measurement.times, other.times), name) };
}

function besideOurs(times: readonly number[], ours: readonly number[]): NonNullable<BenchmarkRow['besideOurs']> {
  const { value: ratio, low, high } = speedRatio(times, ours);
  return { ratio, low, high, verdict: verdictOf({ low, high }, 'the version that ships') };
}

/** What a reader should know before believing the figures. */
export function doubtsAbout(group: string, measurements: readonly Measured[]): string[] {
  const doubts: string[] = [];
  const finished = measurements.filter(({ times }) => times.length > 0);
  const wall = finished.reduce((sum, one) => sum + one.wall, 0);
  const cpu = finished.reduce((sum, one) => sum + one.cpu, 0);
  const stolen = 1 - cpu / wall;
  if (stolen > 0.15) {
    doubts.push(
      `${group}: other programs took ${(stolen * 100).toFixed(0)} % of the processor meanwhile; close them and measure again`,
    );
  }
  const unsteady = finished.filter(({ times }) => relativeSpread(times) > 0.1).map(({ facts }) => facts.contender);
  if (unsteady.length > 0) {
    doubts.push(`${group}: the times of ${unsteady.join(', ')} differ by more than a tenth from round to round`);
  }
  return doubts;
}
