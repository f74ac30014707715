/**
 * What has reached a node and waits until it is ready, first come first served.
 *
 * A slot that waits belongs to the inbox and to nobody else: it is not in the queue of pending events, and nobody else
 * frees it. Whoever calls off what waits (a timer that is cancelled, a call that is answered) sets its kind to `none`
 * and leaves it lying; the inbox throws it away when its turn comes. A ready node with something in its inbox has one
 * `wake` pending, and `waking` says that there is one: the two never part, come what may in between.
 */
import { freeSlot, type Pending } from './pending.ts';
import { PendingKind, type NodeRecord } from './world.ts';

/** Puts a slot behind all that waits already. */
export function putInInbox(node: NodeRecord, slot: number): void {
  node.inbox.push(slot);
  node.waiting++;
}

/** Takes out the slot that has waited longest. @returns −1 when all that waited was called off */
export function takeFromInbox(pending: Pending, node: NodeRecord): number {
  while (node.waiting > 0) {
    const slot = node.inbox[node.inboxHead++]!;
    if (--node.waiting === 0) clear(node);
    if (pending.kind[slot] !== PendingKind.none) return slot;
    freeSlot(pending, slot);
  }
  return -1;
}

/** Takes out a slot wherever it stands. @returns whether it was there */
export function pullFromInbox(node: NodeRecord, slot: number): boolean {
  const place = node.inbox.indexOf(slot, node.inboxHead);
  if (place < 0) return false;
  node.inbox.splice(place, 1);
  if (--node.waiting === 0) clear(node);
  return true;
}

/** Takes out everything. What was called off is gone; the rest is the caller's. */
export function emptyInbox(pending: Pending, node: NodeRecord): number[] {
  const slots: number[] = [];
  for (let slot = takeFromInbox(pending, node); slot >= 0; slot = takeFromInbox(pending, node)) slots.push(slot);
  return slots;
}

/** The slots that wait and have not been called off, in order. For looking at, not for running. */
export function waitingIn(pending: Pending, node: NodeRecord): number[] {
  return node.inbox.slice(node.inboxHead).filter((slot) => pending.kind[slot] !== PendingKind.none);
}

function clear(node: NodeRecord): void {
  node.inbox.length = 0;
  node.inboxHead = 0;
}
