/** Each exercise fails its check as its text says, and its solution does not. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import { findImplementations } from '../engine/lab/discovery.ts';
import { runLab, type Wanted } from '../engine/testing/run-lab.ts';
import { TheLastOne } from './exercises/1-the-last-one.ts';
import { CompareAndSet } from './exercises/2-compare-and-set.ts';
import { PermitsInAdvance } from './exercises/3-permits-in-advance.ts';
import { NoMoreThanGiven } from './exercises/solutions/no-more-than-given.ts';
import { OnlyIfStillTrue } from './exercises/solutions/only-if-still-true.ts';
import { RoomForOne } from './exercises/solutions/room-for-one.ts';
import lab from './lab.ts';
import type { SharedLimitClass } from './shared-limit.ts';

const run = (wanted: Wanted) => runLab(lab, { seed: 7, ...wanted });

interface Exercise {
  file: string;
  start: SharedLimitClass;
  solution: SharedLimitClass;
  /** Where the text sends the learner first. */
  scenario: string;
}

const exercises: Exercise[] = [
  { file: '1-the-last-one.ts', start: TheLastOne, solution: RoomForOne, scenario: 'read-then-write' },
  { file: '2-compare-and-set.ts', start: CompareAndSet, solution: OnlyIfStillTrue, scenario: 'read-then-write' },
  { file: '3-permits-in-advance.ts', start: PermitsInAdvance, solution: NoMoreThanGiven, scenario: 'stale-counts' },
];

for (const { file, start, solution, scenario } of exercises) {
  test(`${file}: the quota is exceeded with seed 7, and the check leads to the request that was one too many`, () => {
    const { report, events } = run({ implementation: start, scenario });
    const { verdict, event } = report.checks.find(({ name }) => name === 'quota')!;
    assert.equal(verdict, 'broken');
    assert.equal(events[event!]!.kind, 'admit');
    assert.equal(events.slice(0, event!).filter(({ kind }) => kind === 'admit').length, 100, 'the quota before it');
  });

  test(`${file}: the solution keeps the quota in every scenario, whatever the seed, and decides every request`, () => {
    for (const { id } of lab.scenarios) {
      for (const seed of [1, 7, 42]) {
        const { report, events } = run({ implementation: solution, scenario: id, seed });
        for (const { name, verdict, detail } of report.checks) {
          assert.equal(verdict, 'held', `${id}, seed ${seed}: ${name}: ${detail}`);
        }
        const decided = events.filter(({ kind }) => kind === 'admit' || kind === 'reject').length;
        assert.equal(report.metrics.admitted! + report.metrics.refused!, decided);
      }
    }
  });

  test(`${file}: has a lens, three hints, and names its solution; the solution has no lens`, async () => {
    const folder = path.join(import.meta.dirname, 'exercises');
    const text = await readFile(path.join(folder, file), 'utf8');
    assert.equal(findImplementations(text, ['SharedLimit']).length, 1);
    for (const hint of ['Hint 1:', 'Hint 2:', 'Hint 3:']) assert.ok(text.includes(hint));
    const named = /solutions\/[\w-]+\.ts/.exec(text)![0];
    const solved = await readFile(path.join(folder, named), 'utf8');
    assert.equal(findImplementations(solved, ['SharedLimit']).length, 0);
  });
}

test('2-compare-and-set.ts: the solution refuses nothing without need', () => {
  const { metrics } = run({ implementation: OnlyIfStillTrue, scenario: 'lost-updates' }).report;
  assert.equal(metrics.refusedWithoutNeed, 0);
});
