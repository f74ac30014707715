/** What the engine's parts are measured beside. Each contender does the same work; none checks what the others do not. */
import { Worker } from 'node:worker_threads';
import FlatQueue from 'flatqueue';
import TinyQueue from 'tinyqueue';
import { createRequire } from 'node:module';
import { allocateColumns, bufferOf, packColumns } from '../../labs/engine/trace/columns.ts';
import { stretch } from '../../labs/engine/trace/hash.ts';
import { EventKind } from '../../labs/engine/trace/event.ts';
import { TraceRecorder, type TraceSink } from '../../labs/engine/trace/recorder.ts';
import type { NodeProgram } from '../../labs/engine/simulation/node.ts';
import { beginSimulation } from '../../labs/engine/simulation/begin.ts';
import { createPending, firstTime, schedule, takeFirst, takeSlot } from '../../labs/engine/simulation/pending.ts';
import { discardEvents } from '../../labs/engine/simulation/replay-writer.ts';

/** Does so many operations. @returns something that depends on all of them */
export type Contender = (operations: number) => number | Promise<number>;

export interface Group {
  title: string;
  /** What one operation is. */
  unit: string;
  /** The first is the engine's own. */
  contenders: Readonly<Record<string, () => Contender>>;
  /** What the engine should reach beside a contender, as a ratio of speeds. */
  goals: Readonly<Record<string, number>>;
}

const entities = 1000;

/** Cheap, seeded, the same for every contender. */
function generator(): () => number {
  let state = 12345;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state;
  };
}

function ownQueue(size: number): Contender {
  const next = generator();
  const pending = createPending(size);
  for (let i = 0; i < size; i++) schedule(pending, takeSlot(pending), next());
  return (operations) => {
    let sum = 0;
    for (let i = 0; i < operations; i++) {
      const time = firstTime(pending);
      if (pending.nextSequence > 4e9) pending.nextSequence = size; // a run ends before that
      const slot = takeFirst(pending);
      sum += slot;
      schedule(pending, slot, time + next());
    }
    return sum;
  };
}

function flatQueue(size: number): Contender {
  const next = generator();
  const queue = new FlatQueue<number>();
  for (let i = 0; i < size; i++) queue.push(i, next());
  return (operations) => {
    let sum = 0;
    for (let i = 0; i < operations; i++) {
      const time = queue.peekValue()!;
      const id = queue.pop()!;
      sum += id;
      queue.push(id, time + next());
    }
    return sum;
  };
}

function tinyQueue(size: number): Contender {
  const next = generator();
  interface Item {
    time: number;
    sequence: number;
    id: number;
  }
  let sequence = 0;
  const queue = new TinyQueue<Item>([], (a, b) => a.time - b.time || a.sequence - b.sequence);
  for (let id = 0; id < size; id++) queue.push({ time: next(), sequence: sequence++, id });
  return (operations) => {
    let sum = 0;
    for (let i = 0; i < operations; i++) {
      const { time, id } = queue.pop()!;
      sum += id;
      queue.push({ time: time + next(), sequence: sequence++, id });
    }
    return sum;
  };
}

/** How many ticks each entity of a loop is ahead of the one before: 1, and no two tick together; 0, and all of them do. */
type Lead = 0 | 1;

/** How long an entity waits after so many ticks. */
function delayAfter(ticks: number): number {
  return 1 + ((ticks * 7919) % 1000);
}

/** The engine's core alone: pending events, and a table of what to do by kind, as stations and workloads run. */
function ownCore(lead: Lead): Contender {
  const pending = createPending(2 * entities);
  const ticks = Int32Array.from({ length: entities }, (_, i) => i * lead);
  for (let i = 0; i < entities; i++) {
    const slot = takeSlot(pending);
    pending.kind[slot] = 1;
    pending.node[slot] = i;
    schedule(pending, slot, 1);
  }
  const table = [
    () => {},
    (node: number, slot: number, time: number) => {
      schedule(pending, slot, time + delayAfter(++ticks[node]!));
    },
  ];
  return (operations) => {
    let time = 0;
    for (let i = 0; i < operations; i++) {
      time = firstTime(pending);
      const slot = takeFirst(pending);
      table[pending.kind[slot]!]!(pending.node[slot]!, slot, time);
    }
    return time;
  };
}

/** Nodes as a lab writes them, with contexts, effects in order, guards and copies. @param traced whether each event is recorded and hashed */
function ownNodes(lead: Lead, traced: boolean): Contender {
  interface Ticks {
    ticks: number;
  }
  const program: NodeProgram<Ticks> = {
    initialState: (self) => ({ ticks: Number(self) * lead }),
    onStart: (_state, context) => void context.setTimer('tick', 1),
    onTimer(state, _timer, context) {
      state.ticks++;
      context.setTimer('tick', delayAfter(state.ticks));
    },
  };
  const nodes = Array.from({ length: entities }, (_, i) => ({ name: String(i), program }));
  const writer = traced ? new TraceRecorder({ maxEvents: 0 }) : discardEvents();
  const simulation = beginSimulation({ nodes, until: Number.MAX_SAFE_INTEGER }, { seed: 1, writer });
  return (operations) => {
    for (let i = 0; i < operations; i++) simulation.apply();
    return simulation.world.time;
  };
}

function closureLoop(lead: Lead): Contender {
  interface Item {
    time: number;
    sequence: number;
    act: () => void;
  }
  let now = 0;
  let sequence = 0;
  const queue = new TinyQueue<Item>([], (a, b) => a.time - b.time || a.sequence - b.sequence);
  const setTimer = (delay: number, act: () => void) => queue.push({ time: now + delay, sequence: sequence++, act });
  for (let i = 0; i < entities; i++) {
    const entity = { ticks: i * lead };
    const tick = () => {
      entity.ticks++;
      setTimer(delayAfter(entity.ticks), () => tick());
    };
    setTimer(1, tick);
  }
  return (operations) => {
    for (let i = 0; i < operations; i++) {
      const { time, act } = queue.pop()!;
      now = time;
      act();
    }
    return now;
  };
}

/** The part of simjs that is used. */
interface SimJs {
  Sim: new () => { addEntity(entity: unknown): void; simulate(until: number, most?: number): void };
  Entity: new (...given: never[]) => { setTimer(delay: number): { done(act: () => void): void } };
}

function simJsLoop(lead: Lead): Contender {
  // It exports nothing: what it has, it hangs on a window.
  const page: { Sim?: SimJs } = {};
  Object.assign(globalThis, { window: page });
  createRequire(import.meta.url)('simjs');
  const { Sim, Entity } = page.Sim!;
  let started = 0;
  class Ticker extends Entity {
    ticks = lead * started++;
    start(): void {
      this.setTimer(1).done(() => this.tick());
    }
    tick(): void {
      this.ticks++;
      this.setTimer(delayAfter(this.ticks)).done(() => this.tick());
    }
  }
  const sim = new Sim();
  for (let i = 0; i < entities; i++) sim.addEntity(Ticker);
  return (operations) => {
    sim.simulate(Infinity, operations);
    return operations;
  };
}

function recording(sink?: TraceSink): Contender {
  const recorder = new TraceRecorder({ maxEvents: Infinity, ...(sink ? { sink } : {}) });
  const nodes = Array.from({ length: 10 }, (_, i) => recorder.intern(`node-${i}`));
  const label = recorder.intern('message');
  return (operations) => {
    for (let i = 0; i < operations; i++) {
      recorder.append(EventKind.send, i, nodes[i % 10]!, nodes[(i + 1) % 10]!, label, i, i, 0);
    }
    return recorder.length;
  };
}

/** What a loop costs that only works out the arguments. */
function tracingOff(): Contender {
  let length = 0;
  const writer = {
    append: (...columns: number[]): number => (length += columns[7]! + 1),
  };
  return (operations) => {
    for (let i = 0; i < operations; i++) writer.append(EventKind.send, i, i % 10, (i + 1) % 10, 0, i, i, 0);
    return length;
  };
}

/** A thread that takes what it gets and says how many bytes or items it was. */
function receiver(): { worker: Worker; done: () => Promise<void> } {
  const code = `
    const { parentPort } = require('node:worker_threads');
    parentPort.on('message', (message) => {
      if (message === 'done') parentPort.postMessage('done');
      else if (typeof message === 'string') JSON.parse(message);
    });`;
  const worker = new Worker(code, { eval: true });
  worker.unref();
  const done = () =>
    new Promise<void>((resolve) => {
      worker.once('message', () => resolve());
      worker.postMessage('done');
    });
  return { worker, done };
}

/** Packed batches, transferred: what leaves the recorder, without what it costs to fill and hash them. */
function packed(): Contender {
  const { worker, done } = receiver();
  const columns = allocateColumns(stretch);
  columns.length = stretch;
  return async (operations) => {
    for (let i = 0; i < operations; i += stretch) {
      const buffer = bufferOf(packColumns(columns, 0, stretch));
      worker.postMessage(buffer, [buffer]);
    }
    await done();
    return operations;
  };
}

/** Recorded, hashed, packed and transferred. */
function streamed(): Contender {
  const { worker, done } = receiver();
  const record = recording({
    batch(_first, columns) {
      const buffer = bufferOf(columns);
      worker.postMessage(buffer, [buffer]);
    },
  });
  return async (operations) => {
    const length = await record(operations);
    await done();
    return length;
  };
}

function objectOf(i: number) {
  return { kind: 30, time: i, node: 'node-1', peer: 'node-2', label: 'message', cause: i, id: i, value: 0 };
}

function oneByOne(): Contender {
  const { worker, done } = receiver();
  return async (operations) => {
    for (let i = 0; i < operations; i++) worker.postMessage(objectOf(i));
    await done();
    return operations;
  };
}

function inBatches(pack: (batch: unknown[]) => unknown): () => Contender {
  return () => {
    const { worker, done } = receiver();
    return async (operations) => {
      for (let i = 0; i < operations; i += 1000) {
        worker.postMessage(pack(Array.from({ length: Math.min(1000, operations - i) }, (_, at) => objectOf(i + at))));
      }
      await done();
      return operations;
    };
  };
}

/** A loop of ours beside what others make of it. */
function loopOf(ours: Group['contenders'], lead: Lead): Omit<Group, 'title'> {
  return {
    unit: 'timer',
    contenders: { ...ours, simjs: () => simJsLoop(lead), 'closures in tinyqueue': () => closureLoop(lead) },
    goals: { simjs: 3 },
  };
}

function nodesOf(lead: Lead): Group['contenders'] {
  return { ours: () => ownNodes(lead, false), 'ours, with the trace': () => ownNodes(lead, true) };
}

export const groups: Readonly<Record<string, Group>> = {
  'queue-1e3': {
    title: 'Event queue, 1,000 pending (ours with a fixed order of ties)',
    unit: 'event out and in',
    contenders: { ours: () => ownQueue(1e3), flatqueue: () => flatQueue(1e3), tinyqueue: () => tinyQueue(1e3) },
    goals: {},
  },
  'queue-1e5': {
    title: 'Event queue, 100,000 pending (ours with a fixed order of ties)',
    unit: 'event out and in',
    contenders: { ours: () => ownQueue(1e5), flatqueue: () => flatQueue(1e5), tinyqueue: () => tinyQueue(1e5) },
    goals: { flatqueue: 1, tinyqueue: 4 },
  },
  loop: {
    title: 'Simulation loop, queue and handler table: 1,000 entities with a timer each, no two at the same time',
    ...loopOf({ ours: () => ownCore(1) }, 1),
  },
  'loop-in-step': {
    title: 'Simulation loop, queue and handler table: 1,000 entities, all timers at the same time',
    ...loopOf({ ours: () => ownCore(0) }, 0),
  },
  nodes: {
    title: 'Simulation loop, whole nodes with contexts, effects and guards: no two timers at the same time',
    ...loopOf(nodesOf(1), 1),
  },
  'nodes-in-step': {
    title: 'Simulation loop, whole nodes with contexts, effects and guards: all timers at the same time',
    ...loopOf(nodesOf(0), 0),
  },
  trace: {
    title: 'Trace: recorded and hashed, not at all, and streamed to another thread as well',
    unit: 'event',
    contenders: { ours: () => recording(), 'trace off': tracingOff, streamed: streamed },
    goals: {},
  },
  stream: {
    title: 'Events to another thread: packed columns, objects, JSON',
    unit: 'event',
    contenders: {
      ours: packed,
      'ours, recorded and hashed': streamed,
      'one object a message': oneByOne,
      'objects in batches of 1000': inBatches((batch) => batch),
      'JSON in batches of 1000': inBatches((batch) => JSON.stringify(batch)),
    },
    goals: { 'one object a message': 100 },
  },
};
