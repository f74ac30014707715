/** What must be true of a world between any two steps, whatever happens in it: for tests of the simulator and of labs. */
import assert from 'node:assert/strict';
import { waitingIn } from '../inbox.ts';
import { allPending } from '../pending.ts';
import { timerIds, timerSlots } from '../timer-list.ts';
import { JobState, PendingKind, type NodeRecord, type World } from '../world.ts';

/**
 * Holds a world to what keeps it going: whatever is up and has something waiting has something scheduled, and every slot
 * of the queue has one owner. A node that has gone deaf, a job that nobody carries, a timer of a slot that was given back:
 * all of them show here at the step that brings them about.
 * @throws AssertionError that names the node or job
 */
export function assertLively(world: World): void {
  const { pending, nodes } = world;
  const due = new Set([...allPending(pending)].map(({ slot }) => slot));
  const owners = assertOneOwner(world, due);
  const isDue = (kind: number, index: number, id?: number): boolean =>
    [...due].some(
      (slot) =>
        pending.kind[slot] === kind && pending.node[slot] === index && (id === undefined || pending.id[slot] === id),
    );
  for (const [index, node] of nodes.entries()) {
    const { name, condition, paused, busy, effects, effectsDone, timers, calls, counters } = node;
    const runs = condition === 'up' && !paused;
    assert.equal(
      node.waking,
      isDue(PendingKind.wake, index),
      `${name} believes that a wake is pending, or that none is`,
    );
    if (condition !== 'up') assert.equal(node.waiting, 0, `${name} is ${condition}, and something waits for it`);
    if (busy) {
      const goesOn =
        isDue(PendingKind.synced, index, counters.syncs) || isDue(PendingKind.proceed, index, counters.syncs);
      assert.ok(goesOn, `${name} is busy, and nothing will end that`);
    }
    if (effectsDone < effects.length) assert.ok(busy || paused, `${name} has effects left, and nothing holds it up`);
    if (runs && !busy && node.waiting > 0) assert.ok(node.waking, `${name} has gone deaf: ${node.waiting} wait for it`);
    const ids = timerIds(timers);
    for (const [i, slot] of timerSlots(timers).entries()) {
      const isIts =
        pending.kind[slot] === PendingKind.timer && pending.node[slot] === index && pending.id[slot] === ids[i];
      assert.ok(isIts && owners.has(slot), `timer ${ids[i]} of ${name} is set, and will never fire`);
    }
    for (const [call, { slot }] of calls) {
      if (slot < 0) continue; // it is still to be made
      const isIts =
        pending.kind[slot] === PendingKind.callTimeout && pending.node[slot] === index && pending.id[slot] === call;
      assert.ok(isIts && owners.has(slot), `call ${call} of ${name} waits, and will never time out`);
    }
  }
  assertJobsMove(world, due);
}

/** Every slot is pending, or in one inbox, or free. @returns the slots that are not free */
function assertOneOwner({ pending, nodes }: World, due: ReadonlySet<number>): Set<number> {
  const owned = new Set(due);
  for (const { name, inbox, inboxHead, waiting } of nodes) {
    assert.equal(inbox.length - inboxHead, waiting, `the inbox of ${name} is miscounted`);
    for (const slot of inbox.slice(inboxHead)) {
      assert.ok(!owned.has(slot), `slot ${slot} waits for ${name} and belongs to another as well`);
      owned.add(slot);
    }
  }
  let free = 0;
  for (let slot = pending.free; slot >= 0; slot = pending.next[slot]!, free++) {
    assert.ok(!owned.has(slot), `slot ${slot} is free and in use`);
    assert.ok(free <= pending.next.length, 'the free slots run in a circle');
  }
  assert.equal(owned.size + free, pending.next.length, 'a slot is lost: neither pending, nor waiting, nor free');
  return owned;
}

function assertJobsMove({ pending, nodes, queues, jobs }: World, due: ReadonlySet<number>): void {
  const carried = new Set<number>();
  const note = (slot: number): void => {
    const kind = pending.kind[slot]!;
    const { job = -1 } = (kind === PendingKind.deliver ? pending.payload[slot] : {}) as { job?: number };
    if (job >= 0) carried.add(job);
    if (kind === PendingKind.jobDone || kind === PendingKind.jobFailed || kind === PendingKind.jobArrived) {
      carried.add(pending.id[slot]!);
    }
  };
  due.forEach(note);
  for (const node of nodes) waitingIn(pending, node).forEach(note);
  const leaving = new Set(nodes.flatMap(({ effects, effectsDone }) => effects.slice(effectsDone).map(jobOf)));
  let queued = 0;
  for (let job = 0; job < jobs.state.length; job++) {
    const what = `job ${jobs.number[job]}`;
    switch (jobs.state[job]) {
      case JobState.travelling:
      case JobState.returning:
        assert.ok(carried.has(job), `${what} is on its way, and nothing carries it`);
        break;
      case JobState.leaving:
        assert.ok(leaving.has(job), `${what} is to leave, and no effect will let it`);
        break;
      case JobState.queued:
        queued++;
        break;
      case JobState.served: {
        const slot = jobs.slot[job]!;
        const ends = due.has(slot) && pending.kind[slot] === PendingKind.served && pending.id[slot] === job;
        assert.ok(ends || nodes[jobs.server[job]!]!.paused, `${what} is served, and its service never ends`);
        break;
      }
    }
  }
  assert.equal(
    queues.reduce((sum, { length }) => sum + length, 0),
    queued,
    'queues are as long as there are jobs in them',
  );
  for (const { name, length, stations } of queues) {
    if (length === 0) continue;
    const idle = stations.map((index) => nodes[index]!).find(isIdle);
    assert.equal(idle?.name, undefined, `${length} jobs wait in ${name}, and a server stands idle`);
  }
}

function isIdle({ condition, paused, station }: NodeRecord): boolean {
  return condition === 'up' && !paused && station!.busy < station!.servers;
}

function jobOf(effect: object): number {
  return (effect as { job?: number }).job ?? -1;
}
