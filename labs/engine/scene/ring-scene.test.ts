import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { handMadeTrace, type HandMadeEvent } from './hand-made.ts';
import { destinationOf, firstAtOrAfter, ringSceneAt } from './ring-scene.ts';
import { describeRing, explainItem, explainServer, loadHistogram, serverRows } from './ring-words.ts';

/** Two servers, three keys; b leaves and c comes. */
const story: HandMadeEvent[] = [
  { kind: 'mark', label: 'servers join' },
  { kind: 'join', node: 'a', value: 1 },
  { kind: 'point', node: 'a', value: 0.25 },
  { kind: 'join', node: 'b', value: 1 },
  { kind: 'point', node: 'b', value: 0.75 },
  { kind: 'place', node: 'a', label: 'key-', id: 1, value: 0.1 },
  { kind: 'place', node: 'b', label: 'key-', id: 2, value: 0.5 },
  { kind: 'place', node: 'a', label: 'key-', id: 3, value: 0.9 },
  { kind: 'mark', label: 'b leaves' },
  { kind: 'leave', node: 'b' },
  { kind: 'unpoint', node: 'b', value: 0.75 },
  { kind: 'move', node: 'a', peer: 'b', label: 'key-', id: 2, value: 0.5 },
];

describe('ringSceneAt', () => {
  it('knows who owns what at every moment', () => {
    const trace = handMadeTrace(story);
    const placed = ringSceneAt(trace, 7);
    assert.deepEqual(
      placed.servers.map(({ name, present, load }) => [name, present, load]),
      [
        ['a', true, 2],
        ['b', true, 1],
      ],
    );
    assert.deepEqual(
      placed.points.map(({ position }) => position),
      [0.25, 0.75],
    );
    const end = ringSceneAt(trace, 11);
    assert.equal(end.presentServers, 1);
    assert.equal(end.servers[0]!.load, 3);
    assert.equal(end.points.length, 1);
    assert.equal(end.movedItems, 1);
    assert.equal(end.phase.text, 'b leaves');
  });

  it('forgets what moved when the next phase opens', () => {
    const trace = handMadeTrace([...story, { kind: 'mark', label: 'rest' }]);
    assert.equal(ringSceneAt(trace, 12).movedItems, 0);
  });

  it('takes the points of a server that leaves without naming them', () => {
    const trace = handMadeTrace(story.slice(0, 10));
    assert.equal(ringSceneAt(trace, 9).points.length, 1);
  });

  it('lets a server come back with its point', () => {
    const trace = handMadeTrace([
      ...story,
      { kind: 'join', node: 'b', value: 1 },
      { kind: 'point', node: 'b', value: 0.75 },
    ]);
    assert.equal(ringSceneAt(trace, 13).points.length, 2);
  });

  it('carries an earlier scene on to the same result as a new one', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(4), fc.nat(9), fc.double({ min: 0, max: 0.999, noNaN: true })), { maxLength: 60 }),
        fc.array(fc.nat(100), { maxLength: 5 }),
        (steps, stops) => {
          const trace = handMadeTrace(steps.map(([server, key, value]) => randomEvent(server, key, value)));
          if (trace.length === 0) return;
          let carried = ringSceneAt(trace, -1);
          for (const stop of stops.map((at) => at % trace.length).sort((a, b) => a - b)) {
            carried = ringSceneAt(trace, stop, carried);
            void carried.points;
          }
          carried = ringSceneAt(trace, trace.length - 1, carried);
          const fresh = ringSceneAt(trace, trace.length - 1);
          assert.deepEqual(serverRows(carried), serverRows(fresh));
          assert.deepEqual(new Set(carried.points.map(pointText)), new Set(fresh.points.map(pointText)));
          assert.deepEqual(carried.items, fresh.items);
          const loads = serverRows(fresh).reduce((sum, { load }) => sum + load, 0);
          assert.equal(loads, fresh.items.number.length, 'the loads add up to all keys');
        },
      ),
    );
  });
});

function pointText({ server, index, position }: { server: number; index: number; position: number }): string {
  return `${server}#${index}@${position}`;
}

function randomEvent(server: number, key: number, value: number): HandMadeEvent {
  const node = `s${server}`;
  if (key < 2) return { kind: 'join', node, value: 1 };
  if (key < 4) return { kind: 'point', node, value, id: server * 100 + Math.floor(value * 100) };
  if (key === 4) return { kind: 'leave', node };
  return { kind: 'place', node, label: 'key-', id: key, value };
}

describe('the walk of a key', () => {
  it('ends at its owner’s next point clockwise, past the top where need be', () => {
    const scene = ringSceneAt(handMadeTrace(story), 7);
    assert.equal(destinationOf(scene, scene.findItem('key-2'))!.position, 0.75);
    assert.equal(destinationOf(scene, scene.findItem('key-3'))!.position, 0.25);
  });

  it('goes on past others’ points when a server was full', () => {
    const trace = handMadeTrace([...story.slice(0, 7), { kind: 'place', node: 'b', label: 'key-', id: 9, value: 0.2 }]);
    const scene = ringSceneAt(trace, 7);
    assert.equal(destinationOf(scene, scene.findItem('key-9'))!.position, 0.75);
  });

  it('has no end where servers have no points', () => {
    const trace = handMadeTrace([
      { kind: 'join', node: 'a', value: 1 },
      { kind: 'place', node: 'a', label: 'key-', id: 1, value: 0.5 },
    ]);
    assert.equal(destinationOf(ringSceneAt(trace, 1), 0), undefined);
  });

  it('finds the first point at or after a position', () => {
    const points = [0.1, 0.5, 0.9].map((position) => ({ position, server: 0, index: 0 }));
    assert.deepEqual(
      [0, 0.1, 0.11, 0.9, 0.95].map((position) => firstAtOrAfter(points, position)),
      [0, 0, 1, 2, 3],
    );
  });
});

describe('a ring in words', () => {
  const trace = handMadeTrace(story);

  it('explains a key, a server and the whole', () => {
    const placed = ringSceneAt(trace, 7);
    assert.equal(explainItem(placed, 1), 'key-2 sits at 50.00 % and walks 25.00 % clockwise to b.');
    assert.equal(explainServer(placed, 0), 'a owns 2 of 3 keys (67 %), one point at 25.00 %.');
    assert.equal(describeRing(placed), '3 keys on 2 servers.');
    const end = ringSceneAt(trace, 11);
    assert.match(explainItem(end, 1), /It has just moved there from b\.$/);
    assert.equal(explainServer(end, 1), 'b is not there at this moment.');
    assert.equal(describeRing(end), '3 keys on 1 server; 1 moved (33 %).');
  });

  it('goes on counting the keys of a server that has left, until they are looked up again', () => {
    const left = ringSceneAt(trace, 9);
    assert.equal(
      explainServer(left, 1),
      'b is not there at this moment. 1 key of it has not been looked up again yet.',
    );
    assert.equal(describeRing(left), '3 keys on 1 server; 1 not looked up again yet.');
    assert.deepEqual(
      serverRows(left).map(({ name, present, load }) => [name, present, load]),
      [
        ['a', true, 2],
        ['b', false, 1],
      ],
    );
  });

  it('lists servers with what they gained', () => {
    assert.deepEqual(
      serverRows(ringSceneAt(trace, 11)).map(({ name, load, gained }) => [name, load, gained]),
      [['a', 3, 1]],
    );
  });

  it('counts every server once in the histogram', () => {
    const bins = loadHistogram(ringSceneAt(trace, 7), 10);
    assert.deepEqual(
      bins.map(({ from, to, servers }) => [from, to, servers]),
      [
        [0, 0, 0],
        [1, 1, 1],
        [2, 2, 1],
      ],
    );
    assert.deepEqual(loadHistogram(ringSceneAt(trace, 0), 10), []);
  });
});
