import assert from 'node:assert/strict';
import { test } from 'node:test';
import { whyNotBenchmarked } from './not-benchmarked.ts';

test('a lab without nodes has no messages that its algorithms could cost', () => {
  assert.doesNotMatch(whyNotBenchmarked({ title: 'Counting', kind: 'pure' }), /messages|waiting/);
  assert.match(whyNotBenchmarked({ title: 'Two-phase commit', kind: 'simulated' }), /cost messages and waiting/);
});
