import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { isWhole, leastSpan, moved, placeAt, revealed, shareOf, zoomed, type Span } from './span.ts';

const bounds: Span = { from: 100, to: 1100 };

describe('the window', () => {
  it('keeps what is under the pointer where it is', () => {
    const around = 350;
    const before = shareOf(bounds, around);
    assert.ok(Math.abs(shareOf(zoomed(bounds, 0.25, around, bounds), around) - before) < 1e-12);
  });

  it('stays within its bounds, however it is zoomed and moved', () => {
    const step = fc.record({
      factor: fc.double({ min: 0.01, max: 100, noNaN: true }),
      share: fc.double({ min: -0.5, max: 1.5, noNaN: true }),
      by: fc.double({ min: -5000, max: 5000, noNaN: true }),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
        let span = bounds;
        for (const { factor, share, by } of steps) {
          span = moved(zoomed(span, factor, placeAt(span, share), bounds), by, bounds);
          assert.ok(span.from >= bounds.from && span.to <= bounds.to);
          assert.ok(span.to - span.from >= leastSpan * 0.99);
        }
      }),
    );
  });

  it('is whole again when it is zoomed out far enough', () => {
    const close = zoomed(bounds, 1e-9, 500, bounds);
    assert.ok(!isWhole(close, bounds));
    assert.ok(isWhole(zoomed(close, 1e12, 500, bounds), bounds));
  });

  it('goes where the cursor went, and stays where it has it', () => {
    const span = { from: 200, to: 300 };
    assert.equal(revealed(span, 250, 0.5, bounds), span);
    assert.deepEqual(revealed(span, 310, 0.1, bounds), { from: 300, to: 400 });
    assert.deepEqual(revealed(span, 1099, 0.1, bounds), { from: 1000, to: 1100 });
    assert.deepEqual(revealed(span, 100, 0.5, bounds), { from: 100, to: 200 });
  });
});
