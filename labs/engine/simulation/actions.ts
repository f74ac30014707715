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
 * | heal        | from, to or node, or none for all; of? | undoes cut, lose, delay and duplicate, or the one named   |
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
import { EventKind, DropReason } from '../trace/event.ts';
import { sampleAt } from '../random/distribution.ts';
import { streamId } from '../random/random.ts';
import type { Intervention, Json } from '../lab/report.ts';
import { crashDisk, spoilWrite } from './disk.ts';
import { emptyInbox, pullFromInbox, waitingIn } from './inbox.ts';
import { dropPacket, linkRecord } from './network.ts';
import { inOrder, schedule, takeOut } from './pending.ts';
import { ScenarioError } from './refusal.ts';
import type { Simulation } from './simulation.ts';
import { crashStation, pauseStation, resumeStation, startStation } from './stations.ts';
import type { RandomFault, ScheduledAction } from './system.ts';
import { milliseconds, nanosecondsPerMillisecond } from './time.ts';
import { timerSlots } from './timer-list.ts';
import { PendingKind, type LinkRecord, type NodeRecord, type Packet } from './world.ts';

type Arguments = Readonly<Record<string, Json>>;

/** What an action's name stands for. @returns whether there was anything to do it to */
type Perform = (simulation: Simulation, given: Arguments, cause: number) => boolean;

/** What is done to links, and what a link can be healed of. */
const linkTroubles: readonly string[] = ['cut', 'lose', 'delay', 'duplicate'];

const actions: Readonly<Record<string, Perform>> = {
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

/** Names of all actions. */
export const actionNames: readonly string[] = Object.keys(actions);

const links = ['from', 'to', 'oneWay'];

/** The arguments that each takes, as the table above says. */
const argumentsOf: Readonly<Record<string, readonly string[]>> = {
  crash: ['node', 'for'],
  restart: ['node'],
  pause: ['node', 'for'],
  resume: ['node'],
  slow: ['node', 'factor'],
  skew: ['node', 'offset', 'drift'],
  'lose-write': ['node', 'write'],
  'tear-write': ['node', 'write'],
  join: ['node'],
  leave: ['node'],
  cut: [...links, 'node', 'for'],
  heal: [...links, 'node'],
  lose: [...links, 'node', 'share'],
  delay: ['message', ...links, 'node', 'by'],
  duplicate: ['message', ...links, 'share'],
  drop: ['message'],
  'deliver-now': ['message'],
};

/**
 * Checks an action before the run begins.
 * @param nodes by name
 * @throws ScenarioError for an unknown action, node or argument
 */
export function requireAction(nodes: ReadonlyMap<string, unknown>, action: string, given: Arguments): void {
  if (!Object.hasOwn(actions, action)) {
    throw new ScenarioError(`there is no action '${action}': use ${actionNames.join(', ')}`);
  }
  const takes = argumentsOf[action]!;
  const stranger = Object.keys(given).find((name) => !takes.includes(name));
  if (stranger !== undefined) {
    throw new ScenarioError(`'${action}' has no argument '${stranger}': it takes ${takes.join(', ')}`);
  }
  for (const name of ['node', 'from', 'to'])
    if (given[name] !== undefined && !nodes.has(String(given[name]))) throw noNode(given[name], nodes);
  const needs: Record<string, string[]> = { slow: ['node', 'factor'], delay: ['by'] };
  const ofNode = ['crash', 'restart', 'pause', 'resume', 'skew', 'join', 'leave', 'lose-write', 'tear-write'].includes(
    action,
  );
  for (const name of needs[action] ?? (ofNode ? ['node'] : [])) {
    if (given[name] === undefined) throw new ScenarioError(`'${action}' needs the argument '${name}'`);
  }
  if (given.message !== undefined) {
    const [, sender, counter] = /^(.*)#(\d+)$/.exec(String(given.message)) ?? [];
    if (counter === undefined)
      throw new ScenarioError(`'${String(given.message)}' is no message: write 'sender#n' for its n-th, from 0`);
    if (!nodes.has(sender!)) throw noNode(sender, nodes);
  }
  if (action === 'heal' && given.of !== undefined && !linkTroubles.includes(String(given.of))) {
    throw new ScenarioError(`a link is healed of ${linkTroubles.join(', ')}, not of '${String(given.of)}'`);
  }
  const isLink = given.node !== undefined || (given.from !== undefined && given.to !== undefined);
  if ((action === 'cut' || action === 'lose') && !isLink) {
    throw new ScenarioError(`'${action}' needs the arguments 'from' and 'to', or a 'node' for all its links`);
  }
}

/** Does it. @returns whether there was anything to do it to */
export function performAction(simulation: Simulation, action: string, given: Arguments, cause: number): boolean {
  const happened = actions[action]!(simulation, given, cause);
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

const strikePurpose = streamId('fault strikes');
const lastPurpose = streamId('fault lasts');

/** Plans the first strike of every random fault. */
export function planRandomFaults(simulation: Simulation): void {
  for (const [fault, { nodes }] of (simulation.system.faults?.random ?? []).entries()) {
    for (let which = 0; which < nodes.length; which++) planStrike(simulation, fault, which, 0);
  }
}

/** A random fault strikes or heals, and the next turn is planned. @param turn even strikes, odd heals */
export function strikeOrHeal(simulation: Simulation, fault: number, which: number, turn: number): void {
  const { fault: kind, nodes, lasts, share, by } = simulation.system.faults!.random![fault]!;
  const node = nodes[which]!;
  const strikes = turn % 2 === 0;
  const ofNode = { crash: 'restart', pause: 'resume' }[kind as string];
  const ofLink = kind === 'isolate' ? 'cut' : kind;
  const length = strikes ? drawn(simulation, lastPurpose, node, turn, lasts) : 0;
  const until = simulation.world.time + length;
  if (strikes) {
    const how = {
      ...(share === undefined ? {} : { share }),
      ...(by === undefined ? {} : { by: by / nanosecondsPerMillisecond }),
    };
    const ends = ofNode || ofLink === 'cut' ? { until } : {};
    performAction(simulation, ofNode ? kind : ofLink, { node, ...how, ...ends }, -1);
  } else if (ofNode) {
    performAction(simulation, ofNode, { node, planned: true }, -1);
  } else {
    performAction(simulation, 'heal', { node, of: ofLink, planned: ofLink === 'cut' }, -1);
  }
  if (strikes) simulation.plan(PendingKind.randomFault, fault, until, which, turn + 1);
  else planStrike(simulation, fault, which, turn + 1);
}

function planStrike(simulation: Simulation, fault: number, which: number, turn: number): void {
  const { nodes, every, until } = simulation.system.faults!.random![fault]!;
  const time = simulation.world.time + drawn(simulation, strikePurpose, nodes[which]!, turn, every);
  if (time <= until) simulation.plan(PendingKind.randomFault, fault, time, which, turn);
}

function drawn(
  simulation: Simulation,
  purpose: number,
  node: string,
  turn: number,
  spread: RandomFault['every'],
): number {
  return Math.round(sampleAt(spread, simulation.world.seed, purpose, streamId(node), turn));
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

/** What holds a node already holds it until the later of two ends. @returns whether that is later than before */
function holdLonger(node: NodeRecord, until: number): boolean {
  if (until <= node.heldUntil) return false;
  node.heldUntil = until;
  return true;
}

function crash(simulation: Simulation, index: number, until: number, cause: number): boolean {
  const node = simulation.world.nodes[index]!;
  if (node.condition === 'down') return holdLonger(node, until);
  if (node.condition !== 'up') return false;
  node.condition = 'down';
  node.heldUntil = until;
  const crashed = simulation.emit(EventKind.crash, node, -1, -1, cause, 0, 0);
  forget(simulation, index, crashed);
  return true;
}

function undoLater(simulation: Simulation, action: string, undone: Arguments, given: Arguments): void {
  const at = endOf(simulation, given);
  simulation.plan(PendingKind.action, -1, at, -1, 0, -1, { at, action, arguments: { ...undone, planned: true } });
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

function restart(simulation: Simulation, index: number, cause: number): boolean {
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

function pause(simulation: Simulation, index: number, length: number, until: number, cause: number): boolean {
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

function resume(simulation: Simulation, index: number, cause: number): boolean {
  const node = simulation.world.nodes[index]!;
  if (!node.paused) return false;
  node.paused = false;
  simulation.emit(EventKind.resume, node, -1, -1, cause, 0, 0);
  resumeStation(simulation, index);
  simulation.proceed(index);
  return true;
}

function join(simulation: Simulation, index: number, cause: number): boolean {
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

function leave(simulation: Simulation, index: number, cause: number): boolean {
  const node = simulation.world.nodes[index]!;
  if (node.condition === 'absent' || node.condition === 'left') return false;
  node.condition = 'left';
  const left = simulation.emit(EventKind.leave, node, -1, -1, cause, 0, 0);
  forget(simulation, index, left);
  return true;
}

function spoil(simulation: Simulation, given: Arguments, fate: 'lost' | 'torn'): boolean {
  const node = simulation.world.nodes[nodeIndex(simulation, given.node)]!;
  return spoilWrite(node, given.write === undefined ? undefined : amount(given, 'write', 0), fate);
}

/** Does something to the message that is named. @param act says whether it could be done, where it cannot always */
function toMessage(simulation: Simulation, given: Arguments, act: (slot: number) => boolean | void): boolean {
  const { pending } = simulation.world;
  const name = String(given.message);
  const cut = name.lastIndexOf('#');
  const from = simulation.nodeIndex.get(name.slice(0, Math.max(0, cut)));
  const counter = Number(name.slice(cut + 1));
  const found = firstDelivery(simulation, (slot) => pending.peer[slot] === from && pending.id[slot] === counter);
  return found !== undefined && act(found) !== false;
}

/** Takes a message out of the queue, or out of the inbox of its receiver. @returns when it was due: now, where it waits */
function takeUp({ world }: Simulation, slot: number): number {
  const { pending, nodes, time } = world;
  return pullFromInbox(nodes[pending.node[slot]!]!, slot) ? time : takeOut(pending, slot);
}

/** The slot of the first message in flight that is wanted: first those on their way, then those that wait to be taken. */
function firstDelivery({ world }: Simulation, isWanted: (slot: number) => boolean): number | undefined {
  const { pending, nodes } = world;
  const inFlight = [...inOrder(pending).map(({ slot }) => slot), ...nodes.flatMap((node) => waitingIn(pending, node))];
  return inFlight.find((slot) => pending.kind[slot] === PendingKind.deliver && isWanted(slot));
}

/** Anchored at its send, a message need not be named again. */
function withMessage(simulation: Simulation, action: string, given: Arguments, cause: number): Arguments {
  const canHaveOne = ['drop', 'deliver-now', 'delay', 'duplicate'].includes(action);
  if (!canHaveOne || isOfLinks(given) || given.message !== undefined || cause < 0) return given;
  const { pending, nodes } = simulation.world;
  const slot = firstDelivery(simulation, (one) => pending.cause[one] === cause);
  const message = slot === undefined ? '#0' : `${nodes[pending.peer[slot]!]!.name}#${pending.id[slot]!}`;
  return { ...given, message };
}

/** Whether an action is meant for links rather than for one message. */
function isOfLinks(given: Arguments): boolean {
  return given.message === undefined && (given.node !== undefined || given.from !== undefined);
}

function linksOf(simulation: Simulation, given: Arguments): [number, number][] {
  const { nodes } = simulation.world;
  if (given.node !== undefined) {
    const index = nodeIndex(simulation, given.node);
    return nodes.flatMap((_, other): [number, number][] =>
      other === index
        ? []
        : [
            [index, other],
            [other, index],
          ],
    );
  }
  const from = nodeIndex(simulation, given.from);
  const to = nodeIndex(simulation, given.to);
  return given.oneWay === true
    ? [[from, to]]
    : [
        [from, to],
        [to, from],
      ];
}

function troubledLinks(simulation: Simulation): [number, number][] {
  return [...simulation.world.links]
    .filter(([, record]) => troubleOf(record)[0] !== 'healed')
    .map(([key]) => {
      const [from, to] = key.split('>').map((name) => simulation.nodeIndex.get(name)!);
      return [from!, to!];
    });
}

/** What is wrong with a link, the worst of it, as its event says it; 'healed' where nothing is. */
function troubleOf({ cut, loss, delay, duplication }: LinkRecord): [label: string, figure: number] {
  if (cut) return ['cut', 0];
  if (loss >= 0) return ['lossy', loss];
  if (delay > 0) return ['slow', delay];
  return duplication >= 0 ? ['doubling', duplication] : ['healed', 0];
}

function linkEvent(
  simulation: Simulation,
  from: number,
  to: number,
  label: string,
  value: number,
  cause: number,
): void {
  const { nodes } = simulation.world;
  simulation.emit(EventKind.link, nodes[from], nodes[to]!.id, simulation.writer.intern(label), cause, 0, value);
}

function nodeIndex(simulation: Simulation, name: Json | undefined): number {
  const index = simulation.nodeIndex.get(String(name));
  if (index === undefined) throw noNode(name, simulation.nodeIndex);
  return index;
}

function noNode(name: Json | undefined, nodes: ReadonlyMap<string, unknown>): ScenarioError {
  return new ScenarioError(`there is no node '${String(name)}': use ${[...nodes.keys()].slice(0, 10).join(', ')}`);
}

function amount(given: Arguments, name: string, least: number): number {
  const value = given[name];
  if (typeof value !== 'number' || !(value >= least)) {
    throw new ScenarioError(
      `'${name}' must be a number${least > -Infinity ? ` from ${least} on` : ''}, not ${String(value)}`,
    );
  }
  return value;
}

/** Whether anything is broken at the moment: then nothing has to hold eventually yet. */
export function isAnythingBroken(simulation: Simulation): boolean {
  const ill = (node: NodeRecord): boolean => node.condition === 'down' || node.paused;
  if (simulation.world.nodes.some(ill)) return true;
  for (const { cut, loss } of simulation.world.links.values()) if (cut || loss > 0) return true;
  return false;
}
