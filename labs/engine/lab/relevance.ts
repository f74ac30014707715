/** Which parameters mean something: to an algorithm, and with the values that the others have. */
import type { ParameterValue } from './parameter.ts';

/** What is asked of an algorithm, declared or as data. */
interface User {
  uses?: readonly string[] | undefined;
  broken?: unknown;
}

/** The parameter that takes the meaning from one by its value, and the values with which it would have one. */
export function unmet(
  { when = {} }: { when?: Readonly<Record<string, readonly ParameterValue[]>> | undefined },
  values: Readonly<Record<string, ParameterValue | undefined>>,
): { other: string; wanted: readonly ParameterValue[] } | undefined {
  // A form has numbers as texts.
  const found = Object.entries(when).find(([other, wanted]) => !wanted.some((one) => `${one}` === `${values[other]}`));
  return found && { other: found[0], wanted: found[1] };
}

/**
 * Whose parameter one is that means nothing to an algorithm: others name it among what they use, and this one does not.
 * @returns nobody where it means something, or is nobody's in particular
 */
export function othersThatUse<Algorithm extends User>(
  algorithms: readonly Algorithm[],
  algorithm: User,
  parameter: string,
): Algorithm[] {
  if (!algorithm.uses || algorithm.uses.includes(parameter)) return [];
  return algorithms.filter(({ uses, broken }) => uses?.includes(parameter) && !broken);
}
