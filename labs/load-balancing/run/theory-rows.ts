/** The rows that set theory beside measurement, each with the range that luck explains. */
import { exp, studentQuantile, type BatchMeans, type Theory } from 'system-design-labs/engine';
import { parameters, type Values } from '../parameters.ts';
import { warmUpShare, type Measurements } from './measurements.ts';
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
  prediction: Prediction,
  { timeInSystem, wait, failure, beyond }: Measurements,
  metrics: Readonly<Record<string, number>>,
  { serviceRate }: Values,
): Theory[] {
  const { meanTimeInSystem, meanWait, waitProbability, rejectShare, quantile, formula, memory } = prediction;
  const { above: aboveMean = 0, aside = 0 } = prediction.inexact ?? {};
  /** @param enough so many times the memory it takes before chance can be told from a deviation */
  const row = (metric: string, expected: number, low: number, high: number, enough: number): Theory[] => {
    const measured = metrics[metric];
    if (measured === undefined) return [];
    const condition = prediction.condition ?? tooShort(timeInSystem.count, enough * memory);
    const title = curves[metric];
    const curve =
      title === undefined ? {} : { curve: { chart: 'Time in system, ms', title, scale: 1000 / serviceRate } };
    const common = { metric, measured, low, high, expected, formula, ...curve };
    if (condition !== undefined) return [{ ...common, agrees: null, condition }];
    return [{ ...common, agrees: low <= measured && measured <= high }];
  };
  /** @param share of the values that are not 0: a run that has seen few of them cannot say how far they scatter */
  const meanRow = (metric: string, expected: number, samples: BatchMeans, share = 1): Theory[] => {
    const { above, below } = luck(samples);
    return row(metric, expected, Math.max(0, expected - below), expected + aboveMean + above, longEnough / share);
  };
  const percentileRow = (metric: string, share: number, tail: BatchMeans): Theory[] => {
    const factor = exp(relativeLuck(tail));
    if (Number.isNaN(factor)) return []; // hardly a request, or none that took so long
    const low = percentileIf(quantile!, share, 1 / factor) * (1 - aside - histogramError);
    const high = percentileIf(quantile!, share, factor) * (1 + aside + histogramError);
    // The rarer what one looks at, the longer one has to look.
    return row(metric, quantile!(share), low, high, longEnough / Math.sqrt(1 - share));
  };
  return [
    ...meanRow('meanTimeInSystem', meanTimeInSystem, timeInSystem),
    ...meanRow('meanWait', meanWait, wait, waitProbability),
    ...(rejectShare === undefined ? [] : meanRow('failedShare', rejectShare, failure, rejectShare)),
    ...Object.entries(quantile === undefined ? {} : percentiles).flatMap(([metric, share], i) =>
      percentileRow(metric, share, beyond[i]!),
    ),
  ];
}

/** Why a run of so many measured requests cannot be held against a formula that takes `enough` of them, if so. */
function tooShort(measured: number, enough: number): string | undefined {
  if (measured >= enough) return undefined;
  const requests = Math.ceil(enough / (1 - warmUpShare));
  return requests <= parameters.requests.max
    ? `too few requests to tell a deviation from luck: ${requests} would do`
    : 'it happens to so few requests that no run tells a deviation from luck';
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
  { arrivals, arrivalRate: load, serviceTime, slowness, failures, queueLimit, servers, concurrency, topology }: Values,
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
      : busiest >= 1 && topology === 'perServer'
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
