/** What a handler asked for, happening: one effect at a time, in order. */
import { EventKind } from '../trace/event.ts';
import { streamId } from '../random/uniform.ts';
import { writeHappens } from './disk.ts';
import { transmit } from './network.ts';
import type { Simulation } from './simulation.ts';
import * as stations from './stations.ts';
import { addTimer, removeTimer } from './timer-list.ts';
import { PendingKind, type Effect, type NodeRecord, type TimerRecord } from './world.ts';

const syncPurpose = streamId('sync');

/** Lets one effect happen. What it leads to is an event of its own, later. */
export function happen(simulation: Simulation, node: NodeRecord, index: number, effect: Effect): void {
  const { writer, world } = simulation;
  switch (effect.do) {
    case 'send':
      transmit(simulation, index, effect.to, effect.packet, effect.bytes, node.cause);
      return;
    case 'call': {
      transmit(simulation, index, effect.to, effect.packet, 0, node.cause);
      const due = world.time + onRealClock(node, effect.timeout);
      const call = node.calls.get(effect.packet.call);
      const label = `no reply to ${effect.packet.message.type}`;
      if (call) {
        call.slot = simulation.plan(PendingKind.callTimeout, index, due, -1, effect.packet.call, node.cause, label);
      }
      return;
    }
    case 'setTimer': {
      const due = world.time + onRealClock(node, effect.delay);
      const label = writer.intern(effect.name);
      const set = simulation.emit(EventKind.timerSet, node, -1, label, node.cause, effect.id, due);
      const timer: TimerRecord = effect;
      addTimer(node.timers, effect.id, simulation.plan(PendingKind.timer, index, due, label, effect.id, set, timer));
      return;
    }
    case 'cancelTimer': {
      const slot = removeTimer(node.timers, effect.id);
      if (slot < 0) return;
      const { name } = world.pending.payload[slot] as TimerRecord;
      world.pending.kind[slot] = PendingKind.none;
      simulation.emit(EventKind.timerCancel, node, -1, writer.intern(name), node.cause, effect.id, 0);
      return;
    }
    case 'write':
      return writeHappens(simulation, node, effect.write);
    case 'sync': {
      const syncTime = simulation.system.nodes[index]!.syncTime;
      const time = syncTime
        ? Math.round(simulation.drawFor(index, syncPurpose, node.counters.syncs, syncTime) * node.slowness)
        : 0;
      node.busy = true;
      node.counters.syncs++;
      simulation.plan(PendingKind.synced, index, world.time + time, -1, node.counters.syncs, node.cause);
      return;
    }
    case 'note':
      simulation.emit(effect.kind as EventKind, node, -1, writer.intern(effect.text), node.cause, 0, effect.value);
      return;
    case 'invoke': {
      node.operations.get(effect.operation)!.began = world.time;
      simulation.emit(EventKind.invoke, node, -1, writer.intern(effect.label), node.cause, effect.operation, 0);
      return;
    }
    case 'end': {
      const { kind, operation, text } = effect;
      const took = world.time - node.operations.get(operation)!.began;
      node.operations.delete(operation);
      simulation.emit(kind as EventKind, node, -1, writer.intern(text), node.cause, operation, took);
      return;
    }
    case 'dispatch':
      return stations.dispatch(simulation, index, effect.job, effect.to);
    case 'finish':
      return stations.finish(simulation, index, effect.job);
    case 'reject':
      return stations.reject(simulation, index, effect.job, effect.why);
    case 'depart':
      return stations.depart(simulation, effect.job, effect.outcome, effect.why);
  }
}

/** How long a span of a node's own clock really is. */
function onRealClock(node: NodeRecord, span: number): number {
  return node.clockDrift === 0 ? span : Math.round(span / (1 + node.clockDrift));
}
