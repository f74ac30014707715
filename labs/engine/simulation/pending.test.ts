import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { createPending, freeSlot, inOrder, schedule, takeFirst, takeOut, takeSlot } from './pending.ts';

test('events come out by time, and at equal times in the order in which they were scheduled', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(20), { maxLength: 300 }), (times) => {
      const pending = createPending(2);
      const slots = times.map((time) => {
        const slot = takeSlot(pending);
        schedule(pending, slot, time);
        return slot;
      });
      const expected = [...times.keys()].sort((a, b) => times[a]! - times[b]! || a - b).map((i) => slots[i]);
      assert.deepEqual(inOrder(pending), expected);
      assert.deepEqual(
        Array.from({ length: times.length }, () => takeFirst(pending)),
        expected,
      );
      assert.equal(pending.size, 0);
    }),
  );
});

test('a slot can be taken out from anywhere; the others keep their order', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(9), { minLength: 1, maxLength: 60 }), fc.nat(), (times, pick) => {
      const pending = createPending();
      const slots = times.map((time) => {
        const slot = takeSlot(pending);
        schedule(pending, slot, time);
        return slot;
      });
      const victim = slots[pick % slots.length]!;
      const expected = inOrder(pending).filter((slot) => slot !== victim);
      assert.equal(takeOut(pending, victim), times[slots.indexOf(victim)]);
      assert.equal(takeOut(pending, victim), -1);
      assert.deepEqual(
        Array.from({ length: expected.length }, () => takeFirst(pending)),
        expected,
      );
    }),
  );
});

test('slots are used again', () => {
  const pending = createPending(2);
  const slot = takeSlot(pending);
  pending.payload[slot] = 'x';
  freeSlot(pending, slot);
  assert.equal(pending.payload[slot], undefined);
  assert.equal(takeSlot(pending), slot);
});
