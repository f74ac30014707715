/** Messages in flight as actions name and find them. */
import { isOfLinks, type Arguments } from './action-arguments.ts';
import { pullFromInbox, waitingIn } from './inbox.ts';
import { inOrder, takeOut } from './pending.ts';
import type { Simulation } from './simulation.ts';
import { PendingKind } from './world.ts';

/** Does something to the message that is named. @param act says whether it could be done, where it cannot always */
export function toMessage(simulation: Simulation, given: Arguments, act: (slot: number) => boolean | void): boolean {
  const { pending } = simulation.world;
  const name = String(given.message);
  const cut = name.lastIndexOf('#');
  const from = simulation.nodeIndex.get(name.slice(0, Math.max(0, cut)));
  const counter = Number(name.slice(cut + 1));
  const found = firstDelivery(simulation, (slot) => pending.peer[slot] === from && pending.id[slot] === counter);
  return found !== undefined && act(found) !== false;
}

/** Takes a message out of the queue, or out of the inbox of its receiver. @returns when it was due: now, where it waits */
export function takeUp({ world }: Simulation, slot: number): number {
  const { pending, nodes, time } = world;
  return pullFromInbox(nodes[pending.node[slot]!]!, slot) ? time : takeOut(pending, slot);
}

/** Anchored at its send, a message need not be named again. */
export function withMessage(simulation: Simulation, action: string, given: Arguments, cause: number): Arguments {
  const canHaveOne = ['drop', 'deliver-now', 'delay', 'duplicate'].includes(action);
  if (!canHaveOne || isOfLinks(given) || given.message !== undefined || cause < 0) return given;
  const { pending, nodes } = simulation.world;
  const slot = firstDelivery(simulation, (one) => pending.cause[one] === cause);
  const message = slot === undefined ? '#0' : `${nodes[pending.peer[slot]!]!.name}#${pending.id[slot]!}`;
  return { ...given, message };
}

/** The slot of the first message in flight that is wanted: first those on their way, then those that wait to be taken. */
function firstDelivery({ world }: Simulation, isWanted: (slot: number) => boolean): number | undefined {
  const { pending, nodes } = world;
  const inFlight = [...inOrder(pending).map(({ slot }) => slot), ...nodes.flatMap((node) => waitingIn(pending, node))];
  return inFlight.find((slot) => pending.kind[slot] === PendingKind.deliver && isWanted(slot));
}
