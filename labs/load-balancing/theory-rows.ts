/** The rows that set theory beside measurement, each with the range that luck explains. */
import type { BatchMeans, Theory } from 'system-design-labs/engine';
import type { Measurements } from './measurements.ts';
import type { Values } from './parameters.ts';
import type { Prediction } from './prediction.ts';
import { spreads } from './service-time.ts';

/** Percentiles that are reported, as metric names and shares. */
export const percentiles = { p50: 0.5, p95: 0.95, p99: 0.99 } as const;

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
  if (prediction) rows.push(...queueRows(prediction, measurements, metrics));
  return rows.filter((row) => row !== undefined);
}

function queueRows(
  prediction: Prediction,
  measurements: Measurements,
  metrics: Readonly<Record<string, number>>,
): Theory[] {
  const { timeInSystem, wait, failure, beyond } = measurements;
  const { formula, memory, quantile } = prediction;
  const tooShort =
    timeInSystem.count < longEnough * memory
      ? `too few requests to tell a deviation from luck: ${Math.ceil(longEnough * memory)} would do`
      : undefined;
  const condition = prediction.condition ?? tooShort;
  const row = (metric: string, expected: number, low: number, high: number): Theory[] => {
    const measured = metrics[metric];
    if (measured === undefined) return [];
    const agrees = condition === undefined ? low <= measured && measured <= high : null;
    return [
      { metric, measured, low, high, expected, agrees, formula, ...(condition === undefined ? {} : { condition }) },
    ];
  };
  const meanRow = (metric: string, expected: number, samples: BatchMeans): Theory[] => {
    const { above, below } = luck(samples);
    return row(metric, expected, expected - below, expected + above);
  };
  return [
    ...meanRow('meanTimeInSystem', prediction.meanTimeInSystem, timeInSystem),
    ...meanRow('meanWait', prediction.meanWait, wait),
    ...(prediction.rejectShare === undefined ? [] : meanRow('failedShare', prediction.rejectShare, failure)),
    ...(quantile === undefined
      ? []
      : Object.entries(percentiles).flatMap(([metric, share], i) => {
          // As many more requests beyond the threshold as luck allows put the percentile where theory has a later one.
          const { above, below } = luck(beyond[i]!);
          const last = 1 - (1 - share) / 10;
          const low = quantile(Math.max(share / 10, share - below)) * (1 - histogramError);
          const high = quantile(Math.min(last, share + above)) * (1 + histogramError);
          return row(metric, quantile(share), low, high);
        })),
  ];
}

/** How far a mean may stray from the truth to either side. */
function luck(samples: BatchMeans): { above: number; below: number } {
  const { mean, low, high } = samples.interval(level);
  if (Number.isNaN(low)) return { above: 0, below: 0 };
  return { above: mean - low, below: high - mean };
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
  { timeInSystem }: Measurements,
  { utilization }: Readonly<Record<string, number>>,
  { arrivals, arrivalRate: load, serviceTime, slowness, failures, queueLimit, servers, concurrency }: Values,
): Theory | undefined {
  if (arrivals === 'closed' || utilization === undefined || load >= 1) return undefined;
  const { squaredVariation } = spreads[serviceTime];
  const arrivalVariation = { poisson: 1, constant: 0, bursty: 10 }[arrivals];
  const error = reach99 * load * Math.sqrt((squaredVariation + arrivalVariation) / timeInSystem.count);
  // What waits at either edge of the window arrived in it and is not done in it, or the other way round.
  const edge = (3 * servers * concurrency * load) / (1 - load) / timeInSystem.count;
  const condition =
    slowness.trim() !== '' || failures.trim() !== '' || queueLimit < 1000
      ? 'the formula wants equal servers that never fail and turn nobody away'
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
    ...(condition === undefined ? {} : { condition }),
  };
}
