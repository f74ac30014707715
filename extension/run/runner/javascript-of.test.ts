import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readParserError } from './javascript-of.ts';

/** What Node 22 throws: nothing but a drawing. */
const drawn = (...lines: string[]): Error => new SyntaxError(lines.join('\n'));

test('the place of a mistake is read off the drawing of an older Node', () => {
  const text = 'class A {\n\t\tname: string\t= ;\n}\n';
  const error = drawn(
    '  x Expression expected',
    '    ,-[2:1]',
    '  1 | class A {',
    '  2 |         name: string    = ;',
    '    :                           ^',
    '  3 | }',
    '    `----',
    '',
  );
  // The tabs are eight and four places wide.
  assert.deepEqual(readParserError(error, text), { message: 'Expression expected', line: 2, column: 18 });
});

test('a drawing without carets names its line', () => {
  const error = drawn('  x Unexpected eof', '   ,-[2:11]', ' 1 | class A {', ' 2 |   add( { ', '   `----', '');
  assert.deepEqual(readParserError(error, 'class A {\n  add( { \n'), {
    message: 'Unexpected eof',
    line: 2,
    column: 11,
  });
  const first = drawn('  x TypeScript namespace …', '   ,----', ' 1 | ,-> namespace A {', ' 2 | `-> }', '   `----', '');
  assert.deepEqual(readParserError(first, 'namespace A {\n}\n'), {
    message: 'TypeScript namespace …',
    line: 1,
    column: 1,
  });
});

test('the place of a mistake is read off the head of a newer stack', () => {
  const error = new SyntaxError('Expression expected');
  error.stack = `file:///a%20b/c.ts:3\n\nconst 日 = ;\n           ^\n\nSyntaxError: Expression expected\n    at parse`;
  assert.deepEqual(readParserError(error, '\n\nconst 日 = ;\n'), {
    message: 'Expression expected',
    line: 3,
    column: 11,
  });
});
