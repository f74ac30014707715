/** How messages travel: latency, loss, copies, order, bandwidth and partitions, each link by its own rule. */
import { DropReason, EventKind } from '../trace/event.ts';
import { constant, exponential, meanOf, sampleAt } from '../random/distribution.ts';
import { streamId, uniformAt } from '../random/uniform.ts';
import { canonicalText } from './plain.ts';
import { freeSlot } from './pending.ts';
import type { Simulation } from './simulation.ts';
import * as stations from './stations.ts';
import type { Link } from './system.ts';
import { PendingKind, type LinkRecord, type Packet } from './world.ts';

const latencyPurpose = streamId('latency');
const lagPurpose = streamId('lag of the second copy');
const holdUpPurpose = streamId('hold-up');
const lossPurpose = streamId('loss');
const duplicationPurpose = streamId('duplication');
const reorderingPurpose = streamId('reordering');

const perfect: Link = {};
const instant = constant(0);

/** The system's rule for messages from one node to another. */
export function linkOf(simulation: Simulation, from: number, to: number): Link {
  const { network, nodes } = simulation.system;
  if (!network) return perfect;
  return network.links?.[nodes[from]!.name]?.[nodes[to]!.name] ?? network.default ?? perfect;
}

/** What has become of a link, to be changed; made when first needed. */
export function linkRecord(simulation: Simulation, from: number, to: number): LinkRecord {
  const key = linkKey(simulation, from, to);
  let record = simulation.world.links.get(key);
  if (!record) {
    record = { cut: false, cutUntil: 0, loss: -1, duplication: -1, delay: 0, lastArrival: 0, freeAt: 0 };
    simulation.world.links.set(key, record);
  }
  return record;
}

/** Whether nothing gets through from one node to another. */
export function isCut(simulation: Simulation, from: number, to: number): boolean {
  const { links } = simulation.world;
  return links.size > 0 && from >= 0 && (links.get(linkKey(simulation, from, to))?.cut ?? false);
}

/** Whether jobs may jump from a node to any other without a message. @param from −1 for the outside */
export function isInstant(simulation: Simulation, from: number): boolean {
  return from < 0 || (simulation.system.network === undefined && simulation.world.links.size === 0);
}

function linkKey(simulation: Simulation, from: number, to: number): string {
  const { nodes } = simulation.system;
  return `${nodes[from]!.name}>${nodes[to]!.name}`;
}

/** Sends a packet on its way: the send is an event, and so is a loss. Nothing is drawn twice for one message. */
export function transmit(
  simulation: Simulation,
  from: number,
  to: number,
  packet: Packet,
  bytes: number,
  cause: number,
): void {
  const { world, writer } = simulation;
  const sender = world.nodes[from]!;
  const receiver = world.nodes[to]!;
  const link = linkOf(simulation, from, to);
  const id = sender.counters.messages++;
  const label = writer.intern(packet.message.type);
  const size = bytes > 0 ? bytes : link.bandwidth ? canonicalText(packet.message).length : 0;
  const sent = simulation.emit(EventKind.send, sender, receiver.id, label, cause, id, size);
  const luck = (purpose: number): number => uniformAt(world.seed, purpose, simulation.streams[from]!, id);

  const touched = world.links.size > 0 ? world.links.get(linkKey(simulation, from, to)) : undefined;
  if (touched?.cut) return lose(simulation, from, to, label, sent, id, DropReason.partition, packet);
  const loss = touched && touched.loss >= 0 ? touched.loss : (link.loss ?? 0);
  if (loss > 0 && luck(lossPurpose) < loss) {
    return lose(simulation, from, to, label, sent, id, DropReason.loss, packet);
  }
  const arrival = world.time + travelTime(simulation, link, from, to, id, size);
  simulation.plan(PendingKind.deliver, to, arrival, from, id, sent, packet);
  const duplication = touched && touched.duplication >= 0 ? touched.duplication : (link.duplication ?? 0);
  if (duplication > 0 && packet.job < 0 && luck(duplicationPurpose) < duplication) {
    const copied = simulation.emit(EventKind.duplicate, sender, receiver.id, label, sent, id, 0);
    simulation.plan(PendingKind.deliver, to, arrival + lag(simulation, link, from, id), from, id, copied, packet);
  }
}

/** How much later a second copy arrives. Its tail is long: a copy that comes with the first one tries out little. */
function lag(simulation: Simulation, link: Link, from: number, id: number): number {
  const mean = meanOf(link.latency ?? instant);
  if (!(mean > 0)) return 0;
  return Math.round(sampleAt(exponential(mean), simulation.world.seed, lagPurpose, simulation.streams[from]!, id));
}

function travelTime(simulation: Simulation, link: Link, from: number, to: number, id: number, size: number): number {
  const { time, seed, links } = simulation.world;
  const drawn = latency(simulation, link, latencyPurpose, from, id);
  const varies = link.latency !== undefined && link.latency.kind !== 'constant';
  const touched = links.size > 0 ? links.get(linkKey(simulation, from, to)) : undefined;
  if (!varies && !link.bandwidth && !link.reordering && !touched) return drawn;
  const record = touched ?? linkRecord(simulation, from, to);
  let leaves = time;
  if (link.bandwidth) {
    leaves = Math.max(time, record.freeAt) + Math.round((size / link.bandwidth) * 1e9);
    record.freeAt = leaves;
  }
  let arrival = leaves + drawn + record.delay;
  const heldUp = link.reordering && uniformAt(seed, reorderingPurpose, simulation.streams[from]!, id) < link.reordering;
  if (heldUp) return arrival + latency(simulation, link, holdUpPurpose, from, id) - time;
  arrival = Math.max(arrival, record.lastArrival);
  record.lastArrival = arrival;
  return arrival - time;
}

function latency(simulation: Simulation, link: Link, purpose: number, from: number, id: number): number {
  const distribution = link.latency ?? instant;
  if (distribution.kind === 'constant') return distribution.value;
  return Math.round(sampleAt(distribution, simulation.world.seed, purpose, simulation.streams[from]!, id));
}

/** A packet that arrives at a node that is not there, or over a link that is cut, is lost. */
export function dropPacket(simulation: Simulation, slot: number, reason?: number): void {
  const { pending, nodes } = simulation.world;
  const packet = pending.payload[slot] as Packet;
  const from = pending.peer[slot]!;
  const to = pending.node[slot]!;
  const id = pending.id[slot]!;
  const sent = pending.cause[slot]!;
  freeSlot(pending, slot);
  const because = reason ?? (nodes[to]!.condition === 'up' ? DropReason.partition : DropReason.receiverDown);
  lose(simulation, from, to, simulation.writer.intern(packet.message.type), sent, id, because, packet);
}

function lose(
  simulation: Simulation,
  from: number,
  to: number,
  label: number,
  sent: number,
  id: number,
  reason: number,
  packet: Packet,
): void {
  const { nodes } = simulation.world;
  simulation.emit(EventKind.drop, nodes[from], nodes[to]!.id, label, sent, id, reason);
  if (packet.job >= 0) stations.lost(simulation, packet.job);
}
