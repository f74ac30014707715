import assert from 'node:assert/strict';
import { test } from 'node:test';
import { labGroups } from './lab-groups.ts';

const labsOf = (count: number) =>
  Array.from({ length: count }, (_, i) => ({ id: `lab-${i}`, chapter: i % 2 === 0 ? 'Data' : 'Caches' })).sort((a, b) =>
    b.chapter.localeCompare(a.chapter),
  );
const shape = (count: number, used: string[]): unknown =>
  labGroups(labsOf(count), used).map(({ title, labs }) => [title, labs.map(({ id }) => id).join(' ')]);

test('few labs stand chapter by chapter', () => {
  assert.deepEqual(shape(4, ['lab-3']), [
    ['Data', 'lab-0 lab-2'],
    ['Caches', 'lab-1 lab-3'],
  ]);
});

test('of many, those used last stand first, each once, and nowhere else', () => {
  assert.deepEqual(shape(10, ['lab-3', 'gone', 'lab-3', 'lab-0', 'lab-5', 'lab-7']), [
    ['Recent', 'lab-3 lab-0 lab-5'],
    ['Data', 'lab-2 lab-4 lab-6 lab-8'],
    ['Caches', 'lab-1 lab-7 lab-9'],
  ]);
});

test('a chapter whose labs all stand first is not named', () => {
  const labs = [...labsOf(9), { id: 'last', chapter: 'Coordination' }];
  assert.ok(!labGroups(labs, ['last']).some(({ title }) => title === 'Coordination'));
});
