import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { EventKind } from '../trace/event.ts';
import { describeEvent, formatDuration, formatFigure } from './event-text.ts';
import { handMadeTrace } from './hand-made.ts';
import { causesOf, effectsOf, eventsAbout, filterLog, groupsIn, kindInWords } from './log.ts';
import { marksOf } from './marks.ts';
import { eventAt } from './trace-view.ts';

const trace = handMadeTrace([
  { kind: 'mark', label: 'begin' },
  { kind: 'send', node: 'c', peer: 'p1', label: 'prepare', id: 1, value: 100 },
  { kind: 'deliver', node: 'p1', peer: 'c', label: 'prepare', id: 1, cause: 1 },
  { kind: 'send', node: 'p1', peer: 'c', label: 'yes', id: 1, cause: 2 },
  { kind: 'drop', node: 'p1', peer: 'c', label: 'yes', id: 1, value: 1, cause: 3 },
  { kind: 'crash', node: 'c' },
  { kind: 'move', node: 'a', peer: 'b', label: 'key-', id: 17, value: 0.5 },
]);

describe('the log', () => {
  it('says every event in words', () => {
    const lines = Array.from({ length: trace.length }, (_, i) => describeEvent(eventAt(trace, i)));
    assert.deepEqual(lines, [
      'begin',
      'c sends prepare #1 to p1',
      'p1 receives prepare #1 from c',
      'p1 sends yes #1 to c',
      'yes #1 from p1 to c is lost: the link is cut',
      'c crashes',
      'key-17 moves from b to a',
    ]);
  });

  it('has words for every kind there is, and for those of a newer version', () => {
    for (const [kind, number] of Object.entries(EventKind)) {
      const line = describeEvent({
        index: 0,
        time: 0,
        kind: number,
        node: 'n',
        peer: 'p',
        label: 'l',
        cause: -1,
        id: 3,
        owner: 0,
        value: 2,
      });
      assert.ok(line.length > 0 && !/undefined|does not know/.test(line), `${kind}: ${line}`);
      assert.ok(!kindInWords(number).startsWith('kind '));
    }
    assert.equal(kindInWords(99), 'kind 99');
  });

  it('filters by group and by words in any order', () => {
    assert.deepEqual(filterLog(trace, { group: 'messages', search: '' }), [1, 2, 3, 4]);
    assert.deepEqual(filterLog(trace, { group: 'all', search: 'C Yes' }), [3, 4]);
    assert.deepEqual(filterLog(trace, { group: 'nodes', search: 'yes' }), []);
    assert.deepEqual(groupsIn(trace), ['marks', 'nodes', 'keys', 'messages']);
  });

  it('walks back the causes of an event and on to its effects', () => {
    assert.deepEqual(causesOf(trace, 4), [4, 3, 2, 1]);
    assert.deepEqual(effectsOf(trace, 3), [4]);
  });

  it('ends its walk in a damaged trace whose causes go round in circles', () => {
    const damaged = handMadeTrace([
      { kind: 'mark', label: 'a', cause: 1 },
      { kind: 'mark', label: 'b', cause: 0 },
    ]);
    assert.deepEqual(causesOf(damaged, 1), [1, 0]);
  });

  it('finds what a node and an item took part in, up to the cursor', () => {
    assert.deepEqual(eventsAbout(trace, 'p1', 3), [3, 2, 1]);
    assert.deepEqual(eventsAbout(trace, 'key-17', 6), [6]);
    assert.deepEqual(eventsAbout(trace, 'key-1', 6), []);
  });

  it('marks phases and faults', () => {
    assert.deepEqual(
      marksOf(trace).map(({ event, tone }) => [event, tone]),
      [
        [0, 'phase'],
        [5, 'fault'],
      ],
    );
    assert.deepEqual(marksOf(trace, 6), []);
  });

  it('refuses an event that is not there by name', () => {
    assert.throws(() => eventAt(trace, 7), /event 7 is not among the 7 at hand/);
  });
});

describe('figures', () => {
  it('are grouped, short and never raw floating point', () => {
    assert.equal(formatFigure(12345.6789), '12,345.679');
    assert.equal(formatFigure(0.1 + 0.2), '0.3');
    assert.equal(formatFigure(-0.00012345), '−0.000123');
    assert.equal(formatFigure(Infinity), '∞');
    assert.equal(formatFigure(NaN), 'not a number');
  });

  it('give durations in the unit that fits', () => {
    assert.deepEqual([999, 1500, 2_500_000, 3e9].map(formatDuration), ['999 ns', '1.5 µs', '2.5 ms', '3 s']);
  });
});
