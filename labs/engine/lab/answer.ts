/** The answer to a scenario's question, which is the first thing that the results of a run say. */
import type { Lab, Scenario } from './lab.ts';
import { resolveParameters, type ParameterValue } from './parameter.ts';
import type { RunReport } from './report.ts';

/** What an answer is made from. */
export type AnsweredRun = Pick<RunReport, 'algorithm' | 'metrics' | 'checks' | 'result'> & {
  parameters: Readonly<Record<string, ParameterValue>>;
};

/**
 * A sentence that is true of any algorithm, with the reason where one is known for this one. No reason is given where a check
 * came out as nobody expected: what ran then is not what the reason speaks of.
 * @param said without the full stop
 * @param reasons by algorithm, what follows *because*
 */
export function because(said: string, run: AnsweredRun, reasons: Readonly<Record<string, string>>): string {
  const reason = run.checks.every(({ ok }) => ok) && Object.hasOwn(reasons, run.algorithm);
  return reason ? `${said}, because ${reasons[run.algorithm]!}.` : `${said}.`;
}

/**
 * The take-aways of a run, the answer to its scenario's question before all others, none of them said twice. With other
 * parameters than those of the scenario or of its other half, the question is another one.
 */
export function answeredFirst(lab: Lab, scenario: Scenario, report: RunReport): string[] {
  const { takeaways } = report;
  const answer = isAsked(lab, scenario, report) ? scenario.answer?.(report) : undefined;
  if (answer === undefined) return takeaways;
  return [answer, ...takeaways.filter((sentence) => !answer.startsWith(sentence.replace(/\.$/, '')))];
}

function isAsked({ parameters }: Lab, { parameters: own, beside }: Scenario, report: RunReport): boolean {
  return [own, { ...own, ...beside?.parameters }].some((given) => {
    const asked = resolveParameters(parameters, { ...given });
    return Object.entries(asked).every(([name, value]) => report.parameters[name] === value);
  });
}
