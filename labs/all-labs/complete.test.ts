/** What every lab must be and have. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { complaintsAboutLab } from '../engine/testing/check-lab.ts';
import { labsUnderTest } from './labs-under-test.ts';

for (const { name, folder, load } of labsUnderTest) {
  test(`${name}: it has all that a lab must have, and its runs are as it says`, async () => {
    assert.deepEqual(await complaintsAboutLab(await load(), folder), []);
  });
}
