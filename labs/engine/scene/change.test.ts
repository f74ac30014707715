import assert from 'node:assert/strict';
import { test } from 'node:test';
import { changeOf, compareWords, lastStateChange } from './change.ts';
import { handMadeTrace } from './hand-made.ts';

const trace = handMadeTrace([
  { kind: 'state', node: 'a', label: 'tx 1: waiting' },
  { kind: 'state', node: 'b', label: 'idle' },
  { kind: 'state', node: 'a', label: 'tx 1: committed' },
  { kind: 'place', node: 's0', label: 'key-', id: 3 },
  { kind: 'move', node: 's1', peer: 's0', label: 'key-', id: 3 },
  { kind: 'crash', node: 'a' },
]);

test('a state is compared with the one that the same node had before', () => {
  assert.deepEqual(changeOf(trace, 0), { what: 'state', before: '', after: 'tx 1: waiting' });
  assert.deepEqual(changeOf(trace, 2), { what: 'state', before: 'tx 1: waiting', after: 'tx 1: committed' });
});

test('an item comes from nobody, then from its owner', () => {
  assert.deepEqual(changeOf(trace, 3), { what: 'owner', before: '', after: 's0' });
  assert.deepEqual(changeOf(trace, 4), { what: 'owner', before: 's0', after: 's1' });
  assert.equal(changeOf(trace, 5), undefined);
});

test('the last change of a node is sought back from the cursor', () => {
  assert.equal(lastStateChange(trace, 'a', 5), 2);
  assert.equal(lastStateChange(trace, 'a', 1), 0);
  assert.equal(lastStateChange(trace, 'nobody', 5), -1);
});

test('only the words that differ are marked', () => {
  assert.deepEqual(compareWords('tx 1: waiting', 'tx 1: committed'), {
    before: [
      { text: 'tx 1: ', changed: false },
      { text: 'waiting', changed: true },
    ],
    after: [
      { text: 'tx 1: ', changed: false },
      { text: 'committed', changed: true },
    ],
  });
  assert.deepEqual(compareWords('', 'idle'), { before: [], after: [{ text: 'idle', changed: true }] });
});
