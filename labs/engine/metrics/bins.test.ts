import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { binsOf, expectedShares } from './bins.ts';
import { LatencyHistogram } from './latency.ts';

describe('bins', () => {
  it('have a round width, and count every value once', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 1e9, noNaN: true }), { minLength: 1 }), (values) => {
        const { edges, counts, beyond } = binsOf(values.map((value) => [value, 1]));
        assert.equal(
          counts.reduce((sum, count) => sum + count, beyond),
          values.length,
        );
        assert.equal(edges.length, counts.length + 1);
        assert.ok(counts.length <= 50);
        if (edges[1]! >= 1e-9) assert.match(edges[1]!.toExponential(), /^[125]e/);
      }),
    );
  });

  it('are not stretched by what is far out', () => {
    const { edges, beyond } = binsOf([[10, 9999], [1e6, 1]]); // prettier-ignore
    assert.deepEqual([edges.at(-1), beyond], [10.5, 1]);
  });

  it('are none where nothing was counted', () => {
    assert.deepEqual(binsOf([]), { edges: [], counts: [], beyond: 0 });
  });

  it('take what a latency histogram has kept', () => {
    const latencies = new LatencyHistogram();
    for (const value of [1, 1, 5, 40]) latencies.record(value);
    assert.deepEqual([...latencies.values()], [[1, 2], [5, 1], [40, 1]]); // prettier-ignore
  });

  it('have the shares that a tail leaves between their edges', () => {
    const shares = expectedShares([0, 1, 2], (time) => 2 ** -time);
    assert.deepEqual(shares, [0.5, 0.25]);
  });
});
