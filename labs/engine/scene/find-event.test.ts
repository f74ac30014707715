import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { EventPattern } from '../lab/tour.ts';
import { allocateColumns } from '../trace/columns.ts';
import { EventKind } from '../trace/event.ts';
import { findEvent } from './find-event.ts';
import type { TraceView } from './trace-view.ts';

/** mark "one leaves" · a sends "vote" to b · b sends "vote" to a · mark "two leave" */
function someTrace(): TraceView {
  const strings = ['one leaves', 'a', 'b', 'vote', 'two leave'];
  const columns = allocateColumns(4);
  const rows = [
    [EventKind.mark, -1, -1, 0],
    [EventKind.send, 1, 2, 3],
    [EventKind.send, 2, 1, 3],
    [EventKind.mark, -1, -1, 4],
  ] as const;
  rows.forEach(([kind, node, peer, label], row) => {
    columns.kind[row] = kind;
    columns.node[row] = node;
    columns.peer[row] = peer;
    columns.label[row] = label;
  });
  columns.length = 4;
  return { length: 4, columns, strings };
}

const cases: [EventPattern, number][] = [
  [{ kind: 'mark' }, 0],
  [{ kind: 'mark', nth: 2 }, 3],
  [{ kind: 'mark', nth: -1 }, 3],
  [{ kind: 'mark', nth: 3 }, -1],
  [{ kind: 'mark', label: 'leave' }, 0],
  [{ kind: 'mark', label: 'two' }, 3],
  [{ kind: 'send', node: 'b' }, 2],
  [{ kind: 'send', peer: 'b', label: 'vote' }, 1],
  [{ kind: 'send', node: 'c' }, -1],
  [{ kind: 'mark', node: 'c' }, -1],
  [{ kind: 'crash' }, -1],
];
for (const [pattern, index] of cases) {
  test(`${JSON.stringify(pattern)} is event ${index}`, () => assert.equal(findEvent(someTrace(), pattern), index));
}
