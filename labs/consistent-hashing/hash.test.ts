import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import fc from 'fast-check';
import { finalize, fnv1a32, hashes, md5, murmur3x86 } from './hash.ts';

/** MD5 as the origin of this lab reads it: Python's int(hexdigest, 16). */
function md5Integer(text: string): bigint {
  return BigInt(`0x${createHash('md5').update(text).digest('hex')}`);
}

test('FNV-1a gives the published values', () => {
  assert.equal(fnv1a32(''), 0x811c9dc5);
  assert.equal(fnv1a32('a'), 0xe40c292c);
  assert.equal(fnv1a32('foobar'), 0xbf9cf968);
});

test('MurmurHash3 gives the published values', () => {
  assert.equal(murmur3x86(''), 0);
  assert.equal(murmur3x86('hello'), 0x248bfa47);
  assert.equal(murmur3x86('hello, world'), 0x149bbb7f);
  assert.equal(murmur3x86('The quick brown fox jumps over the lazy dog'), 0x2e4ff723);
});

test('texts beyond ASCII are hashed as UTF-8', () => {
  // Values of an implementation over bytes, in another language.
  assert.equal(murmur3x86('é'), 0x10110787);
  assert.equal(murmur3x86('Grüße, ☃'), 0x6ad242c2);
  const bytes = [...Buffer.from('Grüße, ☃')];
  assert.equal(
    fnv1a32('Grüße, ☃'),
    bytes.reduce((hash, byte) => Math.imul(hash ^ byte, 0x01000193) >>> 0, 0x811c9dc5),
  );
});

test('MD5 is one integer of 128 bits: position, remainder and halves are parts of it', () => {
  const halves = new Uint32Array(2);
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.integer({ min: 1, max: 2 ** 21 }), (text, divisor) => {
      const value = md5Integer(text.toWellFormed());
      assert.equal(md5.position(text), Number(value >> 75n) / 2 ** 53);
      assert.equal(md5.remainder(text, divisor), Number(value % BigInt(divisor)));
      md5.halves(text, halves);
      assert.equal((BigInt(halves[0]!) << 32n) | BigInt(halves[1]!), value & 0xffff_ffff_ffff_ffffn);
    }),
  );
});

for (const [name, hash] of Object.entries(hashes)) {
  test(`${name}: positions lie in [0, 1), remainders below the divisor`, () => {
    fc.assert(
      fc.property(fc.string(), fc.integer({ min: 1, max: 2 ** 21 }), (text, divisor) => {
        const position = hash.position(text);
        assert.ok(position >= 0 && position < 1);
        const remainder = hash.remainder(text, divisor);
        assert.ok(Number.isInteger(remainder) && remainder >= 0 && remainder < divisor);
      }),
    );
  });
}

test('the finalizer gives no two inputs the same result', () => {
  const seen = new Set(Array.from({ length: 50_000 }, (_, i) => finalize(i * 65_537)));
  assert.equal(seen.size, 50_000);
});
