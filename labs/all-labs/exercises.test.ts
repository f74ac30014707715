/** What every exercise of every lab must be. What is particular to one stands with its lab. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { complaintsAboutExercises } from '../engine/testing/check-exercises.ts';
import { labsUnderTest } from './labs-under-test.ts';

for (const { name, folder, load } of labsUnderTest) {
  test(`${name}: its exercises are not solved as they come, and are by their solutions, under several seeds`, async () => {
    assert.deepEqual(await complaintsAboutExercises(await load(), folder, [7, 2]), []);
  });
}
