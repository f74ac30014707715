/** Which values a sweep takes: evenly over a range, or every option of a choice. */
import type { ParameterEntry } from '../lab/catalogue.ts';
import type { ParameterValue } from '../lab/parameter.ts';

/** A parameter that can be swept: a number over a range, a choice over its options. */
export type SweepableParameter = Extract<ParameterEntry, { type: 'integer' | 'number' | 'choice' }>;

/**
 * Values evenly spread over a range, both ends included; all options of a choice.
 * @param points how many, 2 or more; of a whole number there may be fewer
 */
export function spreadValues(
  parameter: SweepableParameter,
  from: number,
  to: number,
  points: number,
): ParameterValue[] {
  if (parameter.type === 'choice') return [...parameter.options];
  const values = Array.from({ length: points }, (_, i) => {
    const value = from + ((to - from) * i) / (points - 1);
    // Four digits are what one reads at an axis; the ends stay what they are.
    return parameter.type === 'integer'
      ? Math.round(value)
      : i % (points - 1) === 0
        ? value
        : Number(value.toPrecision(4));
  });
  return [...new Set(values)];
}
