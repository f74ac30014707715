/** Each exercise fails its check as its text says, and its solution does not. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import { findImplementations } from '../engine/lab/discovery.ts';
import { runLab } from '../engine/testing/run-lab.ts';
import { CloseTheCircle } from './exercises/1-close-the-circle.ts';
import { PointsThatVanish } from './exercises/2-points-that-vanish.ts';
import { JumpOverGaps } from './exercises/3-jump-over-gaps.ts';
import { ClosedCircle } from './exercises/solutions/close-the-circle.ts';
import { JumpedGaps } from './exercises/solutions/jump-over-gaps.ts';
import { PointsThatStay } from './exercises/solutions/points-that-vanish.ts';
import lab from './lab.ts';
import type { KeyPlacementClass } from './placement.ts';

interface Exercise {
  file: string;
  start: KeyPlacementClass;
  solution: KeyPlacementClass;
  check: string;
  /** Where the text sends the learner first, and where else it has to hold. */
  scenarios: { scenario: string; parameters?: Record<string, number> }[];
}

const exercises: Exercise[] = [
  {
    file: '1-close-the-circle.ts',
    start: CloseTheCircle,
    solution: ClosedCircle,
    check: 'ownership',
    scenarios: [{ scenario: 'one-leaves' }, { scenario: 'why-virtual-nodes' }],
  },
  {
    file: '2-points-that-vanish.ts',
    start: PointsThatVanish,
    solution: PointsThatStay,
    check: 'monotonicity',
    scenarios: [
      { scenario: 'at-scale', parameters: { virtualNodes: 20 } },
      { scenario: 'at-scale', parameters: { virtualNodes: 100 } },
    ],
  },
  {
    file: '3-jump-over-gaps.ts',
    start: JumpOverGaps,
    solution: JumpedGaps,
    check: 'monotonicity',
    scenarios: [{ scenario: 'at-scale' }],
  },
];

for (const { file, start, solution, check, scenarios } of exercises) {
  test(`${file}: the check fails with seed 7 and names seed and key`, () => {
    const { report } = runLab(lab, { implementation: start, seed: 7, ...scenarios[0] });
    const { verdict, detail } = report.checks.find(({ name }) => name === check)!;
    assert.equal(verdict, 'broken');
    assert.match(detail, /key-\d+.*seed 7/);
  });

  test(`${file}: the solution keeps every check`, () => {
    for (const scenario of scenarios) {
      const { report } = runLab(lab, { implementation: solution, seed: 7, ...scenario });
      for (const { name, verdict, detail } of report.checks) assert.equal(verdict, 'held', `${name}: ${detail}`);
    }
  });

  test(`${file}: has a lens, three hints, and names its solution; the solution has no lens`, async () => {
    const folder = path.join(import.meta.dirname, 'exercises');
    const text = await readFile(path.join(folder, file), 'utf8');
    assert.equal(findImplementations(text, ['KeyPlacement']).length, 1);
    for (const hint of ['Hint 1:', 'Hint 2:', 'Hint 3:']) assert.ok(text.includes(hint));
    const named = /solutions\/[\w-]+\.ts/.exec(text)![0];
    const solved = await readFile(path.join(folder, named), 'utf8');
    assert.equal(findImplementations(solved, ['KeyPlacement']).length, 0);
  });
}

test('3-jump-over-gaps.ts: the solution is as even as jump hash', () => {
  const { report } = runLab(lab, { implementation: JumpedGaps, seed: 7 });
  assert.equal(report.metrics.loadStdDev, runLab(lab, { algorithm: 'jump', seed: 7 }).report.metrics.loadStdDev);
});
