/**
 * The world: all that changes in a run, as plain data. A copy of it is a checkpoint; two worlds that read
 * the same behave the same.
 */
import type { Plain } from './plain.ts';
import type { Message } from './node.ts';
import { createPending, type Pending } from './pending.ts';
import type { TimerList } from './timer-list.ts';

/** What can be pending. 0 is a slot that is not in use, or a cancelled timer. */
export const PendingKind = {
  none: 0,
  /** node gets payload, a `Packet`, from peer. id: the sender's message counter. */
  deliver: 1,
  /** A timer of node. payload: `TimerRecord`; peer: string id of its name. */
  timer: 2,
  /** A call of node has waited long enough. id: the call. */
  callTimeout: 3,
  /** The sync that node waits for is done. */
  synced: 4,
  /** node goes on with its effects. */
  proceed: 5,
  /** node is let out of its pause. id: which pause. */
  resume: 6,
  /** payload: an `ActionRecord` from the schedule. */
  action: 7,
  /** A random fault strikes or heals. node: index of the fault in the system, peer: which of its nodes; id: draw × 2, odd heals. */
  randomFault: 8,
  /** The next job of workload `node`. peer: the client in a closed loop, else −1. */
  arrival: 9,
  /** A server of node's station is done. id: the job. */
  served: 10,
  /** node is told that a job it dispatched is done. id: the job. */
  jobDone: 11,
  /** node is told that a job it dispatched failed. id: the job; payload: why. */
  jobFailed: 12,
  /** A job has reached node, which handles jobs. id: the job. */
  jobArrived: 13,
  /** node, if it is ready, takes what has waited longest in its inbox. */
  wake: 14,
} as const;

export interface World {
  readonly seed: number;
  /** Nanoseconds. */
  time: number;
  /** Pending events applied so far. */
  steps: number;
  pending: Pending;
  nodes: NodeRecord[];
  /** Conditions of links that differ from the system's, by 'from>to'. */
  links: Map<string, LinkRecord>;
  /** Queues before stations: one a station, in order of the nodes, then the shared ones. */
  queues: QueueRecord[];
  jobs: JobTable;
  workloads: WorkloadRecord[];
  checks: CheckRecord[];
  /** When a fault last struck or healed. */
  lastFault: number;
  /** How often one struck or healed. */
  faults: number;
}

/** What every event touches stands first: it shares a line or two of the processor's cache. */
export interface NodeRecord {
  readonly name: string;
  /** Its string id in the trace. */
  readonly id: number;
  condition: 'absent' | 'up' | 'down' | 'left';
  paused: boolean;
  /** Whether it waits for its disk or its processor before the next effect. */
  busy: boolean;
  /** Memory; undefined while it is down. */
  state: unknown;
  /** Effects of the last handler that have yet to happen. */
  effects: Effect[];
  /** How many of them have happened. */
  effectsDone: number;
  /** Trace index of what the last handler reacted to. */
  cause: number;
  timers: TimerList;
  counters: { messages: number; timers: number; calls: number; operations: number; handled: number; syncs: number };
  /** How many slots are in the inbox, those that were called off included. */
  waiting: number;
  /** Whether a `wake` of it is pending. */
  waking: boolean;
  clockOffset: number;
  clockDrift: number;
  /** Slots that wait until it is ready, from `inboxHead` on: see `inbox.ts`. */
  inbox: number[];
  inboxHead: number;
  /** How often it was paused: tells an old resume from a new one. */
  pauses: number;
  /** While it is down or paused: when that is to end, Infinity where nobody has planned it. */
  heldUntil: number;
  lastStatus: string;
  calls: Map<number, CallRecord>;
  operations: Map<number, OperationRecord>;
  /** Draws so far, by purpose. */
  draws: Record<string, number>;
  /** Factor on its service, handling and sync times. */
  slowness: number;
  disk: DiskRecord;
  station: StationRecord | null;
}

/** An operation of a client that has not ended. */
export interface OperationRecord {
  label: string;
  /** When its `invoke` happened, −1 before. */
  began: number;
  /** Whether a handler has ended it, which has yet to happen. */
  ending: boolean;
}

export interface DiskRecord {
  /** What a crash leaves. */
  safe: Map<string, Plain>;
  safeLogs: Map<string, Plain[]>;
  /** What the node sees. */
  seen: Map<string, Plain>;
  seenLogs: Map<string, Plain[]>;
  /** Writes that have happened but are not yet safe, in order. */
  unsafe: DiskWrite[];
  /** Writes ever, for the draws of disk faults. */
  writes: number;
}

export interface DiskWrite {
  key: string;
  value: Plain;
  isLog: boolean;
  /** What an intervention wants to become of it when the cache is emptied. */
  fate?: 'lost' | 'torn';
}

/** What a torn write leaves behind. */
export const torn = 'torn by a crash';

export interface CallRecord {
  to: string;
  then: string;
  keep: Plain;
  /** Slot of its time-out. */
  slot: number;
}

export interface TimerRecord {
  name: string;
  keep: Plain;
}

/** What travels: a message, and which call it makes or answers. */
export interface Packet {
  message: Message;
  call: number;
  reply: number;
  /** A job that travels with it, −1 for none. */
  job: number;
}

export interface LinkRecord {
  cut: boolean;
  /** While it is cut: when that is to end, Infinity where nobody has planned it. */
  cutUntil: number;
  /** Share lost, over the system's, or −1. */
  loss: number;
  /** Share that arrives twice, over the system's, or −1. */
  duplication: number;
  /** Nanoseconds on top of the latency. */
  delay: number;
  /** When the last message that keeps its order arrives. */
  lastArrival: number;
  /** When the line is free again. */
  freeAt: number;
}

export type Effect =
  | { do: 'send'; to: number; packet: Packet; bytes: number }
  | { do: 'call'; to: number; packet: Packet; timeout: number }
  | { do: 'setTimer'; id: number; name: string; delay: number; keep: Plain }
  | { do: 'cancelTimer'; id: number }
  | { do: 'write'; write: DiskWrite }
  | { do: 'sync' }
  | { do: 'note'; kind: number; text: string; value: number }
  | { do: 'invoke'; operation: number; label: string }
  | { do: 'end'; operation: number; kind: number; text: string }
  | { do: 'dispatch'; job: number; to: number }
  | { do: 'finish'; job: number }
  | { do: 'reject'; job: number; why: string }
  | { do: 'depart'; job: number; outcome: 'served' | 'failed'; why: string };

export interface StationRecord {
  readonly servers: number;
  readonly speed: number;
  busy: number;
  /** Index of the queue it draws from. */
  readonly queue: number;
}

export interface QueueRecord {
  readonly name: string;
  /** Indices of the nodes that draw from it. */
  readonly stations: number[];
  readonly limit: number;
  readonly lifo: boolean;
  length: number;
  first: number;
  last: number;
}

/** Jobs in the system, in slots that are used again; plain columns. */
export interface JobTable {
  free: number;
  /** Next in the queue, or the next free slot. */
  next: Int32Array;
  number: Int32Array;
  workload: Int32Array;
  client: Int32Array;
  /** The node that dispatched it and is told what became of it, −1 for none. */
  via: Int32Array;
  /** Where it was last dispatched to, as `targets` of the engine number it; −1 before. */
  target: Int32Array;
  /** The node that serves it, −1 while none does. */
  server: Int32Array;
  attempts: Int32Array;
  /** Trace index of the last event about it. */
  cause: Int32Array;
  /** Slot of its pending `served`, −1 for none. */
  slot: Int32Array;
  /** One of `JobState`. */
  state: Uint8Array;
  arrivedAt: Float64Array;
  dispatchedAt: Float64Array;
  beganAt: Float64Array;
  /** Service time at speed 1. */
  demand: Float64Array;
  /** What is left of its service while its server is paused. */
  left: Float64Array;
}

/** held: in the hands of a handler; kept: a program put it by; leaving: an effect that has yet to happen takes it away. */
export const JobState = {
  gone: 0,
  held: 1,
  travelling: 2,
  queued: 3,
  served: 4,
  returning: 5,
  leaving: 6,
  kept: 7,
} as const;

export interface WorkloadRecord {
  /** String id of the name. */
  readonly id: number;
  /** Jobs whose arrival has been planned. */
  planned: number;
  arrived: number;
  departed: number;
  /** Exact time of the last arrival planned, unrounded. */
  clock: number;
}

export interface CheckRecord {
  verdict: 'held' | 'broken' | 'unknown';
  /** Whether it has had an occasion to break. */
  arose: boolean;
  /** Trace index of the event it broke at, −1 for none. */
  event: number;
  node: string;
  detail: string;
  /** For `eventually`: when it came true, −1 before. */
  satisfiedAt: number;
}

/** A world in which nothing is yet. */
export function emptyWorld(seed: number): World {
  return {
    seed,
    time: 0,
    steps: 0,
    pending: createPending(),
    nodes: [],
    links: new Map(),
    queues: [],
    jobs: createJobs(16),
    workloads: [],
    checks: [],
    lastFault: 0,
    faults: 0,
  };
}

/** An empty table of jobs with room for `capacity`. */
export function createJobs(capacity: number): JobTable {
  const jobs: JobTable = {
    free: -1,
    next: new Int32Array(capacity),
    number: new Int32Array(capacity),
    workload: new Int32Array(capacity),
    client: new Int32Array(capacity),
    via: new Int32Array(capacity),
    target: new Int32Array(capacity),
    server: new Int32Array(capacity),
    attempts: new Int32Array(capacity),
    cause: new Int32Array(capacity),
    slot: new Int32Array(capacity),
    state: new Uint8Array(capacity),
    arrivedAt: new Float64Array(capacity),
    dispatchedAt: new Float64Array(capacity),
    beganAt: new Float64Array(capacity),
    demand: new Float64Array(capacity),
    left: new Float64Array(capacity),
  };
  chain(jobs, 0, capacity);
  return jobs;
}

/** A free slot; the caller fills the columns. The table grows when it is full. */
export function takeJob(jobs: JobTable): number {
  if (jobs.free < 0) {
    const from = jobs.next.length;
    const larger = createJobs(from * 2) as unknown as Record<string, Float64Array>;
    const columns = jobs as unknown as Record<string, Float64Array>;
    for (const [name, column] of Object.entries(columns)) {
      if (!ArrayBuffer.isView(column)) continue;
      larger[name]!.set(column);
      columns[name] = larger[name]!;
    }
    chain(jobs, from, from * 2);
  }
  const job = jobs.free;
  jobs.free = jobs.next[job]!;
  jobs.next[job] = -1;
  return job;
}

/** Gives a job's slot back. */
export function freeJob(jobs: JobTable, job: number): void {
  jobs.state[job] = JobState.gone;
  jobs.next[job] = jobs.free;
  jobs.free = job;
}

function chain(jobs: JobTable, from: number, to: number): void {
  for (let job = from; job < to; job++) jobs.next[job] = job + 1 < to ? job + 1 : jobs.free;
  jobs.free = from;
}
