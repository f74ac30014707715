import assert from 'node:assert/strict';
import { it } from 'node:test';
import { firstDifference } from './difference.ts';
import { handMadeTrace, type HandMadeEvent } from './hand-made.ts';

const common: HandMadeEvent[] = [
  { kind: 'join', node: 'a', value: 1 },
  { kind: 'join', node: 'b', value: 1 },
];

it('finds where two runs part, whatever numbers their strings have', () => {
  const leaves = handMadeTrace([...common, { kind: 'leave', node: 'a' }]);
  const other = handMadeTrace([...common, { kind: 'leave', node: 'b' }]);
  assert.equal(firstDifference(leaves, other), 2);
  assert.equal(firstDifference(leaves, handMadeTrace(common)), 2);
  assert.equal(firstDifference(leaves, leaves), -1);
  const renamed = handMadeTrace([{ kind: 'mark', label: 'b' }, ...common]);
  assert.equal(firstDifference(renamed, leaves), 0);
});
