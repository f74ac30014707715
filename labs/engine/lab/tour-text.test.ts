import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isNearEnough, metricsQuoted, withFigures } from './tour-text.ts';

test('a text quotes the figures of the run', () => {
  const metrics = { loadMax: 12_345.6, share: 0.85362, none: 0 };
  assert.equal(
    withFigures('{loadMax} keys, {share} of them, {none} lost, {gone}', metrics),
    '12,346 keys, 0.854 of them, 0 lost, ?',
  );
  assert.deepEqual(metricsQuoted('{loadMax} and {share}'), ['loadMax', 'share']);
});

test('a guess is judged by the share it is off, and none at all must be guessed as none', () => {
  const question = { kind: 'number', ask: '', metric: 'm', within: 0.2 } as const;
  assert.ok(isNearEnough(80, question, 100) && isNearEnough(120, question, 100));
  assert.ok(!isNearEnough(79, question, 100) && !isNearEnough(121, question, 100));
  assert.ok(isNearEnough(0, question, 0) && !isNearEnough(1, question, 0));
});
