/** What a sweep's picture and table show: measured points with their intervals, and theory's line between them. */
import { curveOf, type CurvePoint } from '../../../labs/engine/compare/sweep.ts';
import type { ParameterValue } from '../../../labs/engine/lab/parameter.ts';
import type { Expectation } from '../../../labs/engine/lab/report.ts';
import type { SweepRequest, SweepRun } from '../../../labs/engine/protocol/panel.ts';

/** One algorithm of a sweep, under one metric. */
export interface SweepCurve {
  algorithm: string;
  points: CurvePoint[];
  /** Values of which every run failed, with the reason of the first. */
  failed: { value: ParameterValue; why: string }[];
  /** What theory expects, at values of its own; empty where it says nothing. `condition`: why it cannot be held against a point. */
  theory: { value: ParameterValue; expected: number; condition?: string }[];
  /** The formulas that the line is made of, and why they cannot be held against the points, each once. */
  formulas: string[];
  conditions: string[];
}

/** The curves of a sweep under one metric, one for each algorithm. */
export function sweepCurves(
  request: SweepRequest,
  runs: readonly SweepRun[],
  expectations: readonly Expectation[][][],
  metric: string,
): SweepCurve[] {
  return request.algorithms.map((algorithm, i) => {
    const own = runs.filter((run) => run.algorithm === algorithm);
    const points = curveOf(metric, request.values, own).map(within(own.map(({ metrics }) => metrics[metric])));
    const said = theoryAt(request, expectations[i] ?? [], own, metric);
    return {
      algorithm,
      points,
      failed: request.values.flatMap((value) => {
        const why = own.find((run) => run.value === value)?.failure?.message;
        return why === undefined || points.some((point) => point.value === value) ? [] : [{ value, why }];
      }),
      theory: said.map(({ value, expected, condition }) => ({
        value,
        expected,
        ...(condition === undefined ? {} : { condition }),
      })),
      formulas: distinct(said.map(({ formula }) => formula)),
      conditions: distinct(said.flatMap(({ condition }) => condition ?? [])),
    };
  });
}

/** Keeps intervals within what can be: where no run has measured less than nothing, no interval reaches below. */
function within(measured: readonly (number | undefined)[]): (point: CurvePoint) => CurvePoint {
  if (measured.some((value) => value !== undefined && value < 0)) return (point) => point;
  return (point) =>
    point.interval && point.interval.low < 0 ? { ...point, interval: { ...point.interval, low: 0 } } : point;
}

/** Close together where the lab can say beforehand; otherwise what the runs themselves were told. */
function theoryAt(
  { curveAt, values }: SweepRequest,
  expectations: readonly (readonly Expectation[])[],
  runs: readonly SweepRun[],
  metric: string,
): (Expectation & { value: ParameterValue })[] {
  const ofMetric = (list: readonly Expectation[] | undefined): Expectation | undefined =>
    list?.find((one) => one.metric === metric);
  const dense = curveAt.flatMap((value, i) => {
    const one = ofMetric(expectations[i]);
    return one ? [{ ...one, value }] : [];
  });
  if (dense.length > 0) return dense;
  return values.flatMap((value) => {
    const one = ofMetric(runs.find((run) => run.value === value)?.theory);
    return one ? [{ ...one, value }] : [];
  });
}

/**
 * The value of the theory at a point, for the table.
 * @returns why it cannot be held against the point, where it cannot; undefined where theory says nothing near it
 */
export function theoryNear({ theory }: SweepCurve, value: ParameterValue): number | { condition: string } | undefined {
  const exact = theory.find((one) => one.value === value);
  if (exact?.condition !== undefined) return { condition: exact.condition };
  if (exact || typeof value === 'string') return exact?.expected;
  // Between two values of the line: it is dense enough for a straight one.
  const after = theory.findIndex((one) => Number(one.value) > value);
  const [left, right] = [theory[after - 1], theory[after]];
  if (!left || !right) return undefined;
  const condition = left.condition ?? right.condition;
  if (condition !== undefined) return { condition };
  const share = (value - Number(left.value)) / (Number(right.value) - Number(left.value));
  return left.expected + share * (right.expected - left.expected);
}

function distinct(texts: readonly string[]): string[] {
  return [...new Set(texts)];
}
