import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { endOf, eventAtPlace, placeOf, type Clock } from './axis.ts';

function clockWith(times: readonly number[]): Clock {
  return { length: times.length, timeAt: (event) => times[event]! };
}

const ascending = fc
  .array(fc.integer({ min: 0, max: 1e12 }), { minLength: 1, maxLength: 60 })
  .chain((times) => fc.array(fc.constantFrom(...times), { minLength: 1, maxLength: 90 }))
  .map((times) => times.sort((a, b) => a - b));

describe('the axis of time', () => {
  it('sets events that share a time beside each other', () => {
    const clock = clockWith([0, 0, 0, 0, 5, 7, 7]);
    assert.deepEqual(
      [0, 1, 2, 3, 4, 5, 6].map((event) => placeOf(clock, event)),
      [0, 0.25, 0.5, 0.75, 5, 7, 7.5],
    );
    assert.equal(endOf(clock), 8);
  });

  it('finds the last event at or before a place', () => {
    const clock = clockWith([3, 3, 5]);
    assert.deepEqual(
      [0, 3, 3.4, 3.5, 4.9, 5, 99].map((place) => eventAtPlace(clock, place)),
      [0, 0, 0, 1, 1, 2, 2],
    );
    assert.equal(eventAtPlace(clockWith([]), 4), 0);
    assert.equal(endOf(clockWith([])), 1);
  });

  it('keeps the order of events, and finds each again at its place', () => {
    fc.assert(
      fc.property(ascending, (times) => {
        const clock = clockWith(times);
        times.forEach((time, event) => {
          const place = placeOf(clock, event);
          assert.ok(place >= time && place < time + 1);
          if (event > 0) assert.ok(place > placeOf(clock, event - 1));
          assert.equal(eventAtPlace(clock, place), event);
        });
      }),
    );
  });
});
