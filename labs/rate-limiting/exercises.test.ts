/** Each exercise fails its check as its text says, and its solution does not. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import { findImplementations } from '../engine/lab/discovery.ts';
import { runLab, type Wanted } from '../engine/testing/run-lab.ts';
import { OneMoreThanAllowed } from './exercises/1-one-more-than-allowed.ts';
import { ForgetsTooEarly } from './exercises/2-forgets-too-early.ts';
import { CreditWithoutEnd } from './exercises/3-credit-without-end.ts';
import { ExactlyAsMany } from './exercises/solutions/exactly-as-many.ts';
import { ForgetsInTime } from './exercises/solutions/forgets-in-time.ts';
import { NoCreditForSilence } from './exercises/solutions/no-credit-for-silence.ts';
import lab from './lab.ts';
import type { RateLimiterClass } from './limiter.ts';

const run = (wanted: Wanted) => runLab(lab, { seed: 7, ...wanted }).report;

interface Exercise {
  file: string;
  start: RateLimiterClass;
  solution: RateLimiterClass;
  /** Where the text sends the learner first, and where else it has to hold. */
  runs: { scenario: string; parameters?: Record<string, number | string> }[];
}

const exercises: Exercise[] = [
  {
    file: '1-one-more-than-allowed.ts',
    start: OneMoreThanAllowed,
    solution: ExactlyAsMany,
    runs: [{ scenario: 'boundary-burst', parameters: { requests: 30 } }, { scenario: 'twice-too-many' }],
  },
  {
    file: '2-forgets-too-early.ts',
    start: ForgetsTooEarly,
    solution: ForgetsInTime,
    runs: [
      { scenario: 'twice-too-many', parameters: { arrivals: 'constant', interval: 111, limit: 9 } },
      { scenario: 'boundary-burst' },
    ],
  },
  {
    file: '3-credit-without-end.ts',
    start: CreditWithoutEnd,
    solution: NoCreditForSilence,
    runs: [
      { scenario: 'burst-after-silence', parameters: { window: 100 } },
      { scenario: 'twice-too-many' },
      { scenario: 'on-a-hair' },
    ],
  },
];

for (const { file, start, solution, runs } of exercises) {
  test(`${file}: the check fails with seed 7, and names seed and event`, () => {
    const { checks } = run({ implementation: start, ...runs[0] });
    const { verdict, detail, event } = checks.find(({ name }) => name === 'promise')!;
    assert.equal(verdict, 'broken');
    assert.match(detail, /seed 7/);
    assert.ok(event! >= 0);
  });

  test(`${file}: the solution keeps every check`, () => {
    for (const where of runs) {
      const { checks } = run({ implementation: solution, ...where });
      for (const { name, verdict, detail } of checks) assert.equal(verdict, 'held', `${name}: ${detail}`);
    }
  });

  test(`${file}: has a lens, three hints, and names its solution; the solution has no lens`, async () => {
    const folder = path.join(import.meta.dirname, 'exercises');
    const text = await readFile(path.join(folder, file), 'utf8');
    assert.equal(findImplementations(text, ['RateLimiter']).length, 1);
    for (const hint of ['Hint 1:', 'Hint 2:', 'Hint 3:']) assert.ok(text.includes(hint));
    const named = /solutions\/[\w-]+\.ts/.exec(text)![0];
    const solved = await readFile(path.join(folder, named), 'utf8');
    assert.equal(findImplementations(solved, ['RateLimiter']).length, 0);
  });
}

test('3-credit-without-end.ts: the solution decides as the token bucket does', () => {
  const { result } = run({ implementation: NoCreditForSilence, scenario: 'on-a-hair' });
  assert.equal((result as { decisions: string }).decisions, 'TTTTTTTTTTTFFFF');
});
