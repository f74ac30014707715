import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { diffLines, foldSame } from './line-diff.ts';

const words = (before: string, after: string): string[] =>
  diffLines(before, after).map(({ kind, text }) => `${{ same: ' ', removed: '-', added: '+' }[kind]}${text}`);

test('says which lines are gone, which are new, and keeps their order', () => {
  assert.deepEqual(words('a\nb\nc', 'a\nx\nc'), [' a', '-b', '+x', ' c']);
  assert.deepEqual(words('a\nb\nc\nd', 'b\nd\ne'), ['-a', ' b', '-c', ' d', '+e']);
  assert.deepEqual(words('', 'a'), ['+a']);
  assert.deepEqual(words('a', ''), ['-a']);
  assert.deepEqual(words('', ''), []);
});

test('both texts can be read off a difference, and no line that could stay is replaced', () => {
  const text = fc.array(fc.constantFrom('a', 'b', 'c', '{', '}'), { maxLength: 12 }).map((lines) => lines.join('\n'));
  fc.assert(
    fc.property(text, text, (before, after) => {
      const lines = diffLines(before, after);
      const side = (left: 'removed' | 'added'): string =>
        lines
          .filter(({ kind }) => kind !== left)
          .map((line) => line.text)
          .join('\n');
      assert.equal(side('added'), before);
      assert.equal(side('removed'), after);
      if (before === after) assert.ok(lines.every(({ kind }) => kind === 'same'));
    }),
  );
});

test('texts too long to be compared closely are replaced where they differ', () => {
  const long = (word: string): string => Array.from({ length: 1100 }, (_, i) => `${word} ${i}`).join('\n');
  const lines = diffLines(`same\n${long('a')}`, `same\n${long('b')}`);
  assert.deepEqual(
    [lines.length, lines[0]!.kind, lines[1]!.kind, lines.at(-1)!.kind],
    [2201, 'same', 'removed', 'added'],
  );
});

test('folds what stayed, but for a line around what changed, and never a single line', () => {
  const folded = foldSame(diffLines('a\nb\nc\nd\ne\nf\ng', 'a\nb\nc\nd\nE\nf\ng'));
  assert.deepEqual(
    folded.map((line) => (line.kind === 'folded' ? line.lines.length : line.text)),
    [3, 'd', 'e', 'E', 'f', 'g'],
  );
});
