import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { philox } from './philox.ts';
import { randomSource } from './random.ts';
import { uniformAt, uniformsAt } from './uniform.ts';

function words(counter: [number, number, number, number], key: [number, number]): string {
  const out = new Uint32Array(4);
  philox(...counter, ...key, out);
  return [...out].map((word) => word.toString(16).padStart(8, '0')).join(' ');
}

test('Philox 4×32-10 gives the known answers of Random123', () => {
  assert.equal(words([0, 0, 0, 0], [0, 0]), '6627e8d5 e169c58d bc57ac4c 9b00dbd8');
  const ones = 0xffffffff;
  assert.equal(words([ones, ones, ones, ones], [ones, ones]), '408f276d 41c83b0e a20bc7c6 6d5451fd');
  assert.equal(
    words([0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344], [0xa4093822, 0x299f31d0]),
    'd16cfe09 94fdcceb 5001e420 24126ea1',
  );
});

test('a draw depends on seed, purpose, owner and counter, and on nothing drawn before', () => {
  const seed = fc.maxSafeNat();
  fc.assert(
    fc.property(seed, fc.nat(), fc.nat(), fc.nat(1_000_000), (s, purpose, owner, counter) => {
      const first = uniformAt(s, purpose, owner, counter);
      uniformAt(s, purpose, owner, counter + 1);
      assert.equal(uniformAt(s, purpose, owner, counter), first);
      assert.ok(first >= 0 && first < 1);
    }),
  );
});

test('the first of a pair of draws is the single draw', () => {
  const pair = new Float64Array(2);
  for (let counter = 0; counter < 100; counter++) {
    uniformsAt(7, 1, 2, counter, pair);
    assert.equal(pair[0], uniformAt(7, 1, 2, counter));
    assert.notEqual(pair[0], pair[1]);
  }
});

test('a stream repeats from its start, and streams of different owners differ', () => {
  const source = randomSource(42);
  const take = (owner: string) => {
    const stream = source.stream('latency', owner);
    return [stream.uniform(), stream.uniform(), stream.uniform()];
  };
  assert.deepEqual(take('a'), take('a'));
  assert.notDeepEqual(take('a'), take('b'));
});
