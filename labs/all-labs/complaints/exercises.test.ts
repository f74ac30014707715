/** An exercise that is not as it says is told so. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Exercise, ExerciseCondition } from '../../engine/lab/exercise.ts';
import type { Lab } from '../../engine/lab/lab.ts';
import { complaintsAboutExercises } from '../../engine/testing/check-exercises.ts';

test('what is wrong with an exercise is said', async () => {
  const folder = new URL('../../rate-limiting/', import.meta.url);
  const { default: lab } = (await import(new URL('lab.ts', folder).href)) as { default: Lab };
  const [sound, ...others] = lab.exercises!;
  const complaints = (change: Partial<Exercise>): Promise<string[]> =>
    complaintsAboutExercises({ ...lab, exercises: [{ ...sound!, ...change }, ...others] }, folder, [1]);
  const run = (conditions: ExerciseCondition[]): Partial<Exercise> => ({
    runs: [{ scenario: 'boundary-burst', parameters: { requests: 30 }, conditions }],
  });
  const wrong: [Partial<Exercise>, RegExp][] = [
    [{ id: 'One More' }, /its id is not words/],
    [{ hints: ['Look.'] }, /fewer than 3 hints/],
    [{ misconceptions: ['the-earth-is-flat'] }, /no tour knows the misconception the-earth-is-flat/],
    [{ file: 'exercises/1-none.ts' }, /is no exercise: exercises\.ts does not name it\n.*1-none\.ts is not there/],
    [{ runs: [] }, /nothing is run/],
    [run([{ metric: 'admitted' }]), /admitted has no bound/],
    [run([{ check: 'memory' }]), /as it comes, it meets Memory does not grow/],
    [run([{ check: 'promise' }, { metric: 'admitted', atMost: 1 }]), /solved, it does not meet Admitted: at most 1/],
  ];
  for (const [change, complaint] of wrong) assert.match((await complaints(change)).join('\n'), complaint);
  assert.deepEqual(
    await complaintsAboutExercises({ ...lab, exercises: [] }, folder, [1]).then(([first]) => first),
    'has no exercises',
  );
});
