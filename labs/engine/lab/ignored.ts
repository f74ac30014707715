/** Which of the settings that somebody chose change nothing in their run: said, so that nobody draws a conclusion from them. */
import type { Algorithm, Lab, Scenario } from './lab.ts';
import { resolveParameters, type ParameterSet, type ParameterValue } from './parameter.ts';
import { othersThatUse, unmet } from './relevance.ts';
import type { Ignored } from './report.ts';

type Values = Readonly<Record<string, ParameterValue>>;

/**
 * What is ignored of a request.
 * @param given parameters as the request names them; those that are as the scenario has them were not chosen
 * @param values what the run uses
 */
export function ignoredIn(
  lab: Lab,
  algorithm: Algorithm<unknown>,
  scenario: Scenario,
  given: Readonly<Record<string, unknown>>,
  values: Values,
): Ignored[] {
  const usual = resolveParameters(lab.parameters, scenario.parameters) as Values;
  const chosen = Object.keys(given).filter((name) => values[name] !== usual[name]);
  const ignored: Ignored[] = [];
  for (const name of chosen) {
    const why = whyUnmet(lab.parameters, name, values) ?? whyUnused(lab.algorithms, algorithm, name);
    if (why !== undefined) ignored.push({ what: name, why });
  }
  const said = lab.ignored?.(values as Parameters<NonNullable<Lab['ignored']>>[0], algorithm.id) ?? [];
  return [...ignored, ...said.filter(({ what }) => !ignored.some((one) => one.what === what))];
}

/** Why a parameter does not count with these values of the others. */
function whyUnmet(parameters: ParameterSet, name: string, values: Values): string | undefined {
  const { other, wanted } = unmet(parameters[name]!, values) ?? {};
  if (other === undefined) return undefined;
  return `it counts where ${other} is ${listed(wanted!.map(String))}, and here it is ${values[other]}`;
}

/** Why a parameter means nothing to an algorithm: others name it among what they use, and this one does not. */
function whyUnused(
  algorithms: readonly Algorithm<unknown>[],
  algorithm: Algorithm<unknown>,
  name: string,
): string | undefined {
  const users = othersThatUse(algorithms, algorithm, name);
  return users.length === 0
    ? undefined
    : `${algorithm.title} does not use it; used by ${listed(
        users.map(({ title }) => title),
        'and',
      )}`;
}

function listed(words: readonly string[], last = 'or'): string {
  return words.length < 2 ? words.join() : `${words.slice(0, -1).join(', ')} ${last} ${words.at(-1)}`;
}
