import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sourceFile } from './prepared.ts';
import { placeOfEarlyError } from './early-error.ts';

const place = (message: string, text: string) =>
  placeOfEarlyError(message, [sourceFile('/other.ts', 'export const fine = 1;\n'), sourceFile('/wrong.ts', text)])
    ?.location;

test('a regular expression that is none is found by its text', () => {
  const text = 'export function f() {\n  return /(a/u.test(x);\n}\n';
  assert.deepEqual(place('Invalid regular expression: /(a/u: Unterminated group', text), {
    file: '/wrong.ts',
    line: 2,
    column: 10,
    length: 5,
  });
});

test('a name that is exported twice is found where it is exported again', () => {
  const declared = 'export const step = 1;\nconst steps = 2;\nexport function step() {}\n';
  const listed = 'export const step = 1;\nconst other = 2;\nexport { other, step };\n';
  assert.deepEqual(place("Duplicate export of 'step'", declared), {
    file: '/wrong.ts',
    line: 3,
    column: 17,
    length: 4,
  });
  assert.deepEqual(place("Duplicate export of 'step'", listed), { file: '/wrong.ts', line: 3, column: 17, length: 4 });
});

test('a decorator is found, and said to need esbuild', () => {
  const files = [sourceFile('/wrong.ts', '/** @see [email protected] */\nclass A {\n  @logged m() {}\n}\n')];
  const found = placeOfEarlyError('Invalid or unexpected token', files);
  assert.deepEqual(found?.location, { file: '/wrong.ts', line: 3, column: 3, length: 1 });
  assert.match(found.message, /^a decorator has to be compiled/);
});

test('what nobody can find has no place', () => {
  assert.equal(place('Unexpected token', 'x'), undefined);
  assert.equal(place('Invalid regular expression: /(/: Unterminated group', 'nothing of the kind'), undefined);
});
