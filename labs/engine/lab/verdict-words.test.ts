import assert from 'node:assert/strict';
import { test } from 'node:test';
import { verdictInWords } from './verdict-words.ts';

test('a verdict reads beside what was expected', () => {
  const words = (verdict: 'held' | 'broken' | 'unknown', expected: 'held' | 'broken', ok: boolean, what?: string) =>
    verdictInWords({ verdict, expected, ok }, what);
  assert.equal(words('held', 'held', true), 'held');
  assert.equal(words('broken', 'broken', true), 'broken, as expected');
  assert.equal(words('broken', 'held', false), 'broken, though it should be held');
  assert.equal(words('held', 'broken', true, 'bug'), 'held: the bug did not show in this scenario');
  assert.equal(words('unknown', 'broken', true), 'unknown: the break that was expected did not show in this scenario');
});
