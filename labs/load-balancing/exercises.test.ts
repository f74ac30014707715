/** Each exercise fails its check as its text says, and its solution does not. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, it } from 'node:test';
import { findImplementations } from '../engine/lab/discovery.ts';
import { runLab } from '../engine/testing/run-lab.ts';
import type { BalancerClass } from './balancer.ts';
import { SkipTheDead } from './exercises/1-skip-the-dead.ts';
import { FairByCounting } from './exercises/2-fair-by-counting.ts';
import { AChoiceThatRemembers } from './exercises/3-a-choice-that-remembers.ts';
import { AChoiceRemembered } from './exercises/solutions/a-choice-that-remembers.ts';
import { CountedFairly } from './exercises/solutions/fair-by-counting.ts';
import { SkippedTheDead } from './exercises/solutions/skip-the-dead.ts';
import lab from './lab.ts';

interface Exercise {
  file: string;
  start: BalancerClass;
  solution: BalancerClass;
  check: string;
  /** Where the text sends the learner first, and where else it has to hold. */
  runs: { scenario: string; parameters?: Record<string, unknown> }[];
}

const exercises: Exercise[] = [
  {
    file: '1-skip-the-dead.ts',
    start: SkipTheDead,
    solution: SkippedTheDead,
    check: 'never-to-unavailable',
    runs: [{ scenario: 'failover' }],
  },
  {
    file: '2-fair-by-counting.ts',
    start: FairByCounting,
    solution: CountedFairly,
    check: 'weights-honoured',
    runs: [
      { scenario: 'bursty-or-smooth' },
      { scenario: 'bursty-or-smooth', parameters: { servers: 4, weights: '7,3,2,1' } },
    ],
  },
  {
    file: '3-a-choice-that-remembers.ts',
    start: AChoiceThatRemembers,
    solution: AChoiceRemembered,
    check: 'never-to-unavailable',
    runs: [{ scenario: 'two-down' }],
  },
];

for (const { file, start, solution, check, runs } of exercises) {
  describe(file, () => {
    it('fails its check with seed 1', () => {
      const { report } = runLab(lab, { implementation: start, ...runs[0] });
      assert.equal(report.checks.find(({ name }) => name === check)?.verdict, 'broken');
    });

    it('has a solution that holds every check wherever the text asks for it', () => {
      for (const run of runs) {
        const { report } = runLab(lab, { implementation: solution, ...run });
        for (const { name, verdict, detail } of report.checks) assert.equal(verdict, 'held', `${name}: ${detail}`);
        assert.ok(report.checks.some(({ name }) => name === check));
      }
    });

    it('is found by its lens, and its solution is not', async () => {
      const folder = path.join(import.meta.dirname, 'exercises');
      const text = await readFile(path.join(folder, file), 'utf8');
      assert.equal(findImplementations(text, ['Balancer'])[0]?.name, start.name);
      const solved = await readFile(path.join(folder, 'solutions', file.replace(/^\d-/, '')), 'utf8');
      assert.deepEqual(findImplementations(solved, ['Balancer']), []);
    });
  });
}

describe('the figures that the texts promise', () => {
  it('1: with the solution no request fails', () => {
    const { report } = runLab(lab, { implementation: SkippedTheDead, scenario: 'failover' });
    assert.equal(report.metrics.failed, 0);
  });

  it('3: two choices 2.65, remembering carelessly 2.34, well below 2.25', () => {
    const mean = (implementation: BalancerClass): number =>
      runLab(lab, { implementation, scenario: 'luck-or-choice', maxEvents: 0 }).report.metrics.meanTimeInSystem!;
    assert.equal(mean(AChoiceThatRemembers).toFixed(2), '2.34');
    assert.ok(mean(AChoiceRemembered) < 2.25);
  });
});
