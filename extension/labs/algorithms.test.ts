import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { LabEntry } from '../../labs/engine/lab/catalogue.ts';
import { algorithmsIn, placeOf, runnableOf } from './algorithms.ts';

const lab = {
  id: 'hashing',
  contracts: ['Placement'],
  algorithms: [
    { id: 'ring', title: 'The ring', export: 'Ring', contract: 'Placement', file: 'ring.ts' },
    { id: 'two-choices', title: 'Two choices', export: 'TwoChoices', contract: 'Placement', file: 'choices.ts' },
  ],
} as unknown as LabEntry;

const text = (...names: string[]): string =>
  names.map((name) => `export class ${name} implements Placement {}\n`).join('');
const found = (file: string, ...names: string[]): [string, boolean][] =>
  algorithmsIn(text(...names), lab, file).map(({ id, own }) => [id, own]);

describe('an algorithm', () => {
  it('is the lab’s own in the file that the lab names for it', () => {
    assert.deepEqual(found('ring.ts', 'Ring'), [['ring', false]]);
  });

  it('is the learner’s own in any other file, and goes by its place', () => {
    assert.deepEqual(found('ring copy.ts', 'Ring'), [['ring copy', true]]);
    assert.deepEqual(found('mine.ts', 'Mine'), [['mine', true]]);
    assert.deepEqual(found('backup/mine.ts', 'Mine'), [['backup/mine', true]]);
    assert.deepEqual(found('backup/ring.ts', 'Ring'), [['backup/ring', true]]);
  });

  it('of several in one file is told apart by its name', () => {
    assert.deepEqual(found('mine.ts', 'First', 'Second'), [
      ['mine', true],
      ['mine#Second', true],
    ]);
  });

  it('never goes by a name that the lab has given', () => {
    assert.deepEqual(found('ring.ts', 'Mine', 'Ring'), [
      ['ring#Mine', true],
      ['ring', false],
    ]);
    assert.deepEqual(found('two-choices.ts', 'TwoChoices'), [['two-choices#TwoChoices', true]]);
  });

  it('that no lab names runs in a copy only', () => {
    assert.deepEqual(
      runnableOf(algorithmsIn(text('Ring', 'Mine'), lab, 'ring.ts'), false).map(({ id }) => id),
      ['ring'],
    );
    assert.equal(runnableOf(algorithmsIn(text('Ring', 'Mine'), lab, 'ring.ts'), true).length, 2);
  });

  it('is found again where its id says, within the lab’s folder', () => {
    for (const [file, name] of [
      ['ring copy.ts', 'Ring'],
      ['backup/mine.ts', 'Mine'],
      ['two-choices.ts', 'Two'],
    ] as const) {
      assert.equal(placeOf(algorithmsIn(text(name), lab, file)[0]!.id), file);
    }
    for (const id of ['', '../mine', 'a/../../mine', '/etc/mine', 'a//mine', '..\\mine', './mine']) {
      assert.equal(placeOf(id), undefined, id);
    }
  });
});
