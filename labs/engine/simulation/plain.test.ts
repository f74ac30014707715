import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { assertPlain, canonicalHash, canonicalText, copyPlain, freezeCopy } from './plain.ts';

const plain = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    fc.constantFrom(undefined, null, true, -0, NaN, 1.5, 'text', 7n),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(
      fc.string({ maxLength: 4 }).filter((name) => name !== '__proto__'),
      tie('value'),
      { maxKeys: 4, noNullPrototype: true },
    ),
    fc.array(fc.tuple(fc.string(), tie('value')), { maxLength: 3 }).map((entries) => new Map(entries)),
    fc.array(fc.string(), { maxLength: 3 }).map((items) => new Set(items)),
    fc.array(fc.double(), { maxLength: 3 }).map((items) => Float64Array.from(items)),
  ),
})).value;

test('a copy reads the same and shares nothing', () => {
  fc.assert(
    fc.property(plain, (value) => {
      const copy = copyPlain(value);
      assert.deepEqual(copy, value);
      assert.equal(canonicalText(copy), canonicalText(value));
      assert.equal(canonicalHash(copy), canonicalHash(value));
      assertPlain(value, 'it');
    }),
  );
  const original = { list: [1, 2] };
  const copy = copyPlain(original);
  copy.list.push(3);
  assert.deepEqual(original.list, [1, 2]);
});

test('two references to one object stay references to one object', () => {
  const shared = { n: 1 };
  const copy = copyPlain({ a: shared, b: shared });
  assert.equal(copy.a, copy.b);
  assert.notEqual(copy.a, shared);
});

test('what was frozen once is shared, and cannot be changed', () => {
  const message = freezeCopy({ type: 'ping', list: [{ n: 1 }] });
  assert.equal(freezeCopy(message), message);
  assert.equal(copyPlain({ message }).message, message);
  assert.throws(() => void (message.list[0]!.n = 2), TypeError);
});

test('the order of fields, keys and items does not count', () => {
  assert.equal(canonicalText({ a: 1, b: 2 }), canonicalText({ b: 2, a: 1 }));
  assert.equal(canonicalText(new Set([1, 2])), canonicalText(new Set([2, 1])));
  assert.equal(
    canonicalText(
      new Map([
        [1, 'x'],
        [2, 'y'],
      ]),
    ),
    canonicalText(
      new Map([
        [2, 'y'],
        [1, 'x'],
      ]),
    ),
  );
  assert.notEqual(canonicalText([1, 2]), canonicalText([2, 1]));
  assert.notEqual(canonicalText('1'), canonicalText(1));
  assert.notEqual(canonicalText(-0), canonicalText(0));
});

test('what is not plain is refused with its path and the mend', () => {
  class Ledger {}
  const refused: [unknown, RegExp][] = [
    [{ orders: [{}, { undo: () => 1 }] }, /^state\.orders\[1\]\.undo is a function/],
    [{ reply: Promise.resolve() }, /^state\.reply is a promise.*context\.call/],
    [{ 'my ledger': new Ledger() }, /^state\['my ledger'\] is an instance of Ledger.*plain object/],
    [{ at: new Date(0) }, /^state\.at is an instance of Date/],
    [new Map([['k', Symbol('s')]]), /^state\.get\(k\) is a symbol/],
    [new Set([new WeakMap()]), /^an item of state is an instance of WeakMap/],
  ];
  for (const [value, message] of refused) {
    assert.throws(() => assertPlain(value, 'state'), { name: 'RefusedError', message });
    assert.throws(() => copyPlain(value, 'state'), { name: 'RefusedError', message });
  }
  const circle: Record<string, unknown> = {};
  circle.self = circle;
  assert.throws(() => assertPlain(circle, 'state'), /holds itself/);
  assert.throws(() => freezeCopy({ type: 'x', seen: new Set() }), /message\.seen is a set.*send \[\.\.\.it\]/);
});
