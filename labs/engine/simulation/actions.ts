/**
 * What can be done to a run from outside: by an intervention, a schedule or bad luck. Times are in milliseconds.
 *
 * | action      | arguments                              | what happens                                              |
 * |-------------|----------------------------------------|-----------------------------------------------------------|
 * | crash       | node, for?                             | memory, timers and unsafe writes gone; the disk stays     |
 * | restart     | node                                   | a crashed node comes back, with `onRecover`               |
 * | pause       | node, for?                             | stops executing, in the middle of a handler's effects too |
 * | resume      | node                                   | goes on                                                   |
 * | slow        | node, factor                           | service, handling and sync times from now on              |
 * | skew        | node, offset?, drift?                  | its clock is set off, or gains drift · time               |
 * | lose-write  | node, write?                           | the write never gets safe, though its sync is done        |
 * | tear-write  | node, write?                           | half of it gets to the disk: damaged after a crash        |
 * | join, leave | node                                   | appears; goes for good                                    |
 * | cut         | from, to, oneWay? or node; for?        | nothing gets through, in flight or new                    |
 * | heal        | from, to or node, or none: all; of?    | undoes cut, lose, delay and duplicate, or the one named   |
 * | lose        | from, to or node; share?               | the share of messages lost, all of them by default        |
 * | delay       | message, or from, to or node; by       | one message, or all new ones, later                       |
 * | duplicate   | message, or from, to or node; share?   | a second copy arrives: of one message, or of a share      |
 * | drop        | message                                | it is lost                                                |
 * | deliver-now | message                                | it arrives at once                                        |
 *
 * What lasts `for` some time is undone by itself: restart, resume, heal. Jobs that travel as messages are never doubled.
 *
 * A write is numbered as the trace numbers the node's writes, and must not be safe yet; the last one where left out.
 * A message is named `sender#counter`, as the trace numbers them (`client#3`), and must be in flight: also while it waits
 * for a busy node to take it, but then it cannot be delivered any sooner.
 */
import type { Intervention } from '../lab/report.ts';
import { DropReason, EventKind } from '../trace/event.ts';
import { amount, isOfLinks, nodeIndex, type ActionName, type Arguments } from './action-arguments.ts';
import { spoilWrite } from './disk.ts';
import { waitingIn } from './inbox.ts';
import { takeUp, toMessage, withMessage } from './in-flight.ts';
import { linkEvent, linksOf, troubledLinks, troubleOf } from './link-troubles.ts';
import { dropPacket, linkRecord } from './network.ts';
import { crash, join, leave, pause, restart, resume } from './node-conditions.ts';
import { schedule } from './pending.ts';
import type { Simulation } from './simulation.ts';
import type { ScheduledAction } from './system.ts';
import { milliseconds, nanosecondsPerMillisecond } from './time.ts';
import { PendingKind, type Packet } from './world.ts';

/** What an action's name stands for. @returns whether there was anything to do it to */
type Perform = (simulation: Simulation, given: Arguments, cause: number) => boolean;

const actions: Readonly<Record<ActionName, Perform>> = {
  crash(simulation, given, cause) {
    const happened = crash(simulation, nodeIndex(simulation, given.node), endOf(simulation, given), cause);
    if (happened && given.for !== undefined) undoLater(simulation, 'restart', { node: given.node! }, given);
    return happened;
  },
  restart(simulation, given, cause) {
    const index = nodeIndex(simulation, given.node);
    return !isTooEarly(simulation, index, given) && restart(simulation, index, cause);
  },
  pause: (simulation, given, cause) => {
    const length = given.for === undefined ? 0 : milliseconds(amount(given, 'for', 0));
    return pause(simulation, nodeIndex(simulation, given.node), length, endOf(simulation, given), cause);
  },
  resume(simulation, given, cause) {
    const index = nodeIndex(simulation, given.node);
    return !isTooEarly(simulation, index, given) && resume(simulation, index, cause);
  },
  slow(simulation, given, cause) {
    const node = simulation.world.nodes[nodeIndex(simulation, given.node)]!;
    node.slowness = amount(given, 'factor', 0);
    simulation.emit(EventKind.slow, node, -1, -1, cause, 0, node.slowness);
    return true;
  },
  skew(simulation, given, cause) {
    const node = simulation.world.nodes[nodeIndex(simulation, given.node)]!;
    const drift = given.drift === undefined ? node.clockDrift : amount(given, 'drift', -0.999);
    const before = node.clockOffset + simulation.world.time * (1 + node.clockDrift);
    // The clock jumps by the offset and no more: a new drift counts from now.
    const offset = given.offset === undefined ? 0 : amount(given, 'offset', -Infinity) * nanosecondsPerMillisecond;
    node.clockOffset = Math.round(before + offset - simulation.world.time * (1 + drift));
    node.clockDrift = drift;
    simulation.emit(EventKind.skew, node, -1, -1, cause, 0, Math.round(offset));
    return true;
  },
  'lose-write': (simulation, given) => spoil(simulation, given, 'lost'),
  'tear-write': (simulation, given) => spoil(simulation, given, 'torn'),
  join: (simulation, given, cause) => join(simulation, nodeIndex(simulation, given.node), cause),
  leave: (simulation, given, cause) => leave(simulation, nodeIndex(simulation, given.node), cause),
  cut(simulation, given, cause) {
    const until = endOf(simulation, given);
    for (const [from, to] of linksOf(simulation, given)) {
      const record = linkRecord(simulation, from, to);
      record.cutUntil = record.cut ? Math.max(record.cutUntil, until) : until;
      record.cut = true;
      linkEvent(simulation, from, to, 'cut', 0, cause);
    }
    const { for: length, until: _, ...links } = given;
    if (length !== undefined) undoLater(simulation, 'heal', { ...links, of: 'cut' }, given);
    return true;
  },
  heal(simulation, given, cause) {
    const all = !isOfLinks(given);
    let healed = false;
    const undoes = (trouble: string): boolean => given.of === undefined || given.of === trouble;
    for (const [from, to] of all ? troubledLinks(simulation) : linksOf(simulation, given)) {
      const record = linkRecord(simulation, from, to);
      if (given.planned && simulation.world.time < record.cutUntil) continue;
      healed = true;
      if (undoes('cut')) record.cut = false;
      if (undoes('lose')) record.loss = -1;
      if (undoes('delay')) record.delay = 0;
      if (undoes('duplicate')) record.duplication = -1;
      const [trouble, figure] = troubleOf(record);
      linkEvent(simulation, from, to, trouble, figure, cause);
    }
    return healed || !given.planned;
  },
  lose(simulation, given, cause) {
    const share = given.share === undefined ? 1 : amount(given, 'share', 0);
    for (const [from, to] of linksOf(simulation, given)) {
      linkRecord(simulation, from, to).loss = share;
      linkEvent(simulation, from, to, 'lossy', share, cause);
    }
    return true;
  },
  delay(simulation, given, cause) {
    const by = milliseconds(amount(given, 'by', 0));
    if (!isOfLinks(given)) {
      return toMessage(simulation, given, (slot) => {
        const due = takeUp(simulation, slot);
        schedule(simulation.world.pending, slot, due + by);
      });
    }
    for (const [from, to] of linksOf(simulation, given)) {
      linkRecord(simulation, from, to).delay = by;
      linkEvent(simulation, from, to, 'slow', by, cause);
    }
    return true;
  },
  duplicate(simulation, given, cause) {
    if (isOfLinks(given)) {
      const share = given.share === undefined ? 1 : amount(given, 'share', 0);
      for (const [from, to] of linksOf(simulation, given)) {
        linkRecord(simulation, from, to).duplication = share;
        linkEvent(simulation, from, to, 'doubling', share, cause);
      }
      return true;
    }
    return toMessage(simulation, given, (slot) => {
      const { pending, nodes } = simulation.world;
      const packet = pending.payload[slot] as Packet;
      if (packet.job >= 0) return false;
      const due = takeUp(simulation, slot);
      schedule(pending, slot, due);
      const [from, to, id] = [pending.peer[slot]!, pending.node[slot]!, pending.id[slot]!];
      const label = simulation.writer.intern(packet.message.type);
      const copied = simulation.emit(EventKind.duplicate, nodes[from], nodes[to]!.id, label, cause, id, 0);
      simulation.plan(PendingKind.deliver, to, due, from, id, copied, packet);
      return true;
    });
  },
  drop: (simulation, given) =>
    toMessage(simulation, given, (slot) => {
      takeUp(simulation, slot);
      dropPacket(simulation, slot, DropReason.intervention);
    }),
  'deliver-now': (simulation, given) =>
    toMessage(simulation, given, (slot) => {
      const { pending, nodes, time } = simulation.world;
      if (waitingIn(pending, nodes[pending.node[slot]!]!).includes(slot)) return false;
      takeUp(simulation, slot);
      schedule(pending, slot, time);
      return true;
    }),
};

/** Does it. @returns whether there was anything to do it to */
export function performAction(simulation: Simulation, action: string, given: Arguments, cause: number): boolean {
  const happened = actions[action as ActionName](simulation, given, cause);
  if (happened) {
    simulation.world.lastFault = simulation.world.time;
    simulation.world.faults++;
  }
  return happened;
}

/** Does what the learner or a file wants done after event `anchor`, and says so in the trace. */
export function intervene(
  simulation: Simulation,
  { action, arguments: given }: Pick<Intervention, 'action' | 'arguments'>,
  anchor: number,
): boolean {
  const { nodes } = simulation.world;
  const on = given.node ?? given.from;
  const node = on === undefined ? undefined : nodes[nodeIndex(simulation, on)];
  const peer = given.to === undefined ? -1 : nodes[nodeIndex(simulation, given.to)]!.id;
  const interfered = simulation.emit(
    EventKind.intervention,
    node,
    peer,
    simulation.writer.intern(action),
    anchor,
    0,
    0,
  );
  return performAction(simulation, action, withMessage(simulation, action, given, anchor), interfered);
}

/** Does what the schedule says. */
export function performScheduled(simulation: Simulation, { action, arguments: given }: ScheduledAction): void {
  performAction(simulation, action, given, -1);
}

/** When what is done to a node or a link ends: as planned by who does it, after `for`, or nobody knows. */
function endOf({ world }: Simulation, given: Arguments): number {
  if (given.until !== undefined) return Number(given.until);
  return given.for === undefined ? Infinity : world.time + milliseconds(amount(given, 'for', 0));
}

/** Whether something that was planned falls into a time for which somebody else holds the node. */
function isTooEarly({ world }: Simulation, index: number, { planned }: Arguments): boolean {
  return planned === true && world.time < world.nodes[index]!.heldUntil;
}

function undoLater(simulation: Simulation, action: string, undone: Arguments, given: Arguments): void {
  const at = endOf(simulation, given);
  simulation.plan(PendingKind.action, -1, at, -1, 0, -1, { at, action, arguments: { ...undone, planned: true } });
}

function spoil(simulation: Simulation, given: Arguments, fate: 'lost' | 'torn'): boolean {
  const node = simulation.world.nodes[nodeIndex(simulation, given.node)]!;
  return spoilWrite(node, given.write === undefined ? undefined : amount(given, 'write', 0), fate);
}
