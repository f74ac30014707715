/** Service stations: jobs wait in a queue, are served for as long as they demand, and go back to who dispatched them. */
import { EventKind } from '../trace/event.ts';
import { isInstant, transmit } from './network.ts';
import { freeSlot, takeOut } from './pending.ts';
import { ScenarioError } from './refusal.ts';
import type { Job } from './node.ts';
import { methodOf } from './node.ts';
import type { Simulation } from './simulation.ts';
import { freeJob, JobState, PendingKind, type NodeRecord, type Packet, type QueueRecord } from './world.ts';
import { jobDeparted } from './workloads.ts';

/** A job on its way out, as an observer sees it. Times in nanoseconds. */
export interface DepartedJob {
  number: number;
  workload: string;
  client: number;
  outcome: 'served' | 'failed';
  /** Why it failed. */
  why: string;
  arrivedAt: number;
  dispatchedAt: number;
  /** When its service began, −1 if it never did. */
  beganAt: number;
  departedAt: number;
  /** Its service time at a server of speed 1. */
  demand: number;
  /** How often it was dispatched to a station. */
  attempts: number;
  /** The node that served it or turned it away, or ''. */
  station: string;
  /** Index of the event written last: the one by which it left. */
  event: number;
}

/** What a handler sees of a job. */
export function describeJob(simulation: Simulation, job: number): Job {
  const { jobs } = simulation.world;
  return {
    id: job,
    number: jobs.number[job]!,
    workload: simulation.system.workloads![jobs.workload[job]!]!.name,
    client: jobs.client[job]!,
    arrivedAt: jobs.arrivedAt[job]!,
    dispatchedAt: jobs.dispatchedAt[job]!,
    attempts: jobs.attempts[job]!,
    station: stationName(simulation, job),
  };
}

/** The station that serves it; before that, and when it was turned away, the one it was sent to. */
function stationName(simulation: Simulation, job: number): string {
  const { jobs, nodes } = simulation.world;
  const node = nodes[jobs.server[job]! >= 0 ? jobs.server[job]! : jobs.target[job]!];
  return node?.station ? node.name : '';
}

/** A node (or, with −1, the outside) sends a job to a station, a shared queue or another node. */
export function dispatch(simulation: Simulation, from: number, job: number, to: number): void {
  const { jobs, nodes, time } = simulation.world;
  jobs.target[job] = to;
  jobs.via[job] = from;
  jobs.server[job] = -1;
  if (from >= 0 || !nodes[to] || nodes[to].station) jobs.attempts[job] = jobs.attempts[job]! + 1;
  jobs.dispatchedAt[job] = time;
  if (to >= nodes.length || isInstant(simulation, from)) return join(simulation, job, to);
  jobs.state[job] = JobState.travelling;
  transmit(simulation, from, to, packetOf(simulation, job, 'request'), 0, nodes[from]!.cause);
}

function packetOf(simulation: Simulation, job: number, type: string): Packet {
  const { jobs } = simulation.world;
  return { message: { type, number: jobs.number[job]! }, call: -1, reply: -1, job };
}

/** A job that travelled as a message arrives: at its station, or back at its dispatcher. */
export function jobArrives(simulation: Simulation, slot: number): void {
  const { pending, nodes, jobs } = simulation.world;
  const index = pending.node[slot]!;
  const from = nodes[pending.peer[slot]!]!;
  const packet = pending.payload[slot] as Packet;
  const sent = pending.cause[slot]!;
  const id = pending.id[slot]!;
  freeSlot(pending, slot);
  const label = simulation.writer.intern(packet.message.type);
  const cause = simulation.emit(EventKind.deliver, nodes[index], from.id, label, sent, id, 0);
  jobs.cause[packet.job] = cause;
  if (jobs.state[packet.job] === JobState.returning) {
    const kind = packet.message.type === 'response' ? PendingKind.jobDone : PendingKind.jobFailed;
    simulation.plan(kind, index, simulation.world.time, -1, packet.job, cause, packet.message.why);
  } else {
    join(simulation, packet.job, index);
  }
}

/** A job that travelled is lost. Nobody is told; it departs, so that its place is free again. */
export function lost(simulation: Simulation, job: number): void {
  depart(simulation, job, 'failed', 'lost in the network');
}

/** A job reaches what it was sent to. */
function join(simulation: Simulation, job: number, target: number): void {
  const { world } = simulation;
  const node = world.nodes[target];
  if (node && !node.station) return reachHandler(simulation, target, job);
  if (node && node.condition !== 'up') return turnAway(simulation, job, node, 'down');
  const queue = node
    ? world.queues[node.station!.queue]!
    : world.queues[world.queues.length - simulation.targetIndex.size + target]!;
  const idle = idleStation(simulation, queue);
  if (idle < 0 && queue.length >= queue.limit) return turnAway(simulation, job, node, 'queue full');
  if (idle < 0) link(simulation, queue, job);
  const { jobs } = world;
  const owner = node ?? world.nodes[queue.stations[0]!]!;
  jobs.cause[job] = write(simulation, EventKind.enqueue, owner, job, queue.length);
  if (idle >= 0) begin(simulation, job, idle);
}

/** An event about a job. peer: who dispatched it; label and id: its name. */
function write(simulation: Simulation, kind: EventKind, node: NodeRecord, job: number, value: number): number {
  const { jobs, nodes, workloads } = simulation.world;
  const via = jobs.via[job]!;
  const label = workloads[jobs.workload[job]!]!.id;
  return simulation.emit(kind, node, via < 0 ? -1 : nodes[via]!.id, label, jobs.cause[job]!, jobs.number[job]!, value);
}

function writeReject(simulation: Simulation, node: NodeRecord | undefined, job: number, why: string): number {
  const { jobs, nodes } = simulation.world;
  const via = jobs.via[job]!;
  const label = simulation.writer.intern(why);
  const peer = via < 0 ? -1 : nodes[via]!.id;
  return simulation.emit(EventKind.reject, node, peer, label, jobs.cause[job]!, jobs.number[job]!, 0);
}

function idleStation(simulation: Simulation, queue: QueueRecord): number {
  const { nodes } = simulation.world;
  for (const index of queue.stations) {
    const node = nodes[index]!;
    if (node.condition === 'up' && !node.paused && node.station!.busy < node.station!.servers) return index;
  }
  return -1;
}

function turnAway(simulation: Simulation, job: number, node: NodeRecord | undefined, why: string): void {
  const { jobs } = simulation.world;
  jobs.cause[job] = writeReject(simulation, node, job, why);
  fail(simulation, job, why);
}

function link(simulation: Simulation, queue: QueueRecord, job: number): void {
  const { jobs } = simulation.world;
  jobs.state[job] = JobState.queued;
  if (queue.length === 0) {
    queue.first = queue.last = job;
    jobs.next[job] = -1;
  } else if (queue.lifo) {
    jobs.next[job] = queue.first;
    queue.first = job;
  } else {
    jobs.next[queue.last] = job;
    jobs.next[job] = -1;
    queue.last = job;
  }
  queue.length++;
}

function unlinkFirst(simulation: Simulation, queue: QueueRecord): number {
  const { jobs } = simulation.world;
  const job = queue.first;
  queue.first = jobs.next[job]!;
  jobs.next[job] = -1;
  queue.length--;
  return job;
}

function begin(simulation: Simulation, job: number, index: number): void {
  const { world } = simulation;
  const { jobs } = world;
  const node = world.nodes[index]!;
  const station = node.station!;
  station.busy++;
  jobs.state[job] = JobState.served;
  jobs.server[job] = index;
  jobs.beganAt[job] = world.time;
  const duration = Math.round((jobs.demand[job]! * node.slowness) / station.speed);
  jobs.cause[job] = write(simulation, EventKind.serveBegin, node, job, world.queues[station.queue]!.length);
  jobs.slot[job] = simulation.plan(PendingKind.served, index, world.time + duration, -1, job);
}

/** Lets a station's idle servers take what waits. */
export function serveWaiting(simulation: Simulation, index: number): void {
  const { world } = simulation;
  const node = world.nodes[index]!;
  const station = node.station!;
  const queue = world.queues[station.queue]!;
  while (queue.length > 0 && node.condition === 'up' && !node.paused && station.busy < station.servers) {
    begin(simulation, unlinkFirst(simulation, queue), index);
  }
}

/** A server is done with a job. */
export function served(simulation: Simulation, index: number, job: number): void {
  const { world } = simulation;
  const { jobs } = world;
  const node = world.nodes[index]!;
  node.station!.busy--;
  jobs.slot[job] = -1;
  jobs.cause[job] = write(simulation, EventKind.serveEnd, node, job, world.time - jobs.arrivedAt[job]!);
  serveWaiting(simulation, index);
  giveBack(simulation, job, index, undefined);
}

/** Tells the dispatcher what became of a job: at once, or by a message where there is a network. */
function giveBack(simulation: Simulation, job: number, from: number, why: string | undefined): void {
  const { world } = simulation;
  const { jobs } = world;
  const via = jobs.via[job]!;
  const outcome = why === undefined ? 'served' : 'failed';
  if (via < 0) return depart(simulation, job, outcome, why ?? '');
  const handler = why === undefined ? simulation.programs[via]?.onJobDone : simulation.programs[via]?.onJobFailed;
  const instant = from < 0 || isInstant(simulation, from);
  if (!handler && instant) return depart(simulation, job, outcome, why ?? '');
  jobs.state[job] = JobState.returning;
  if (!instant && world.nodes[from]!.condition === 'up') {
    const packet = packetOf(simulation, job, why === undefined ? 'response' : 'refusal');
    const message = why === undefined ? packet.message : { ...packet.message, why };
    transmit(simulation, from, via, { ...packet, message }, 0, jobs.cause[job]!);
    return;
  }
  if (why === undefined && isFree(simulation, world.nodes[via]!)) return tellDone(simulation, via, job);
  const kind = why === undefined ? PendingKind.jobDone : PendingKind.jobFailed;
  simulation.plan(kind, via, world.time, -1, job, jobs.cause[job]!, why);
}

function fail(simulation: Simulation, job: number, why: string): void {
  const target = simulation.world.jobs.target[job]!;
  giveBack(simulation, job, target < simulation.world.nodes.length ? target : -1, why);
}

/** The dispatcher hears that a job was served; the job departs unless it is sent on. */
export function tellDone(simulation: Simulation, index: number, job: number): void {
  tell(simulation, index, job, 'onJobDone', 'served', '');
}

/** The dispatcher hears that a job was not served; the job departs as failed unless it is sent on. */
export function tellFailed(simulation: Simulation, index: number, job: number, why: string): void {
  tell(simulation, index, job, 'onJobFailed', 'failed', why);
}

function tell(
  simulation: Simulation,
  index: number,
  job: number,
  handler: string,
  outcome: DepartedJob['outcome'],
  why: string,
): void {
  const { jobs, nodes } = simulation.world;
  if (nodes[index]!.condition !== 'up' || !methodOf(simulation.programs[index]!, handler)) {
    return depart(simulation, job, outcome, why);
  }
  jobs.state[job] = JobState.held;
  const described = describeJob(simulation, job);
  if (outcome === 'served') simulation.run(index, handler, jobs.cause[job]!, undefined, -1, described);
  else simulation.run(index, handler, jobs.cause[job]!, undefined, -1, described, why);
  const node = nodes[index]!;
  if (jobs.state[job] !== JobState.held || node.condition !== 'up') return;
  if (!node.busy && node.effectsDone === node.effects.length) return depart(simulation, job, outcome, why);
  // The handler's effects are under way: it leaves after the last of them.
  jobs.state[job] = JobState.leaving;
  node.effects.push({ do: 'depart', job, outcome, why });
}

/** A node lets a job through: its own decision, without a service. */
export function finish(simulation: Simulation, index: number, job: number): void {
  const { jobs, nodes } = simulation.world;
  const node = nodes[index]!;
  const prefix = simulation.writer.intern(simulation.system.workloads![jobs.workload[job]!]!.name);
  simulation.emit(EventKind.admit, node, -1, prefix, node.cause, jobs.number[job]!, 0);
  depart(simulation, job, 'served', '');
}

/** A node gives a job up. */
export function reject(simulation: Simulation, index: number, job: number, why: string): void {
  writeReject(simulation, simulation.world.nodes[index], job, why);
  depart(simulation, job, 'failed', why);
}

const departed: DepartedJob = {
  number: 0,
  workload: '',
  client: 0,
  outcome: 'served',
  why: '',
  arrivedAt: 0,
  dispatchedAt: 0,
  beganAt: 0,
  departedAt: 0,
  demand: 0,
  attempts: 0,
  station: '',
  event: -1,
};

/** A job leaves the system. */
export function depart(simulation: Simulation, job: number, outcome: DepartedJob['outcome'], why: string): void {
  const { world } = simulation;
  const { jobs } = world;
  const { observer } = simulation;
  if (observer.departed) {
    departed.number = jobs.number[job]!;
    departed.workload = simulation.system.workloads![jobs.workload[job]!]!.name;
    departed.client = jobs.client[job]!;
    departed.outcome = outcome;
    departed.why = why;
    departed.arrivedAt = jobs.arrivedAt[job]!;
    departed.dispatchedAt = jobs.dispatchedAt[job]!;
    departed.beganAt = jobs.beganAt[job]!;
    departed.departedAt = world.time;
    departed.demand = jobs.demand[job]!;
    departed.attempts = jobs.attempts[job]!;
    departed.station = stationName(simulation, job);
    departed.event = simulation.writer.length - 1;
    observer.departed(departed);
  }
  const workload = jobs.workload[job]!;
  const client = jobs.client[job]!;
  freeJob(jobs, job);
  jobDeparted(simulation, workload, client);
}

/** A station crashed: what it served is lost, what waited for it alone is turned away. */
export function crashStation(simulation: Simulation, index: number): void {
  const { world } = simulation;
  const { jobs } = world;
  const station = world.nodes[index]!.station;
  if (station) {
    for (const job of servedAt(simulation, index)) {
      withdraw(simulation, job);
      fail(simulation, job, 'crash');
    }
    station.busy = 0;
    const queue = world.queues[station.queue]!;
    if (queue.stations.length === 1) while (queue.length > 0) fail(simulation, unlinkFirst(simulation, queue), 'crash');
  }
  for (let job = 0; job < jobs.state.length; job++) {
    const state = jobs.state[job];
    const inHand = state === JobState.held || state === JobState.leaving || state === JobState.kept;
    if (inHand && jobs.via[job] === index) depart(simulation, job, 'failed', 'crash');
  }
}

/** A station stops in the middle: what it serves keeps what is left of its time. */
export function pauseStation(simulation: Simulation, index: number): void {
  const { jobs, time } = simulation.world;
  for (const job of servedAt(simulation, index)) jobs.left[job] = withdraw(simulation, job) - time;
}

/** A station that has just been switched on takes what waits in a queue that it shares with others. */
export function startStation(simulation: Simulation, index: number): void {
  if (simulation.world.nodes[index]!.station) serveWaiting(simulation, index);
}

/** And goes on where it stopped. */
export function resumeStation(simulation: Simulation, index: number): void {
  const { jobs, time } = simulation.world;
  for (const job of servedAt(simulation, index)) {
    jobs.slot[job] = simulation.plan(PendingKind.served, index, time + jobs.left[job]!, -1, job);
  }
  startStation(simulation, index);
}

function servedAt(simulation: Simulation, index: number): number[] {
  const { jobs, nodes } = simulation.world;
  const found: number[] = [];
  if (!nodes[index]!.station || nodes[index]!.station.busy === 0) return found;
  for (let job = 0; job < jobs.state.length; job++) {
    if (jobs.state[job] === JobState.served && jobs.server[job] === index) found.push(job);
  }
  return found.sort((a, b) => jobs.beganAt[a]! - jobs.beganAt[b]! || a - b);
}

/** Takes a job's end out of the future. @returns when it was due */
function withdraw(simulation: Simulation, job: number): number {
  const { pending, jobs } = simulation.world;
  const slot = jobs.slot[job]!;
  if (slot < 0) return simulation.world.time;
  const due = takeOut(pending, slot);
  freeSlot(pending, slot);
  jobs.slot[job] = -1;
  return due;
}

/** A job reaches a node that handles jobs: at once when the node is free, else it queues up before its door. */
function reachHandler(simulation: Simulation, index: number, job: number): void {
  const { jobs, nodes, time } = simulation.world;
  const node = nodes[index]!;
  if (node.condition !== 'up') return turnAway(simulation, job, node, 'down');
  if (isFree(simulation, node)) return handleJob(simulation, index, job);
  simulation.plan(PendingKind.jobArrived, index, time, -1, job, jobs.cause[job]!);
}

/** Whether a node can run a handler in the middle of this step: nothing waits before it, and no effect is under way. */
function isFree(simulation: Simulation, node: NodeRecord): boolean {
  return simulation.isReady(node) && simulation.acting < 0 && node.waiting === 0;
}

/** A node gets a job from outside or from another node, and must do something with it. */
export function handleJob(simulation: Simulation, index: number, job: number): void {
  const { jobs, nodes } = simulation.world;
  const node = nodes[index]!;
  if (node.condition !== 'up') return turnAway(simulation, job, node, 'down'); // it crashed while the job waited
  if (!simulation.programs[index]?.onJob) {
    throw new ScenarioError(`${node.name} was sent a job and has neither a station nor an onJob: give it one`);
  }
  const from = jobs.via[job]!;
  const peer = from < 0 ? -1 : nodes[from]!.id;
  const label = simulation.world.workloads[jobs.workload[job]!]!.id;
  const cause = simulation.emit(EventKind.deliver, node, peer, label, jobs.cause[job]!, jobs.number[job]!, 0);
  jobs.cause[job] = cause;
  jobs.state[job] = JobState.held;
  jobs.via[job] = index;
  simulation.run(index, 'onJob', cause, undefined, -1, describeJob(simulation, job));
  if (jobs.state[job] === JobState.held && jobs.via[job] === index) {
    throw new ScenarioError(
      `onJob of ${nodes[index]!.name} left job ${jobs.number[job]} lying: dispatch, finish, reject or hold it`,
    );
  }
}
