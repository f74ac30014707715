/** The rows that set theory beside measurement, each with the range that luck explains. */
import { exp, studentQuantile, type BatchMeans, type Theory } from 'system-design-labs/engine';
import type { Measurements } from './measurements.ts';
import type { Values } from '../parameters.ts';
import type { Prediction } from './prediction.ts';
import { spreads } from './service-time.ts';

/** Percentiles that are reported, as metric names and shares. */
export const percentiles = { p50: 0.5, p95: 0.95, p99: 0.99 } as const;

/** The curves over time that show percentiles, as the panel's charts name them. */
const curves: Readonly<Record<string, string>> = {
  p50: '50th percentile',
  p95: '95th percentile',
  p99: '99th percentile',
};

const level = 0.99;
/** Standard deviations that reach 99 % of a normal distribution. */
const reach99 = 2.576;
/** A run must be so many times longer than its memory before batch means can say how far luck reaches. */
const longEnough = 30;
/** Relative error of a histogram with three digits. */
const histogramError = 1e-3;

/**
 * @param prediction undefined where no formula speaks of this run
 */
export function theoryRows(
  prediction: Prediction | undefined,
  measurements: Measurements,
  metrics: Readonly<Record<string, number>>,
  values: Values,
): Theory[] {
  const rows = [littleRow(measurements), utilizationRow(measurements, metrics, values)];
  if (prediction) rows.push(...queueRows(prediction, measurements, metrics, values));
  return rows.filter((row) => row !== undefined).filter(isWhole);
}

/** Of a run in which nobody was served, or no time went by, some figures do not exist: nothing can be set beside them. */
function isWhole({ measured, low, high, expected }: Theory): boolean {
  return [measured, low, high, expected].every((figure) => Number.isFinite(figure));
}

function queueRows(
  { meanTimeInSystem, meanWait, rejectShare, quantile, formula, condition, memory, excess }: Prediction,
  { timeInSystem, wait, failure, beyond }: Measurements,
  metrics: Readonly<Record<string, number>>,
  { serviceRate }: Values,
): Theory[] {
  const row = (metric: string, expected: number, low: number, high: number, enough: number): Theory[] => {
    const measured = metrics[metric];
    if (measured === undefined) return [];
    const short = `too few requests to tell a deviation from luck: ${Math.ceil((enough * memory) / 0.9)} would do`;
    const objection = condition ?? (timeInSystem.count < enough * memory ? short : undefined);
    const title = curves[metric];
    const curve =
      title === undefined ? {} : { curve: { chart: 'Time in system, ms', title, scale: 1000 / serviceRate } };
    const common = { metric, measured, low, high, expected, formula, ...curve };
    if (objection !== undefined) return [{ ...common, agrees: null, condition: objection }];
    return [{ ...common, agrees: low <= measured && measured <= high }];
  };
  const meanRow = (metric: string, expected: number, samples: BatchMeans): Theory[] => {
    const { above, below } = luck(samples);
    return row(metric, expected, Math.max(0, expected - below), expected * (1 + excess) + above, longEnough);
  };
  const percentileRow = (metric: string, share: number, tail: BatchMeans): Theory[] => {
    const factor = exp(relativeLuck(tail));
    if (Number.isNaN(factor)) return []; // hardly a request, or none that took so long
    const low = percentileIf(quantile!, share, 1 / factor) * (1 - histogramError);
    const high = percentileIf(quantile!, share, factor) * (1 + excess + histogramError);
    // The rarer what one looks at, the longer one has to look.
    return row(metric, quantile!(share), low, high, longEnough / Math.sqrt(1 - share));
  };
  return [
    ...meanRow('meanTimeInSystem', meanTimeInSystem, timeInSystem),
    ...meanRow('meanWait', meanWait, wait),
    ...(rejectShare === undefined ? [] : meanRow('failedShare', rejectShare, failure)),
    ...Object.entries(quantile === undefined ? {} : percentiles).flatMap(([metric, share], i) =>
      percentileRow(metric, share, beyond[i]!),
    ),
  ];
}

/** How far a mean may stray from the truth to either side; NaN where there are too few values to tell. */
function luck(samples: BatchMeans): { above: number; below: number } {
  const { mean, low, high } = samples.interval(level);
  return { above: mean - low, below: high - mean };
}

/** The same for a rare share, as a power of e: a run that saw few of them also saw too little scatter. */
function relativeLuck(samples: BatchMeans): number {
  const { count, mean } = samples.interval(level);
  return count === 0 ? NaN : (studentQuantile(level, count - 1) * samples.standardError) / mean;
}

/** Where a percentile lies in a run in which every tail is heavier by a factor. */
function percentileIf(quantile: (share: number) => number, share: number, heavier: number): number {
  return quantile(1 - Math.min((1 - share) / heavier, 1 - 1e-6));
}

/** Little's law: not a matter of luck, it holds to the last digit. */
function littleRow(measurements: Measurements): Theory {
  const { numberPresent, integral, accounted, holds, discrepancy } = measurements.littlesLaw();
  const expected = integral === 0 ? numberPresent : (numberPresent * accounted) / integral;
  const rounding = Math.abs(expected) * Math.max(discrepancy, 1e-9);
  return {
    metric: 'meanPresent',
    measured: numberPresent,
    expected,
    low: holds ? expected - rounding : expected,
    high: holds ? expected + rounding : expected,
    agrees: holds,
    formula: 'L = λW, with the requests that straddle the edges of the window (Little 1961)',
  };
}

/** Work that arrives is work that is done, whoever does it. */
function utilizationRow(
  { timeInSystem, served }: Measurements,
  { utilization }: Readonly<Record<string, number>>,
  { arrivals, arrivalRate: load, serviceTime, slowness, failures, queueLimit, servers, concurrency }: Values,
): Theory | undefined {
  if (arrivals === 'closed' || utilization === undefined || load >= 1) return undefined;
  const { squaredVariation } = spreads[serviceTime];
  const arrivalVariation = { poisson: 1, constant: 0, bursty: 10 }[arrivals];
  const error = reach99 * load * Math.sqrt((squaredVariation + arrivalVariation) / timeInSystem.count);
  // What waits at either edge of the window arrived in it and is not done in it, or the other way round.
  const edge = (3 * servers * concurrency * load) / (1 - load) / timeInSystem.count;
  // Who is given more than it can do keeps the rest waiting for a queue that never ends.
  const counts = [...served.values()];
  const busiest = (Math.max(...counts) / counts.reduce((sum, count) => sum + count, 0)) * servers * load;
  const condition =
    slowness.trim() !== '' || failures.trim() !== '' || queueLimit < 1000
      ? 'the formula wants equal servers that never fail and turn nobody away'
      : busiest >= 1
        ? 'the formula wants no server to get more than it can do'
        : undefined;
  const low = load - error - edge;
  const high = load + error + edge;
  return {
    metric: 'utilization',
    measured: utilization,
    expected: load,
    low,
    high,
    agrees: condition === undefined ? low <= utilization && utilization <= high : null,
    formula: 'utilization = ρ: the work that arrives over the work that can be done',
    curve: { chart: 'Being served, per server', title: 'mean of all', scale: concurrency },
    ...(condition === undefined ? {} : { condition }),
  };
}
