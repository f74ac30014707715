import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  closeGap,
  createPending,
  firstTime,
  freeSlot,
  inOrder,
  schedule,
  takeFirst,
  takeOut,
  takeSlot,
} from './pending.ts';

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
      assert.deepEqual(
        inOrder(pending).map(({ slot }) => slot),
        expected,
      );
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
      const expected = inOrder(pending).flatMap(({ slot }) => (slot === victim ? [] : slot));
      assert.equal(takeOut(pending, victim), times[slots.indexOf(victim)]);
      assert.equal(takeOut(pending, victim), -1);
      assert.deepEqual(
        Array.from({ length: expected.length }, () => takeFirst(pending)),
        expected,
      );
    }),
  );
});

test('taken and scheduled in turns, events come out as from a sorted list; the gap in between is seen by nobody', () => {
  const turns = fc.array(fc.record({ takes: fc.nat(3), times: fc.array(fc.nat(9), { maxLength: 4 }) }), {
    maxLength: 40,
  });
  fc.assert(
    fc.property(turns, (rounds) => {
      const pending = createPending(2);
      let sorted: { time: number; slot: number }[] = [];
      for (const { takes, times } of rounds) {
        for (let i = 0; i < takes && sorted.length > 0; i++) {
          const slot = takeFirst(pending);
          assert.equal(slot, sorted.shift()!.slot);
          freeSlot(pending, slot);
        }
        for (const time of times) {
          const slot = takeSlot(pending);
          schedule(pending, slot, time);
          sorted = [...sorted, { time, slot }].sort((a, b) => a.time - b.time); // stable: ties stay in order
        }
        assert.deepEqual(
          inOrder(pending).map(({ slot, time }) => ({ time, slot })),
          sorted,
        );
        closeGap(pending);
        assert.equal(pending.size > 0, sorted.length > 0);
        if (sorted.length > 0) assert.equal(firstTime(pending), sorted[0]!.time);
      }
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
