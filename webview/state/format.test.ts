import assert from 'node:assert/strict';
import { it } from 'node:test';
import { formatMetric, formatRange } from './format.ts';

it('gives metrics three digits, and shares in per cent', () => {
  assert.equal(formatMetric(2.48193, { unit: 'keys' }), '2.48');
  assert.equal(formatMetric(123_456.7, undefined), '123,457');
  assert.equal(formatMetric(10_000, { unit: 'keys' }), '10,000');
  assert.equal(formatMetric(0.0523, { unit: 'share' }), '5.23 %');
  assert.equal(formatRange(0.05, 0.1234, { unit: 'share' }), '5 … 12.3');
  assert.equal(formatRange(0.4471, 8.963, { unit: 'keys' }), '0.447 … 8.96');
});
