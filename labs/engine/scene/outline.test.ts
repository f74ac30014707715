import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { clockOf } from './axis.ts';
import { handMadeTrace } from './hand-made.ts';
import { marksOf } from './marks.ts';
import { TraceStore } from '../trace/store.ts';
import { outlineOf, outlineOfRun } from './outline.ts';

const trace = handMadeTrace([
  { kind: 'mark', label: 'begin', time: 10 },
  { kind: 'intervention', label: 'crash', node: 'b', time: 20 },
  { kind: 'crash', node: 'b', time: 20 },
  { kind: 'intervention', label: 'drop', node: 'a', time: 30 },
  { kind: 'join', node: 'c', time: 40 },
]);
const outline = (interventions: number, branch: { parent?: string } = { parent: 'the run before' }) =>
  outlineOf(clockOf(trace), marksOf(trace), { ...branch, interventions: Array(interventions).fill('drop') });

describe('the outline of a run', () => {
  it('has its marks where they stand in time, and its length', () => {
    const { events, begin, end, marks } = outline(0, {});
    assert.deepEqual([events, begin, end], [5, 10, 41]);
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
    assert.equal(outline(2, {}).parted, undefined);
    assert.equal(outline(2).parted, 30);
    assert.equal(outline(3).parted, undefined);
  });

  it('is the same of a stored trace', () => {
    const store = new TraceStore({ maxEvents: 10 });
    store.append(0, trace.columns, trace.strings);
    assert.deepEqual(outlineOfRun(store, { parent: 'the run before', interventions: ['crash', 'drop'] }), outline(2));
  });
});
