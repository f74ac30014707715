/** A run as `lab run --json` prints it: a contract with the scripts that read it. */
import type { ScenarioEntry } from '../../../labs/engine/lab/catalogue.ts';
import type { RunReport } from '../../../labs/engine/lab/report.ts';
import type { RunFailure } from '../run.ts';
import { withoutEffectAsJson } from './without-effect.ts';

/** A run that came to its end. @param of the scenario that it was of */
export function reportAsJson(report: RunReport, of: Pick<ScenarioEntry, 'world' | 'nature'>) {
  const { lab, algorithm, scenario, seed, parameters, trace, metrics, theory, checks, result, takeaways } = report;
  const { world, nature } = of;
  return {
    lab,
    kind: world,
    clock: nature.clock,
    algorithm,
    scenario,
    seed,
    parameters,
    trace: { events: trace.events, hash: trace.hash },
    metrics,
    theory: theory.map(({ metric, measured, low, high, expected, agrees }) => ({
      metric,
      measured,
      low,
      high,
      expected,
      agrees,
    })),
    checks: checks.map(({ name, verdict, expected, ok, detail }) => ({ name, verdict, expected, ok, detail })),
    result,
    takeaways,
    ...withoutEffectAsJson([report]),
  };
}

/** What was asked for, as far as it was said. */
export interface Asked {
  algorithm?: string;
  scenario?: string;
  seed: number;
}

/** A run that went wrong; algorithm and scenario are null where none was named and the lab could not be read. */
export function failureAsJson(lab: string, { algorithm, scenario, seed }: Asked, failure: RunFailure) {
  const { reason, message, location } = failure;
  const asked = { lab, algorithm: algorithm ?? null, scenario: scenario ?? null, seed };
  return { ...asked, failure: { reason, message, ...(location ? { location } : {}) } };
}
