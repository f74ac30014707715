import assert from 'node:assert/strict';
import { it } from 'node:test';
import { EventKind } from '../trace/event.ts';
import { handMadeTrace } from './hand-made.ts';
import { overviewOf } from './overview.ts';

it('an overview names every kind of event in its run, once, however few the stretches', () => {
  const { join, send, deliver } = EventKind;
  const trace = handMadeTrace([
    { kind: 'send', node: 'a', peer: 'b', label: 'x' },
    { kind: 'join', node: 'a' },
    { kind: 'deliver', node: 'b', peer: 'a', label: 'x' },
    { kind: 'send', node: 'a', peer: 'b', label: 'x', id: 1 },
  ]);
  for (const stretches of [1, 3, 100])
    assert.deepEqual(overviewOf(trace, true, stretches).kinds, [join, send, deliver]);
  assert.deepEqual(overviewOf(handMadeTrace([]), true, 10).kinds, []);
});
