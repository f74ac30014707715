/** Runs that are short enough for many of them. */
import type { Lab, Scenario } from '../lab/lab.ts';
import type { ParameterValue } from '../lab/parameter.ts';

/** A scenario's parameters, made brief where they are not. */
export function briefFor(
  { brief = {} }: Lab,
  { parameters = {} }: Pick<Scenario, 'parameters'>,
): Record<string, ParameterValue> {
  return Object.fromEntries(
    Object.entries(brief as Readonly<Record<string, ParameterValue>>).map(([name, most]) => {
      const own = parameters[name];
      return [name, typeof own === 'number' && typeof most === 'number' ? Math.min(own, most) : (own ?? most)];
    }),
  );
}
