import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { clusterSceneAt, progressOf } from './cluster-scene.ts';
import { handMadeTrace, type HandMadeEvent } from './hand-made.ts';
import { diagramOf, maxDiagramSteps } from './mermaid.ts';
import { sequenceSceneOf } from './sequence-scene.ts';
import { countedSeries, sampledSeries, workloadClock } from './series.ts';
import { servingSeries, waitingSeries } from './station-series.ts';
import { describeLane, timelineSceneOf } from './timeline-scene.ts';

/** Two messages: one arrives, one is lost because the receiver has crashed; and it comes back. */
const story: HandMadeEvent[] = [
  { kind: 'join', node: 'c', value: 1 },
  { kind: 'join', node: 'p', value: 1 },
  { kind: 'state', node: 'c', label: 'asking' },
  { kind: 'send', node: 'c', peer: 'p', label: 'prepare', id: 1, time: 10 },
  { kind: 'deliver', node: 'p', peer: 'c', label: 'prepare', id: 1, time: 20, cause: 3 },
  { kind: 'send', node: 'c', peer: 'p', label: 'commit', id: 2, time: 30 },
  { kind: 'crash', node: 'p', time: 35 },
  { kind: 'drop', node: 'c', peer: 'p', label: 'commit', id: 2, value: 2, time: 40, cause: 5 },
  { kind: 'mark', label: 'p is back', time: 50 },
  { kind: 'restart', node: 'p', time: 50 },
];
const trace = handMadeTrace(story);

describe('the space-time diagram', () => {
  it('pairs what was sent with what became of it', () => {
    const { lanes, messages, gaps } = sequenceSceneOf(trace);
    assert.deepEqual(lanes, ['c', 'p']);
    assert.deepEqual(
      messages.map(({ send, end, label, outcome }) => [send, end, label, outcome]),
      [
        [3, 4, 'prepare', 'delivered'],
        [5, 7, 'commit', 'lost'],
      ],
    );
    assert.deepEqual(gaps, [{ lane: 1, kind: 'down', from: 6, to: 9 }]);
  });

  it('gives a doubled message two arrows', () => {
    const { messages } = sequenceSceneOf(
      handMadeTrace([
        { kind: 'send', node: 'a', peer: 'b', label: 'x', id: 1 },
        { kind: 'duplicate', node: 'a', peer: 'b', label: 'x', id: 1 },
        { kind: 'deliver', node: 'b', peer: 'a', label: 'x', id: 1 },
        { kind: 'deliver', node: 'b', peer: 'a', label: 'x', id: 1 },
      ]),
    );
    assert.deepEqual(
      messages.map(({ send, end }) => [send, end]),
      [
        [0, 2],
        [1, 3],
      ],
    );
  });

  it('leaves out what was handed over without being sent, and samples', () => {
    const { rows } = sequenceSceneOf(
      handMadeTrace([
        { kind: 'deliver', node: 'b', peer: 'a', label: 'job', id: 1 },
        { kind: 'sample', label: 'queue', value: 1 },
        { kind: 'mark', label: 'x' },
      ]),
    );
    assert.deepEqual(rows, [2]);
  });
});

describe('the cluster', () => {
  it('knows every node at every moment', () => {
    const at = (cursor: number) =>
      clusterSceneAt(trace, cursor).nodes.map(({ name, condition }) => `${name} ${condition}`);
    assert.deepEqual(at(0), ['c up']);
    assert.deepEqual(at(6), ['c up', 'p down']);
    assert.deepEqual(at(9), ['c up', 'p up']);
    const [c, p] = clusterSceneAt(trace, 9).nodes;
    assert.deepEqual([c!.state, c!.sent, p!.received], ['asking', 2, 1]);
  });

  it('places a message on its way by when it will arrive', () => {
    const [flight] = clusterSceneAt(trace, 3).flights;
    assert.deepEqual([flight!.sentAt, flight!.endsAt, flight!.lost], [10, 20, false]);
    assert.equal(progressOf(flight!, 15), 0.5);
    assert.equal(clusterSceneAt(trace, 4).flights.length, 0);
    assert.equal(clusterSceneAt(trace, 5).flights[0]!.lost, true);
  });

  it('is the same when it is carried on as when it is made anew', () => {
    let carried = clusterSceneAt(trace, 0);
    for (let cursor = 0; cursor < trace.length; cursor++) {
      carried = clusterSceneAt(trace, cursor, carried);
      const fresh = clusterSceneAt(trace, cursor);
      assert.deepEqual([carried.nodes, carried.flights, carried.pairs], [fresh.nodes, fresh.flights, fresh.pairs]);
    }
  });

  it('counts queues and shows links out of order until they are healed', () => {
    const queues = handMadeTrace([
      { kind: 'enqueue', node: 's', label: 'job-', id: 1, value: 1 },
      { kind: 'serveBegin', node: 's', id: 1, value: 0 },
      { kind: 'link', node: 's', peer: 't', label: 'cut' },
      { kind: 'serveEnd', node: 's', id: 1, value: 5 },
      { kind: 'link', node: 's', peer: 't', label: 'healed' },
    ]);
    const during = clusterSceneAt(queues, 2);
    assert.deepEqual([during.nodes[0]!.queue, during.nodes[0]!.serving], [0, 1]);
    assert.equal(during.links[0]!.trouble, 'cut');
    const end = clusterSceneAt(queues, 4);
    assert.deepEqual([end.nodes[0]!.served, end.links.length], [1, 0]);
  });
});

describe('a diagram in Mermaid', () => {
  it('says what the space-time diagram draws', () => {
    const { text, steps } = diagramOf(sequenceSceneOf(trace), 0, trace.length - 1);
    assert.equal(
      text,
      [
        'sequenceDiagram',
        '    participant n0 as c',
        '    participant n1 as p',
        '    Note over n0: asking',
        '    n0->>n1: prepare',
        '    n0--xn1: commit',
        '    Note over n1: crashes',
        '    Note over n0,n1: p is back',
        '    Note over n1: restarts',
      ].join('\n'),
    );
    assert.equal(steps, 6);
  });

  it('lets no name of a trace become syntax', () => {
    const { text } = diagramOf(
      sequenceSceneOf(handMadeTrace([{ kind: 'send', node: 'a', peer: 'b', label: 'x;\nend %%<script>', id: 1 }])),
      0,
      0,
    );
    assert.ok(!/[;<>%]|\bend\b/.test(text.split('\n').at(-1)!.replace('->>', '')), text);
  });

  it('has an end, and says so', () => {
    const many = handMadeTrace(
      Array.from({ length: 500 }, (_, i) => ({ kind: 'send', node: 'a', peer: 'b', label: 'x', id: i })),
    );
    const { steps, wanted } = diagramOf(sequenceSceneOf(many), 0, 499);
    assert.deepEqual([steps, wanted], [maxDiagramSteps, 500]);
  });
});

describe('figures over time', () => {
  it('groups samples by series, a curve a node', () => {
    const groups = sampledSeries(
      handMadeTrace([
        { kind: 'sample', node: 'a', label: 'queue', value: 1, time: 5 },
        { kind: 'sample', node: 'b', label: 'queue', value: 2, time: 6 },
        { kind: 'sample', label: 'load', value: 3, time: 7 },
      ]),
    );
    assert.deepEqual(
      groups.map(({ title, series }) => [title, series.map(({ title, x, y }) => [title, x, y])]),
      [
        [
          'queue',
          [
            ['a', [5], [1]],
            ['b', [6], [2]],
          ],
        ],
        ['load', [['load', [7], [3]]]],
      ],
    );
  });

  it('counts what was finished, and its percentiles, per stretch of time', () => {
    const [finished, times] = countedSeries(
      handMadeTrace([
        { kind: 'join', node: 's', time: 0 },
        { kind: 'serveEnd', node: 's', id: 1, value: 2e6, time: 1e9 },
        { kind: 'serveEnd', node: 's', id: 2, value: 8e6, time: 2e9 },
      ]),
      2,
    );
    assert.deepEqual(finished!.series[0]!.y, [0, 2]);
    assert.deepEqual(
      times!.series.map(({ y }) => y[1]),
      [2, 8, 8],
    );
    assert.deepEqual(countedSeries(handMadeTrace([])), []);
  });

  it('shows how many wait at each station, each length weighed by how long it held', () => {
    const [waiting] = waitingSeries(
      handMadeTrace([
        { kind: 'join', node: 's', time: 0 },
        { kind: 'enqueue', node: 's', id: 1, value: 4, time: 1e9 },
        { kind: 'serveBegin', node: 's', id: 1, value: 3, time: 3e9 },
        { kind: 'crash', node: 's', time: 4e9 },
        { kind: 'enqueue', node: 'u', id: 2, value: 0, time: 8e9 },
      ]),
      2,
    );
    assert.deepEqual(
      waiting!.series.map(({ title, y }) => [title, ...y]),
      [['s', (4 * 2 + 3 * 1) / 4, 0], ['u', 0, 0]], // prettier-ignore
    );
    assert.deepEqual(waitingSeries(handMadeTrace([])), []);
  });

  it('shows how many each station serves, and all of them in the mean', () => {
    const [serving] = servingSeries(
      handMadeTrace([
        { kind: 'serveBegin', node: 's', id: 1, time: 0 },
        { kind: 'serveBegin', node: 'u', id: 2, time: 2 },
        { kind: 'serveEnd', node: 's', id: 1, time: 3 },
        { kind: 'crash', node: 'u', time: 4 },
        { kind: 'mark', label: 'end', time: 8 },
      ]),
      2,
    );
    assert.deepEqual(
      serving!.series.map(({ title, y }) => [title, ...y]),
      [['mean of all', 5 / 8, 0], ['s', 3 / 4, 0], ['u', 1 / 2, 0]], // prettier-ignore
    );
  });

  it('keeps a long series short', () => {
    const [group] = sampledSeries(
      handMadeTrace(Array.from({ length: 20_000 }, (_, i) => ({ kind: 'sample', label: 'x', value: i }))),
    );
    const { x } = group!.series[0]!;
    assert.ok(x.length <= 4001);
    assert.deepEqual([x[0], x.at(-1)], [0, 19_999]);
  });
});

describe('lanes along time', () => {
  it('follow the clock of the workload, where it has one', () => {
    const limiter = handMadeTrace([
      { kind: 'sample', label: 'arrival', value: 900, time: 0 },
      { kind: 'admit', node: 'client-0', label: 'request-', id: 0, value: 1, time: 0 },
      { kind: 'sample', label: 'arrival', value: 950, time: 1 },
      { kind: 'refuse', node: 'client-0', label: 'request-', id: 1, value: 1, time: 1 },
    ]);
    const scene = timelineSceneOf(limiter, false);
    assert.deepEqual([scene.unit, scene.from, scene.to, scene.at(3)], ['ms', 900, 950, 950]);
    assert.deepEqual([scene.lanes[0]!.admitted.x, scene.lanes[0]!.refused.x], [[900], [950]]);
    assert.equal(describeLane(scene.lanes[0]!), 'client-0: 1 admitted, 1 refused');
    assert.deepEqual(sampledSeries(limiter, workloadClock(limiter)), []);
  });

  it('show jobs in service and when a server was away', () => {
    const scene = timelineSceneOf(
      handMadeTrace([
        { kind: 'serveBegin', node: 's', id: 1, value: 0, time: 10 },
        { kind: 'serveEnd', node: 's', id: 1, value: 5, time: 15 },
        { kind: 'crash', node: 's', time: 20 },
        { kind: 'mark', label: 'end', time: 30 },
      ]),
      true,
    );
    const [lane] = scene.lanes;
    assert.deepEqual([lane!.spans.x, lane!.spans.end, lane!.gaps], [[10], [15], [{ from: 20, to: 30 }]]);
  });
});
