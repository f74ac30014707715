/** Holds what a lab answers to the questions of its scenarios, under every algorithm, broken and unknown ones included. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Lab, Scenario } from '../lab/lab.ts';
import { briefFor } from './brief.ts';
import { runLab, type Wanted } from './run-lab.ts';

/** A scenario's own run, and that of its other half. */
function halvesOf(lab: Lab, { id, algorithm, beside }: Scenario): Wanted[] {
  const own: Wanted = { scenario: id, algorithm: algorithm ?? lab.algorithms[0]!.id };
  return beside ? [own, { ...own, ...beside }] : [own];
}

/**
 * Declares a test for each scenario.
 * @param declared the lab
 * @param known by scenario, the answers of its own run and of its other half, with seed 1
 * @param own implementations that the lab does not name: exercises, solutions, templates
 */
export function testAnswers(
  declared: unknown,
  known: Readonly<Record<string, readonly string[]>>,
  own: readonly unknown[],
): void {
  const lab = declared as Lab;
  for (const scenario of lab.scenarios) {
    test(`${scenario.id}: the results begin with the answer, with figures and a reason`, () => {
      const halves = halvesOf(lab, scenario);
      const told = halves.map((half) => runLab(lab, half).report.takeaways);
      assert.deepEqual(
        told.map(([answer]) => answer),
        known[scenario.id],
      );
      for (const [answer, ...others] of told) {
        assert.match(answer!, /\d/);
        assert.match(answer!, /, because |: /);
        for (const other of others) assert.ok(!answer!.startsWith(other.slice(0, -1)), `said twice: ${other}`);
      }
    });

    test(`${scenario.id}: whatever runs, the answer is made of figures, and excuses no bug`, () => {
      const worlds = [{}, ...(scenario.beside?.parameters ? [scenario.beside.parameters] : [])];
      const runs = worlds.flatMap((world): Wanted[] => {
        const whole = { ...scenario.parameters, ...world };
        const parameters = { ...world, ...briefFor(lab, { parameters: whole }) };
        return [
          ...lab.algorithms.map(({ id }) => ({ algorithm: id, parameters })),
          ...own.map((implementation) => ({ implementation, parameters })),
        ];
      });
      for (const wanted of runs) {
        const { report } = runLab(lab, { ...wanted, scenario: scenario.id, maxEvents: 0 });
        const answer = scenario.answer!(report);
        if (answer === undefined) continue;
        assert.doesNotMatch(answer, /undefined|null|NaN|Infinity|\s-\d/, report.algorithm);
        const named = lab.algorithms.find(({ id }) => id === report.algorithm);
        if (!named || named.broken) assert.doesNotMatch(answer, /because/, report.algorithm);
      }
    });
  }
}
