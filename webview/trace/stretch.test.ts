/** A stretch of a run, with what is restated before it, looks in every view as the whole run does. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { clusterSceneAt, type ClusterScene } from '../../labs/engine/scene/cluster-scene.ts';
import { handMadeTrace, type HandMadeEvent } from '../../labs/engine/scene/hand-made.ts';
import { nodesInStates } from '../../labs/engine/scene/node-states.ts';
import type { StateMachine } from '../../labs/engine/lab/diagram.ts';
import { EventKind } from '../../labs/engine/trace/event.ts';
import { causesOf } from '../../labs/engine/scene/log.ts';
import { ringSceneAt, type RingScene } from '../../labs/engine/scene/ring-scene.ts';
import { eventAt, indexOf, rowOf, type TraceView } from '../../labs/engine/scene/trace-view.ts';
import { bufferOf } from '../../labs/engine/trace/columns.ts';
import { Restatement } from '../../labs/engine/trace/restate.ts';
import { TraceStore as KeptTrace } from '../../labs/engine/trace/store.ts';
import { stretchAround, stretchLength, TraceStore } from './trace-store.ts';

/** The trace as the panel holds it from an event on. */
function stretchFrom(whole: TraceView, first: number): TraceStore {
  const kept = new KeptTrace({ maxEvents: whole.length });
  kept.append(0, whole.columns, whole.strings);
  const fold = new Restatement();
  // In two helpings: that must make no difference.
  fold.take(kept.window(0, first >> 1));
  fold.take(kept.window(first >> 1, first));
  const indices = fold.rows();
  const rows = kept.select(indices);
  const store = new TraceStore(first);
  const strings = { firstString: 0, strings: [...whole.strings] };
  const restated = {
    indices: new Uint8Array(indices.buffer),
    earlier: fold.counts(rows),
    leftOut: fold.leftOut,
  };
  store.append({ first: 0, length: rows.length, bytes: new Uint8Array(bufferOf(rows)), ...strings, restated });
  const rest = kept.window(first, kept.length);
  store.append({ first, length: rest.length, bytes: new Uint8Array(bufferOf(rest)), ...strings });
  return store;
}

/** Kinds of which no picture of nodes is made, or that their marks, charts and logs tell. */
const others = [
  ...(['intervention', 'broken', 'sample', 'log', 'timerSet', 'timerFire', 'timerCancel'] as const),
  ...(['invoke', 'return', 'fail', 'unknown', 'admit', 'refuse'] as const),
];

/** A machine whose states are told by marks: of each node the last one counts. */
const machineStates = ['open', 'closed', 'ajar'].map((id) => ({
  id,
  title: id,
  help: id,
  marks: [`{node} is ${id}`],
}));

/** A run of a few nodes with everything that can happen to them, told by a list of numbers. */
function storyOf(choices: readonly (readonly [what: number, who: number, whom: number])[]): HandMadeEvent[] {
  const nodes = ['a', 'b', 'c', 'd'];
  const story: HandMadeEvent[] = nodes.map((node) => ({ kind: 'join', node, value: 1 }));
  const flying: HandMadeEvent[] = [];
  const serving: HandMadeEvent[] = [];
  const points = new Set<string>();
  let counter = 0;
  for (const [what, who, whom] of choices) {
    const node = nodes[who]!;
    const peer = nodes[(who + 1 + (whom % 3)) % 4]!;
    const message = flying[whom % Math.max(1, flying.length)];
    const job = serving[whom % Math.max(1, serving.length)];
    const id = whom;
    switch (what) {
      case 0:
      case 1: {
        const send: HandMadeEvent = { kind: 'send', node, peer, label: 'ask', id: counter++ };
        flying.push(send);
        story.push(send);
        break;
      }
      case 2:
      case 3:
        if (!message) break;
        flying.splice(flying.indexOf(message), 1);
        if (what === 2) story.push({ ...message, kind: 'deliver', node: message.peer!, peer: message.node! });
        else story.push({ ...message, kind: 'drop' });
        break;
      case 4:
        if (!message) break;
        flying.push(message);
        story.push({ ...message, kind: 'duplicate' });
        break;
      case 5:
        story.push({ kind: (['pause', 'resume', 'restart', 'slow', 'skew'] as const)[whom % 5]!, node, value: whom });
        break;
      case 6:
        story.push({ kind: 'crash', node });
        for (const one of serving.filter((job) => job.node === node)) serving.splice(serving.indexOf(one), 1);
        break;
      case 7:
        story.push({ kind: 'state', node, label: `state ${whom}` });
        break;
      case 8:
        story.push({ kind: 'enqueue', node, id: counter++, value: whom });
        break;
      case 9:
        serving.push({ kind: 'serveBegin', node, id: counter++ });
        story.push({ ...serving.at(-1)!, value: whom });
        break;
      case 10:
        if (job) story.push({ ...serving.splice(serving.indexOf(job), 1)[0]!, kind: 'serveEnd' });
        break;
      case 11:
        story.push({ kind: 'link', node, peer, label: whom % 2 === 0 ? 'cut' : 'healed' });
        break;
      case 12:
        story.push({ kind: whom % 2 === 0 ? 'leave' : 'join', node, value: whom });
        break;
      case 13:
        // One that is on the ring already is not put there again.
        if (whom % 3 !== 0 && points.has(`${node} ${id}`)) break;
        if (whom % 3 !== 0) points.add(`${node} ${id}`);
        story.push({ kind: whom % 3 === 0 ? 'unpoint' : 'point', node, id, value: (who * 7 + whom) / 100 });
        break;
      case 14:
        story.push({ kind: 'place', node, label: 'key-', id, value: whom / 10 });
        break;
      case 15:
        story.push({ kind: 'move', node, peer, label: 'key-', id, value: whom / 10 });
        break;
      case 16:
        story.push(whom % 2 === 0 ? { kind: 'mark', label: `phase ${counter++}` } : { kind: 'reject', node, id });
        break;
      case 17:
        story.push({
          kind: (['diskWrite', 'diskWrite', 'diskSync', 'diskLost'] as const)[whom % 4]!,
          node,
          label: 'log',
        });
        break;
      case 18:
        story.push({ kind: 'mark', node: whom > 4 ? node : '', label: `${node} is ${machineStates[whom % 3]!.id}` });
        break;
      case 19:
        story.push({ kind: others[(who * 10 + whom) % others.length]!, node, label: `text ${whom}`, id, value: whom });
        break;
    }
  }
  return story.map((event, i) => ({ ...event, cause: i % 3 === 0 ? i - 1 : -1 }));
}

const stories = fc.array(fc.tuple(fc.integer({ min: 0, max: 19 }), fc.nat({ max: 3 }), fc.nat({ max: 9 })), {
  minLength: 1,
  maxLength: 120,
});

function clusterInWords(trace: TraceView, { nodes, flights, links, pairs, time }: ClusterScene): object {
  const index = (row: number): number => (row < 0 ? -1 : indexOf(trace, row));
  return {
    time,
    nodes: nodes.map(({ changedAt: _, ...node }) => node),
    flights: flights.map((flight) => ({ ...flight, send: index(flight.send) })).sort((a, b) => a.send - b.send),
    links: links.toSorted((a, b) => a.from - b.from || a.to - b.to),
    pairs: pairs.toSorted((a, b) => a[0] - b[0] || a[1] - b[1]),
  };
}

function ringInWords(scene: RingScene): object {
  const { servers, items, points, phase } = scene;
  const nameOf = (server: number): string => servers[server]?.name ?? '';
  return {
    servers,
    phase: phase.text,
    points: points.map(({ position, server, index }) => `${nameOf(server)} ${index} ${position}`).sort(),
    items: items.number
      .map((_, item) => [
        scene.itemName(item),
        items.position[item],
        nameOf(items.owner[item]!),
        nameOf(items.previous[item]!),
        scene.hasMoved(item),
      ])
      .sort((a, b) => String(a[0]).localeCompare(String(b[0]))),
  };
}

describe('a stretch of a run', () => {
  it('shows the cluster as the whole run does, at every event', () => {
    fc.assert(
      fc.property(stories, fc.nat(), fc.nat(), (choices, from, at) => {
        const whole = handMadeTrace(storyOf(choices));
        const first = 1 + (from % whole.length);
        const index = Math.min(whole.length - 1, first + (at % (whole.length - first + 1)));
        const stretch = stretchFrom(whole, first);
        if (index < first) return; // it begins after the last event: there is nothing to stand on
        assert.deepEqual(
          clusterInWords(stretch, clusterSceneAt(stretch, rowOf(stretch, index))),
          clusterInWords(whole, clusterSceneAt(whole, index)),
        );
      }),
      { numRuns: 500 },
    );
  });

  it('shows the ring as the whole run does, at every event', () => {
    fc.assert(
      fc.property(stories, fc.nat(), fc.nat(), (choices, from, at) => {
        const whole = handMadeTrace(storyOf(choices));
        const first = 1 + (from % whole.length);
        const index = Math.min(whole.length - 1, first + (at % (whole.length - first + 1)));
        const stretch = stretchFrom(whole, first);
        if (index < first) return;
        assert.deepEqual(
          ringInWords(ringSceneAt(stretch, rowOf(stretch, index))),
          ringInWords(ringSceneAt(whole, index)),
        );
      }),
      { numRuns: 500 },
    );
  });

  it('shows the states that marks have put nodes into as the whole run does', () => {
    const machine = { id: 'door', kind: 'states', title: 'Door', nodes: '.', initial: 'open', states: machineStates };
    const statesAt = (trace: TraceView, row: number) =>
      nodesInStates(machine as unknown as StateMachine, trace, clusterSceneAt(trace, row));
    fc.assert(
      fc.property(stories, fc.nat(), fc.nat(), (choices, from, at) => {
        const whole = handMadeTrace(storyOf(choices));
        const first = 1 + (from % (whole.length - 1));
        const index = Math.min(whole.length - 1, first + (at % (whole.length - first + 1)));
        const stretch = stretchFrom(whole, first);
        assert.deepEqual(statesAt(stretch, rowOf(stretch, index)), statesAt(whole, index));
      }),
      { numRuns: 500 },
    );
  });

  it('is held to that with every kind of event', () => {
    const every = Array.from({ length: 20 }, (_, what) =>
      [0, 1, 2, 3].flatMap((who) => Array.from({ length: 10 }, (_, whom) => [what, who, whom] as const)),
    );
    const told = new Set(storyOf([...every[0]!, ...every[9]!, ...every.flat()]).map(({ kind }) => kind));
    assert.deepEqual([...told].sort(), Object.keys(EventKind).sort());
  });

  it('knows every event that it holds by its index in the run, and its cause', () => {
    fc.assert(
      fc.property(stories, fc.nat(), (choices, from) => {
        const whole = handMadeTrace(storyOf(choices));
        const first = 1 + (from % (whole.length - 1));
        const stretch = stretchFrom(whole, first);
        for (let row = 0; row < stretch.length; row++) {
          const index = indexOf(stretch, row);
          assert.equal(rowOf(stretch, index), row);
          const { index: _, cause, ...event } = eventAt(stretch, row);
          const { index: __, cause: truth, ...original } = eventAt(whole, index);
          assert.deepEqual(event, original);
          assert.equal(cause, truth < 0 ? -1 : rowOf(stretch, truth));
          assert.ok(causesOf(stretch, row).length >= 1);
        }
        assert.equal(rowOf(stretch, whole.length), -1);
      }),
    );
  });

  it('lies around the cursor, within the run', () => {
    fc.assert(
      fc.property(fc.integer({ min: stretchLength + 1, max: 20_000_000 }), fc.nat(), (kept, at) => {
        const index = at % kept;
        const first = stretchAround(index, kept);
        assert.ok(first >= 0 && first <= index && index < first + stretchLength);
        assert.ok(index - first > 20_000 || first === 0);
      }),
    );
  });

  it('takes no frame that restates what a whole run has', () => {
    const restated = { indices: new Uint8Array(0), earlier: [], leftOut: 0 };
    const empty = { first: 0, length: 0, bytes: new Uint8Array(0), firstString: 0, strings: [] };
    assert.throws(() => new TraceStore().append({ ...empty, restated }), RangeError);
    const torn = { ...restated, indices: new Uint8Array(3) };
    assert.throws(() => new TraceStore(5).append({ ...empty, restated: torn }), RangeError);
  });
});
