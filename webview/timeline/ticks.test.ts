import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { characterWidth, ticksOf } from './ticks.ts';

const texts = (from: number, to: number, width: number, unit: 'ns' | 'operation' = 'ns'): string[] =>
  ticksOf({ from, to }, width, unit).map(({ text }) => text);

describe('the axis', () => {
  it('has round times, all in one unit, with the decimals that the step needs', () => {
    assert.deepEqual(texts(0, 160e6, 800), [
      '0',
      '20 ms',
      '40 ms',
      '60 ms',
      '80 ms',
      '100 ms',
      '120 ms',
      '140 ms',
      '160 ms',
    ]);
    assert.deepEqual(texts(12.1e6, 12.9e6, 500), ['12.2 ms', '12.4 ms', '12.6 ms', '12.8 ms']);
    assert.deepEqual(texts(0, 4000, 400), ['0', '1 µs', '2 µs', '3 µs', '4 µs']);
  });

  it('counts operations', () => {
    assert.deepEqual(texts(0, 25, 300, 'operation'), ['op 0', 'op 10', 'op 20']);
  });

  it('says between two round figures where it is', () => {
    assert.deepEqual(ticksOf({ from: 7.25, to: 7.5 }, 500, 'operation'), [{ place: 7.25, text: 'op 7' }]);
  });

  it('never writes one label over another, and always has one', () => {
    const span = fc
      .tuple(fc.double({ min: 0, max: 1e13, noNaN: true }), fc.double({ min: 0.1, max: 1e13, noNaN: true }))
      .map(([from, length]) => ({ from, to: from + length }));
    fc.assert(
      fc.property(
        span,
        fc.integer({ min: 150, max: 2000 }),
        fc.constantFrom('ns', 'operation'),
        (span, width, unit) => {
          const ticks = ticksOf(span, width, unit);
          assert.ok(ticks.length > 0);
          ticks.slice(1).forEach(({ place }, i) => {
            const apart = ((place - ticks[i]!.place) / (span.to - span.from)) * width;
            assert.ok(apart >= ticks[i]!.text.length * characterWidth, `${ticks[i]!.text} has ${apart} px`);
          });
        },
      ),
    );
  });
});
