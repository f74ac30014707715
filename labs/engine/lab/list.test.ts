import assert from 'node:assert/strict';
import { test } from 'node:test';
import { complaintAbout, nameOf, partsOf, refuseRepeated } from './list.ts';

test('a list is what stands between commas; a comma too many is no part', () => {
  assert.deepEqual(partsOf(' John, hot dog ,日本,, '), ['John', 'hot dog', '日本']);
  assert.deepEqual(partsOf(' '), []);
});

test('names of people and things of all languages are names, and so are those that every object has', () => {
  const names = ['José', 'Anna-Lena', "O'Brien", 'O’Brien', 'hot dog', '日本', 'हिन्दी', 'a_b', 'Dr. No', 'Jr.', '7up'];
  for (const name of [...names, 'toString', 'constructor', 'valueOf', '__proto__']) assert.equal(nameOf(name), name);
  assert.equal(nameOf(' hot   dog '), 'hot dog');
  assert.equal(nameOf('Jose\u0301'), 'Jos\u00e9');
});

test('what is no name is refused with what would be one', () => {
  for (const odd of ['', ' ', 'a,b', 'a;b', 'a×2', '-', "'", 'a\u001bb', 'a\u202eb', 'a\u0000']) {
    assert.throws(() => nameOf(odd), { name: 'RangeError', message: /is no name: write letters and digits/ });
  }
});

test('a name that stands there twice is named', () => {
  refuseRepeated(['John', 'Jane', 'constructor']);
  assert.throws(() => refuseRepeated(['John', 'Jane', 'John']), /'John' is there twice/);
});

test('a complaint is what the parser refuses, and nothing else', () => {
  assert.equal(complaintAbout(nameOf)('Jane'), undefined);
  assert.match(complaintAbout(nameOf)('a;b')!, /'a;b' is no name/);
  const buggy = complaintAbout(() => {
    throw new TypeError('a bug');
  });
  assert.throws(() => buggy('x'), TypeError);
});
