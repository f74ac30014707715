/** A parameter swept over a range: the curve of each metric, an interval at every point. */
import type { ParameterEntry } from '../lab/catalogue.ts';
import type { ParameterValue } from '../lab/parameter.ts';
import type { RunReport } from '../lab/report.ts';
import { meanInterval, type Interval } from '../metrics/interval.ts';
import { commonMetrics } from './paired.ts';

const maxPoints = 1000;

/** Which values a parameter takes in turn. */
export interface Sweep {
  parameter: string;
  values: ParameterValue[];
}

/**
 * Holds a sweep to a parameter that has points to go through: a number, or a choice.
 * @param text as `parseSweep` reads it
 * @throws RangeError that names those of the lab
 */
export function requireSweepable(parameters: readonly ParameterEntry[], text: string): void {
  const name = text.split('=', 1)[0]!;
  const found = parameters.find((parameter) => parameter.name === name);
  if (found && found.type !== 'text') return;
  const others = parameters.filter(({ type }) => type !== 'text').map((parameter) => parameter.name);
  const mend = others.length > 0 ? `use ${others.join(', ')}` : 'this lab has none that can be';
  throw new RangeError(
    found ? `'${name}' is a text and cannot be swept: ${mend}` : `there is no parameter '${name}' to sweep: ${mend}`,
  );
}

/**
 * Reads `arrivalRate=0.1..0.9/0.1` (from..to/step), `servers=1,2,4,8` or `topology=perServer,sharedQueue`.
 * @throws RangeError when the text is none of these, or asks for more than a thousand points
 */
export function parseSweep(text: string): Sweep {
  const [, parameter, list] = /^(\w+)=(.+)$/.exec(text) ?? [];
  if (parameter === undefined || list === undefined) throw noSweep(text);
  const range = /^([-\d.e]+?)\.\.([-\d.e]+)\/([\d.e-]+)$/.exec(list);
  if (!range) {
    const values = list.split(',').map((word) => word.trim());
    if (values.includes('') || list.includes('..')) throw noSweep(text);
    return {
      parameter,
      values: limited(
        text,
        values.map((word) => (Number.isNaN(Number(word)) ? word : Number(word))),
      ),
    };
  }
  const [from, to, step] = range.slice(1).map(Number) as [number, number, number];
  if (!(step > 0 && to >= from)) throw noSweep(text);
  const steps = Math.floor((to - from) / step + 1e-9);
  if (steps >= maxPoints) limited(text, new Array<number>(steps + 1));
  // Multiples of the step, rounded to what was written: adding 0.1 nine times does not give 0.9.
  const points = Array.from({ length: steps + 1 }, (_, index) => Number((from + index * step).toPrecision(12)));
  return { parameter, values: points };
}

function limited<Value>(text: string, values: Value[]): Value[] {
  if (values.length > maxPoints) throw new RangeError(`'${text}' has more than ${maxPoints} points: take fewer`);
  return values;
}

function noSweep(text: string): RangeError {
  return new RangeError(`'${text}' is no sweep: write arrivalRate=0.1..0.9/0.1 or servers=1,2,4,8`);
}

/** One point of a curve. */
export interface CurvePoint {
  value: ParameterValue;
  mean: number;
  /** 95 % interval over the seeds; null where there was only one. */
  interval: Interval | null;
}

/** One run of a sweep, as far as its curve is concerned. */
export interface SweptRun {
  /** Of the parameter that is swept. */
  value: ParameterValue;
  metrics: Readonly<Record<string, number>>;
}

/** The curve of one metric over the values of a sweep; values without a run that has the metric are left out. */
export function curveOf(metric: string, values: readonly ParameterValue[], runs: readonly SweptRun[]): CurvePoint[] {
  return values.flatMap((value) => {
    const at = runs.flatMap((run) => {
      const figure = run.value === value ? run.metrics[metric] : undefined;
      return figure !== undefined && Number.isFinite(figure) ? [figure] : [];
    });
    if (at.length === 0) return [];
    const mean = at.reduce((sum, one) => sum + one, 0) / at.length;
    return [{ value, mean, interval: at.length > 1 ? meanInterval(at, 0.95) : null }];
  });
}

/**
 * The curve of every metric over the swept parameter.
 * @param reports of all points and seeds, in any order
 */
export function curves(sweep: Sweep, reports: readonly RunReport[]): Record<string, CurvePoint[]> {
  const runs = reports.map(({ parameters, metrics }) => ({ value: parameters[sweep.parameter]!, metrics }));
  return Object.fromEntries(commonMetrics(reports).map((metric) => [metric, curveOf(metric, sweep.values, runs)]));
}
