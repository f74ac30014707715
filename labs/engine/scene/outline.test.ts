import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { clockOf } from './axis.ts';
import { handMadeTrace } from './hand-made.ts';
import { marksOf } from './marks.ts';
import { outlineOf } from './outline.ts';

const trace = handMadeTrace([
  { kind: 'mark', label: 'begin', time: 10 },
  { kind: 'intervention', label: 'crash', node: 'b', time: 20 },
  { kind: 'crash', node: 'b', time: 20 },
  { kind: 'intervention', label: 'drop', node: 'a', time: 30 },
  { kind: 'join', node: 'c', time: 40 },
]);
const outline = (interventions: number) => outlineOf(clockOf(trace), marksOf(trace), interventions);

describe('the outline of a run', () => {
  it('has its marks where they stand in time, and its length', () => {
    const { begin, end, marks } = outline(0);
    assert.deepEqual([begin, end], [10, 41]);
    assert.deepEqual(
      marks.map(({ event, place, tone }) => [event, place, tone]),
      [
        [0, 10, 'phase'],
        [1, 20, 'intervention'],
        [2, 20.5, 'fault'],
        [3, 30, 'intervention'],
      ],
    );
  });

  it('parts where the last intervention was made, once all were', () => {
    assert.equal(outline(0).parted, undefined);
    assert.equal(outline(2).parted, 30);
    assert.equal(outline(3).parted, undefined);
  });
});
