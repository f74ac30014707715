import assert from 'node:assert/strict';
import { test } from 'node:test';
import { counted, grouped, percent, rounded } from './wording.ts';

test('thousands are grouped', () => {
  assert.deepEqual([0, 999, 1000, 12_345, 1_000_000].map(grouped), ['0', '999', '1,000', '12,345', '1,000,000']);
});

test('one thing and many', () => {
  assert.equal(counted(1, 'key'), '1 key');
  assert.equal(counted(0, 'key'), '0 keys');
  assert.equal(counted(1, 'server', 'leaves', 'leave'), '1 server leaves');
  assert.equal(counted(1500, 'server', 'leaves', 'leave'), '1,500 servers leave');
});

test('figures keep two digits', () => {
  assert.deepEqual([0, 0.012345, 4.872, 48.7, 12_345.6].map(rounded), ['0', '0.012', '4.9', '49', '12,346']);
  assert.deepEqual([0, 0.04872, 0.951, 0.9992, 1].map(percent), ['0 %', '4.9 %', '95 %', '99.9 %', '100 %']);
});
