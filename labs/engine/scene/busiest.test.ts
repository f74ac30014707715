import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { busiestStretch } from './busiest.ts';

test('a stretch holds what begins with it and not what comes at its end', () => {
  assert.equal(busiestStretch([], 10), undefined);
  assert.deepEqual(busiestStretch([5], 10), { from: 5, to: 15, count: 1 });
  assert.deepEqual(busiestStretch([0, 9, 10, 11, 30], 10), { from: 9, to: 19, count: 3 });
  assert.deepEqual(busiestStretch([0, 0, 50, 50], 10), { from: 0, to: 10, count: 2 }, 'the first of equal ones');
});

test('no stretch is busier', () => {
  const times = fc.array(fc.integer({ min: 0, max: 100 }), { minLength: 1, maxLength: 30 });
  fc.assert(
    fc.property(times, fc.integer({ min: 1, max: 50 }), (unordered, length) => {
      const ordered = unordered.toSorted((a, b) => a - b);
      const { count } = busiestStretch(ordered, length)!;
      for (let from = 0; from <= 100; from++) {
        assert.ok(ordered.filter((time) => time >= from && time < from + length).length <= count);
      }
    }),
  );
});
