/**
 * The core of the simulator: which events are enabled, and what applying one does to the world.
 *
 * Whoever chooses the order (the clock, a replay, a hand, a search) stands above it. Handlers run here;
 * what they ask for becomes a list of effects that happen in order, and between any two of them the node
 * may crash, pause or wait for its disk.
 */
import { EventKind } from '../trace/event.ts';
import type { Intervention } from '../lab/report.ts';
import { streamId } from '../random/uniform.ts';
import { sampleAt, type Distribution } from '../random/distribution.ts';
import { intervene, performAction, performScheduled } from './actions.ts';
import { evaluateChecks, viewOf } from './checks.ts';
import type { CloseLook } from './close-look.ts';
import { HandlerContext } from './context.ts';
import { finishSync } from './disk.ts';
import { happen } from './effects.ts';
import { enterHandler, leaveHandler } from '../guard.ts';
import { putInInbox, takeFromInbox } from './inbox.ts';
import { dropPacket, isCut } from './network.ts';
import { methodOf, type NodeProgram } from './node.ts';
import type { EventWriter, SimulationObserver } from './observer.ts';
import { assertPlain, copyPlain } from './plain.ts';
import { closeGap, firstTime, freeSlot, inOrder, schedule, takeFirst, takeOut, takeSlot } from './pending.ts';
import { EndlessRunError, RefusedError } from './refusal.ts';
import { strikeOrHeal } from './random-faults.ts';
import * as stations from './stations.ts';
import type { System, WorldView } from './system.ts';
import { readableTime } from './time.ts';
import { removeTimer } from './timer-list.ts';
import { arrive } from './workloads.ts';
import { PendingKind, type Effect, type NodeRecord, type Packet, type TimerRecord, type World } from './world.ts';

/** Stands for an argument that a handler does not get. */
const nothing = Symbol('nothing');

type Handler = (...given: unknown[]) => unknown;

/** The program and the numbers of a system, worked out once. */
export class Simulation {
  readonly system: System;
  writer: EventWriter;
  readonly observer: SimulationObserver;
  readonly programs: readonly (NodeProgram | undefined)[];
  /** Index of a node by name. */
  readonly nodeIndex: ReadonlyMap<string, number>;
  /** Index of what jobs can be sent to, by name: nodes first, then shared queues. */
  readonly targetIndex: ReadonlyMap<string, number>;
  /** How long each node's handlers take, where they take time. */
  readonly #handlingTimes: readonly (Distribution | undefined)[];
  /** Each node's number in the random counter. */
  readonly streams: readonly number[];
  /** Each workload's, likewise. */
  readonly workloadStreams: readonly number[];
  readonly view: WorldView;
  world: World;
  /** Set while a moment is looked at: for detail, never for the run itself. */
  look: CloseLook | undefined;
  /** The node whose effect is happening, −1 for none. */
  acting = -1;
  /** The handler that ran last, for whoever has to name it. */
  lastHandler = '';

  readonly #anchors = new Map<string, Map<number, Intervention[]>>();
  /** Interventions whose anchor has just happened, with its index. */
  readonly #due: { intervention: Intervention; cause: number }[] = [];
  readonly #applied = new Set<Intervention>();

  constructor(
    system: System,
    world: World,
    writer: EventWriter,
    options: { observer?: SimulationObserver; interventions?: readonly Intervention[] } = {},
  ) {
    this.system = system;
    this.world = world;
    this.writer = writer;
    this.observer = options.observer ?? {};
    this.programs = system.nodes.map(({ program }) => program);
    this.#handlingTimes = system.nodes.map(({ handlingTime }) => handlingTime);
    this.nodeIndex = new Map(system.nodes.map(({ name }, index) => [name, index]));
    this.targetIndex = new Map([
      ...this.nodeIndex,
      ...(system.sharedQueues ?? []).map(({ name }, i): [string, number] => [name, system.nodes.length + i]),
    ]);
    this.streams = system.nodes.map(({ name }) => streamId(name));
    this.workloadStreams = (system.workloads ?? []).map(({ name }) => streamId(name));
    this.view = viewOf(this);
    for (const intervention of options.interventions ?? []) this.#anchor(intervention);
  }

  /** Interventions that have not been applied, because their anchor has not happened or what they aim at was gone. */
  unapplied(interventions: readonly Intervention[]): Intervention[] {
    return interventions.filter((intervention) => !this.#applied.has(intervention));
  }

  /** The slots of the events that may happen next, in the order of the clock. */
  enabled(): number[] {
    const { pending } = this.world;
    return inOrder(pending)
      .map(({ slot }) => slot)
      .filter((slot) => pending.kind[slot] !== PendingKind.none);
  }

  /**
   * Lets one event happen.
   * @param slot one of `enabled()`; the first of them where left out
   */
  apply(slot?: number): void {
    const { world } = this;
    const { pending } = world;
    const due = slot === undefined ? firstTime(pending) : takeOut(pending, slot);
    const chosen = slot ?? takeFirst(pending);
    world.steps++;
    if (pending.kind[chosen] === PendingKind.none) {
      freeSlot(pending, chosen); // a timer that was cancelled
      return closeGap(pending);
    }
    if (due > world.time) world.time = due;
    this.#happen(chosen);
    if (this.#due.length > 0) this.settle();
    if (world.checks.length > 0) evaluateChecks(this);
    if (pending.gap) closeGap(pending); // nothing was scheduled
  }

  /** Writes an event; interventions anchored at it become due. */
  emit(
    kind: EventKind,
    node: NodeRecord | undefined,
    peer: number,
    label: number,
    cause: number,
    id: number,
    value: number,
  ): number {
    const index = this.writer.append(kind, this.world.time, node ? node.id : -1, peer, label, cause, id, value);
    if (this.#anchors.size > 0) {
      const here = this.#anchors.get(node ? node.name : '')?.get(this.writer.lastOwner);
      if (here) for (const intervention of here) this.#due.push({ intervention, cause: index });
    }
    if (this.look) this.look.wrote(index, this.currentEffect);
    return index;
  }

  /** Applies the interventions that are due. Called wherever a crash or a pause may fall. */
  settle(): void {
    for (let due = this.#due.shift(); due; due = this.#due.shift()) {
      if (intervene(this, due.intervention, due.cause)) this.#applied.add(due.intervention);
    }
  }

  /** Puts an event into the future. @param time not before now */
  plan(kind: number, node: number, time: number, peer = -1, id = 0, cause = -1, payload?: unknown): number {
    const { pending } = this.world;
    const slot = takeSlot(pending);
    pending.kind[slot] = kind;
    pending.node[slot] = node;
    pending.peer[slot] = peer;
    pending.id[slot] = id;
    pending.cause[slot] = cause;
    pending.payload[slot] = payload;
    if (!(time <= Number.MAX_SAFE_INTEGER)) {
      throw new EndlessRunError(
        `an event at ${time} ns lies beyond the 104 days that can be simulated: use shorter times`,
      );
    }
    schedule(pending, slot, time);
    return slot;
  }

  /** Draw number `counter` of a distribution for a node. */
  drawFor(index: number, purpose: number, counter: number, distribution: Distribution): number {
    return Math.round(sampleAt(distribution, this.world.seed, purpose, this.streams[index]!, counter));
  }

  /** The effect that is happening. */
  get currentEffect(): Effect | undefined {
    const node = this.world.nodes[this.acting];
    return node?.effects[node.effectsDone - 1];
  }

  /** Whether a node could run a handler now. */
  isReady(node: NodeRecord): boolean {
    return node.condition === 'up' && !node.paused && !node.busy && node.effectsDone === node.effects.length;
  }

  /**
   * Runs a handler and sets its effects going. The node must be ready.
   * @param cause trace index of what it reacts to
   * @param first,second what the handler gets between state and context
   */
  run(
    index: number,
    handler: string,
    cause: number,
    packet?: Packet,
    from = -1,
    first: unknown = nothing,
    second: unknown = nothing,
  ): void {
    const node = this.world.nodes[index]!;
    const program = this.programs[index]!;
    const method = methodOf(program, handler);
    if (typeof method !== 'function') {
      if (handler.startsWith('on')) return; // the standard handlers may be left out
      throw new RefusedError(`${node.name} has no method '${handler}': a call names one in 'then'`);
    }
    node.cause = cause;
    this.lastHandler = handler;
    if (this.look) this.look.handlerBegins(handler, cause, first === nothing ? undefined : first);
    const context = new HandlerContext(this, node, index, packet, from);
    let result: unknown;
    enterHandler(node.name, handler);
    try {
      const { state } = node;
      // Spelled out: a list of arguments made for each call would be a good part of what a call costs.
      if (second !== nothing) result = (method as Handler).call(program, state, first, second, context);
      else if (first !== nothing) result = (method as Handler).call(program, state, first, context);
      else result = (method as Handler).call(program, state, context);
    } finally {
      leaveHandler();
      context.end();
    }
    if (result !== undefined && typeof (result as { then?: unknown }).then === 'function') {
      throw new RefusedError(
        `${handler} of ${node.name} is async: a handler must return at once; wait with context.call or a timer`,
      );
    }
    this.#inspect(node, handler);
    this.#showStatus(node, program);
    if (this.#due.length > 0) this.settle();
    if (node.effects.length > 0 && node.condition === 'up' && !node.busy) this.#begin(node, index);
  }

  /** The memory of a node that is switched on, shared with nobody. */
  freshState(index: number): unknown {
    const { name } = this.world.nodes[index]!;
    const program = this.programs[index];
    if (!program) return undefined;
    enterHandler(name, 'initialState');
    try {
      return copyPlain(program.initialState(name), `the initial state of ${name}`);
    } finally {
      leaveHandler();
    }
  }

  /** Goes on with a node's effects as far as it can. */
  proceed(index: number): void {
    const node = this.world.nodes[index]!;
    while (node.effectsDone < node.effects.length) {
      if (node.paused || node.busy) return;
      this.acting = index;
      happen(this, node, index, node.effects[node.effectsDone++]!);
      this.acting = -1;
      if (this.#due.length > 0) this.settle();
    }
    // Not `length = 0`: that would throw away the array's memory, to be asked for again in the next handler.
    while (node.effects.length > 0) node.effects.pop();
    node.effectsDone = 0;
    this.wake(index);
  }

  /** Has a node look into its inbox, when it is ready for what waits there. Called whenever it may have become so. */
  wake(index: number): void {
    const node = this.world.nodes[index]!;
    if (node.waiting === 0 || node.waking || !this.isReady(node)) return;
    node.waking = true;
    this.plan(PendingKind.wake, index, this.world.time);
  }

  #anchor(intervention: Intervention): void {
    const cut = intervention.anchor.lastIndexOf('#');
    const name = intervention.anchor.slice(0, Math.max(cut, 0));
    const counter = Number(intervention.anchor.slice(cut + 1));
    const byCounter = this.#anchors.get(name) ?? new Map<number, Intervention[]>();
    this.#anchors.set(name, byCounter);
    byCounter.set(counter, [...(byCounter.get(counter) ?? []), intervention]);
  }

  #happen(slot: number): void {
    const { pending } = this.world;
    const index = pending.node[slot]!;
    switch (pending.kind[slot]) {
      case PendingKind.arrival: {
        const client = pending.peer[slot]!;
        freeSlot(pending, slot);
        return arrive(this, index, client);
      }
      case PendingKind.served:
        return stations.served(this, index, this.#take(slot));
      case PendingKind.synced: {
        const cause = pending.cause[slot]!;
        const current = this.world.nodes[index]!.counters.syncs === pending.id[slot];
        freeSlot(pending, slot);
        if (!current) return; // it crashed meanwhile
        finishSync(this, index, cause);
        this.world.nodes[index]!.busy = false;
        if (this.#due.length > 0) this.settle();
        return this.proceed(index);
      }
      case PendingKind.proceed: {
        const current = this.world.nodes[index]!.counters.syncs === pending.id[slot];
        freeSlot(pending, slot);
        if (!current) return;
        this.world.nodes[index]!.busy = false;
        return this.proceed(index);
      }
      case PendingKind.resume: {
        const node = this.world.nodes[index]!;
        const current = node.pauses === pending.id[slot];
        const cause = pending.cause[slot]!;
        freeSlot(pending, slot);
        if (current) performAction(this, 'resume', { node: node.name, planned: true }, cause);
        return;
      }
      case PendingKind.action: {
        const action = pending.payload[slot];
        freeSlot(pending, slot);
        return performScheduled(this, action as Parameters<typeof performScheduled>[1]);
      }
      case PendingKind.randomFault: {
        const which = pending.peer[slot]!;
        const draw = pending.id[slot]!;
        freeSlot(pending, slot);
        return strikeOrHeal(this, index, which, draw);
      }
      case PendingKind.wake:
        freeSlot(pending, slot);
        return this.#takeWaiting(index);
      default:
        return this.#reach(slot, index);
    }
  }

  /** Something reaches a node: it is handled, waits, or is lost. */
  #reach(slot: number, index: number): void {
    const { pending, nodes } = this.world;
    const node = nodes[index]!;
    const kind = pending.kind[slot]!;
    if (kind === PendingKind.deliver) {
      const packet = pending.payload[slot] as Packet;
      if (isCut(this, pending.peer[slot]!, index) || node.condition !== 'up') return dropPacket(this, slot);
      if (packet.job >= 0) return stations.jobArrives(this, slot);
    }
    if (node.condition === 'up' && (node.waiting > 0 || !this.isReady(node))) return putInInbox(node, slot);
    this.#handle(slot, index, node, kind);
    this.wake(index);
  }

  /** A node handles what has waited longest for it. Where it is not ready any more, it is woken when it is again. */
  #takeWaiting(index: number): void {
    const { pending, nodes } = this.world;
    const node = nodes[index]!;
    node.waking = false;
    if (!this.isReady(node)) return;
    const slot = takeFromInbox(pending, node);
    if (slot < 0) return;
    const kind = pending.kind[slot]!;
    // Until it is taken, a message counts as on its way.
    if (kind === PendingKind.deliver && isCut(this, pending.peer[slot]!, index)) dropPacket(this, slot);
    else this.#handle(slot, index, node, kind);
    this.wake(index);
  }

  #handle(slot: number, index: number, node: NodeRecord, kind: number): void {
    const { pending } = this.world;
    const cause = pending.cause[slot]!;
    const id = pending.id[slot]!;
    const peer = pending.peer[slot]!;
    const payload = pending.payload[slot];
    switch (kind) {
      case PendingKind.deliver: {
        freeSlot(pending, slot);
        const packet = payload as Packet;
        const sender = this.world.nodes[peer]!;
        const label = this.writer.intern(packet.message.type);
        const delivered = this.emit(EventKind.deliver, node, sender.id, label, cause, id, 0);
        if (packet.reply < 0) {
          return this.run(index, 'onMessage', delivered, packet, peer, packet.message, sender.name);
        }
        const call = node.calls.get(packet.reply);
        if (!call) return; // too late, or a second copy
        node.calls.delete(packet.reply);
        pending.kind[call.slot] = PendingKind.none;
        const answer = { from: sender.name, message: packet.message, keep: call.keep };
        return this.run(index, call.then, delivered, undefined, -1, answer);
      }
      case PendingKind.timer: {
        freeSlot(pending, slot);
        const timer = payload as TimerRecord;
        removeTimer(node.timers, id);
        const fired = this.emit(EventKind.timerFire, node, -1, peer, cause, id, 0);
        return this.run(index, 'onTimer', fired, undefined, -1, { id, name: timer.name, keep: timer.keep });
      }
      case PendingKind.callTimeout: {
        freeSlot(pending, slot);
        const call = node.calls.get(id)!;
        node.calls.delete(id);
        const fired = this.emit(EventKind.timerFire, node, -1, this.writer.intern(payload as string), cause, id, 0);
        const answer = { from: call.to, message: undefined, keep: call.keep };
        return this.run(index, call.then, fired, undefined, -1, answer);
      }
      case PendingKind.jobArrived:
        freeSlot(pending, slot);
        return stations.handleJob(this, index, id);
      case PendingKind.jobDone:
        freeSlot(pending, slot);
        return stations.tellDone(this, index, id);
      case PendingKind.jobFailed:
        freeSlot(pending, slot);
        return stations.tellFailed(this, index, id, payload as string);
    }
  }

  #take(slot: number): number {
    const job = this.world.pending.id[slot]!;
    freeSlot(this.world.pending, slot);
    return job;
  }

  #begin(node: NodeRecord, index: number): void {
    const handlingTime = this.#handlingTimes[index];
    if (handlingTime) {
      const draw = this.drawFor(index, handlingPurpose, node.counters.handled, handlingTime);
      const time = Math.round(draw * node.slowness);
      if (time > 0) {
        node.busy = true;
        this.plan(PendingKind.proceed, index, this.world.time + time, -1, node.counters.syncs, node.cause);
        return;
      }
    }
    this.proceed(index);
  }

  #showStatus(node: NodeRecord, program: NodeProgram): void {
    if (!program.status || node.state === undefined) return;
    enterHandler(node.name, 'status');
    let status: string;
    try {
      status = program.status(node.state);
    } finally {
      leaveHandler();
    }
    if (status === node.lastStatus) return;
    node.lastStatus = status;
    this.emit(EventKind.state, node, -1, this.writer.intern(status), node.cause, 0, 0);
  }

  /** Looking through a large state after every handler would cost more than the run: often at first, then now and then. */
  #inspect(node: NodeRecord, handler: string): void {
    const handled = ++node.counters.handled;
    if (handled > 256 && handled % 64 !== 0) return;
    try {
      assertPlain(node.state, 'state');
    } catch (error) {
      if (!(error instanceof RefusedError)) throw error;
      const at = readableTime(this.world.time);
      throw new RefusedError(`${error.message} (${node.name}, found after ${handler} at ${at})`);
    }
  }
}

const handlingPurpose = streamId('handling');
