import assert from 'node:assert/strict';
import { test } from 'node:test';
import { complaintsAbout } from '../engine/testing/check-tours.ts';
import lab from './lab.ts';

test('what the tours say happens in the runs, under several seeds', () => {
  assert.deepEqual(complaintsAbout(lab, new URL('./', import.meta.url), [1, 2, 3, 7, 42]), []);
});
