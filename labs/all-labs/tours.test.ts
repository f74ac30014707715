/** What every tour of every lab must be. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { complaintsAboutTours } from '../engine/testing/check-tours.ts';
import { labsUnderTest } from './labs-under-test.ts';

/** Of a tour's runs: five seeds where they are short, two where they are long. */
const mostEvents = 100_000;

for (const { name, folder, load } of labsUnderTest) {
  test(`${name}: what its tours say happens in the runs, under several seeds`, async () => {
    assert.deepEqual(complaintsAboutTours(await load(), folder, [1, 7, 2, 3, 42], mostEvents), []);
  });
}
