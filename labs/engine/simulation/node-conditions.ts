/** Nodes that crash, pause, come and go: what that does to what they have in memory, in hand and on their way. */
import { DropReason, EventKind } from '../trace/event.ts';
import { crashDisk } from './disk.ts';
import { emptyInbox } from './inbox.ts';
import { dropPacket } from './network.ts';
import { schedule } from './pending.ts';
import type { Simulation } from './simulation.ts';
import { crashStation, pauseStation, resumeStation, startStation } from './stations.ts';
import { timerSlots } from './timer-list.ts';
import { PendingKind, type NodeRecord } from './world.ts';

/** Switches a node off. @param until when that is planned to end, Infinity where nobody knows @returns whether anything changed */
export function crash(simulation: Simulation, index: number, until: number, cause: number): boolean {
  const node = simulation.world.nodes[index]!;
  if (node.condition === 'down') return holdLonger(node, until);
  if (node.condition !== 'up') return false;
  node.condition = 'down';
  node.heldUntil = until;
  const crashed = simulation.emit(EventKind.crash, node, -1, -1, cause, 0, 0);
  forget(simulation, index, crashed);
  return true;
}

/** Switches a node on again that has crashed. @returns whether it had */
export function restart(simulation: Simulation, index: number, cause: number): boolean {
  const node = simulation.world.nodes[index]!;
  if (node.condition !== 'down') return false;
  const program = simulation.programs[index];
  node.condition = 'up';
  node.state = simulation.freshState(index);
  const restarted = simulation.emit(EventKind.restart, node, -1, -1, cause, 0, 0);
  if (program) simulation.run(index, program.onRecover ? 'onRecover' : 'onStart', restarted, undefined, -1);
  startStation(simulation, index);
  return true;
}

/** Stops a node in the middle of whatever it does. @param length 0 where nobody knows @param until when that is planned to end @returns whether anything changed */
export function pause(simulation: Simulation, index: number, length: number, until: number, cause: number): boolean {
  const { nodes, time } = simulation.world;
  const node = nodes[index]!;
  if (node.condition !== 'up') return false;
  if (node.paused) {
    const isLonger = holdLonger(node, until);
    if (isLonger && length > 0) simulation.plan(PendingKind.resume, index, time + length, -1, node.pauses, cause);
    return isLonger;
  }
  node.paused = true;
  node.heldUntil = until;
  node.pauses++;
  const paused = simulation.emit(EventKind.pause, node, -1, -1, cause, 0, length);
  pauseStation(simulation, index);
  if (length > 0) simulation.plan(PendingKind.resume, index, time + length, -1, node.pauses, paused);
  return true;
}

/** Lets a paused node go on. @returns whether it was paused */
export function resume(simulation: Simulation, index: number, cause: number): boolean {
  const node = simulation.world.nodes[index]!;
  if (!node.paused) return false;
  node.paused = false;
  simulation.emit(EventKind.resume, node, -1, -1, cause, 0, 0);
  resumeStation(simulation, index);
  simulation.proceed(index);
  return true;
}

/** Lets a node appear that was never there, or had left. @returns whether it did */
export function join(simulation: Simulation, index: number, cause: number): boolean {
  const node = simulation.world.nodes[index]!;
  if (node.condition !== 'absent' && node.condition !== 'left') return false;
  appear(simulation, index, cause);
  return true;
}

/** A node is switched on for the first time, or joins again. */
export function appear(simulation: Simulation, index: number, cause: number): void {
  const node = simulation.world.nodes[index]!;
  const program = simulation.programs[index];
  node.condition = 'up';
  node.state = simulation.freshState(index);
  const weight = node.station ? node.station.servers * node.station.speed : 1;
  const joined = simulation.emit(EventKind.join, node, -1, -1, cause, 0, weight);
  if (program) simulation.run(index, 'onStart', joined, undefined, -1);
  startStation(simulation, index);
}

/** Takes a node away for good. @returns whether it was there */
export function leave(simulation: Simulation, index: number, cause: number): boolean {
  const node = simulation.world.nodes[index]!;
  if (node.condition === 'absent' || node.condition === 'left') return false;
  node.condition = 'left';
  const left = simulation.emit(EventKind.leave, node, -1, -1, cause, 0, 0);
  forget(simulation, index, left);
  return true;
}

/** Whether anything is broken at the moment: then nothing has to hold eventually yet. */
export function isAnythingBroken(simulation: Simulation): boolean {
  const ill = (node: NodeRecord): boolean => node.condition === 'down' || node.paused;
  if (simulation.world.nodes.some(ill)) return true;
  for (const { cut, loss } of simulation.world.links.values()) if (cut || loss > 0) return true;
  return false;
}

/** What holds a node already holds it until the later of two ends. @returns whether that is later than before */
function holdLonger(node: NodeRecord, until: number): boolean {
  if (until <= node.heldUntil) return false;
  node.heldUntil = until;
  return true;
}

/** Whatever a node had in memory or in hand is gone. */
function forget(simulation: Simulation, index: number, cause: number): void {
  const { pending, nodes } = simulation.world;
  const node = nodes[index]!;
  node.state = undefined;
  node.lastStatus = '';
  node.effects = [];
  node.effectsDone = 0;
  node.busy = false;
  node.paused = false;
  node.pauses++;
  node.counters.syncs++; // a sync that was under way belongs to nobody
  for (const slot of timerSlots(node.timers)) pending.kind[slot] = PendingKind.none;
  node.timers = [];
  for (const { slot } of node.calls.values()) if (slot >= 0) pending.kind[slot] = PendingKind.none;
  node.calls.clear();
  for (const [number, operation] of node.operations) {
    operation.ending = false;
    if (operation.began < 0) node.operations.delete(number);
  }
  const waiting = emptyInbox(pending, node);
  crashDisk(simulation, index, cause);
  for (const slot of waiting) {
    if (pending.kind[slot] === PendingKind.deliver) dropPacket(simulation, slot, DropReason.receiverDown);
    else schedule(pending, slot, simulation.world.time); // a job comes back to a node that is down: it departs
  }
  crashStation(simulation, index);
}
