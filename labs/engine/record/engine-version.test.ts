import assert from 'node:assert/strict';
import { test } from 'node:test';
import { engineVersion, madeByOther } from './engine-version.ts';

test('a run says when another engine made it: an earlier one, a later one, one that did not say', () => {
  assert.equal(madeByOther(engineVersion), '');
  assert.equal(madeByOther(), 'made by an earlier engine');
  assert.equal(madeByOther('0.1.12'), 'made by an earlier engine');
  assert.equal(madeByOther('0.10.0'), 'made by a later engine');
});
