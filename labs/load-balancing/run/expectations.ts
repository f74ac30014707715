/** What theory says of a run before it is run: the curves behind a sweep. */
import type { Expectation } from 'system-design-labs/engine';
import type { Values } from '../parameters.ts';
import { predict } from './prediction.ts';
import { percentiles } from './theory-rows.ts';

/** @returns nothing where no formula comes near */
export function expectations(values: Values, algorithm: string): Expectation[] {
  const prediction = predict(values, algorithm);
  if (!prediction) return [];
  const { meanTimeInSystem, meanWait, rejectShare, quantile, formula, condition } = prediction;
  const times = {
    meanTimeInSystem,
    meanWait,
    ...(quantile
      ? Object.fromEntries(Object.entries(percentiles).map(([metric, share]) => [metric, quantile(share)]))
      : {}),
  };
  const ms = 1000 / values.serviceRate;
  const common = { formula, ...(condition === undefined ? {} : { condition }) };
  return [
    ...Object.entries(times).flatMap(([metric, expected]) => [
      { metric, expected, ...common },
      { metric: `${metric}Ms`, expected: expected * ms, ...common },
    ]),
    ...(rejectShare === undefined ? [] : [{ metric: 'failedShare', expected: rejectShare, ...common }]),
  ];
}
