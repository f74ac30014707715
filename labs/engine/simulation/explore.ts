/**
 * Exhaustive search: every order in which events can happen, breadth first, each state once. Time does not
 * count: any message in flight may be delivered next, any timer that is set may fire next.
 *
 * Two worlds are the same state when their nodes and disks hold the same, the same timers are set and the
 * same messages are in flight; clocks, counters and the order of sending do not count.
 */
import { beginSimulation } from './begin.ts';
import { cloneWorld } from './checkpoints.ts';
import { waitingIn } from './inbox.ts';
import { canonicalHash, canonicalText } from './plain.ts';
import { allPending, freeSlot, takeOut } from './pending.ts';
import { discardEvents } from './replay-writer.ts';
import { EndlessRunError } from './refusal.ts';
import type { Simulation } from './simulation.ts';
import type { System, Violation, WorldView } from './system.ts';
import { PendingKind, type Packet, type TimerRecord, type World } from './world.ts';

/** What a search does and when it gives up. */
export interface ExploreOptions {
  /**
   * once: a message is delivered once, as on an ordinary network. stays: a message that was sent can be
   * delivered again and again, as in specifications in which messages are a set that only grows.
   */
  readonly messages: 'once' | 'stays';
  /** More states than this are refused. */
  readonly maxStates: number;
  /** What must hold in every state. */
  readonly invariant?: (view: WorldView) => Violation | undefined;
}

/** What a search found. */
export interface Exploration {
  /** States that can be reached, the first one included. */
  readonly states: number;
  /** The shortest way to a state that breaks the invariant: what happened, step by step. */
  readonly violation?: { readonly violation: Violation; readonly steps: readonly string[] };
}

interface Reached {
  readonly world: World;
  readonly step: string;
  readonly from: Reached | undefined;
}

/**
 * Visits every state that a system can reach.
 * @throws EndlessRunError when there are more than `maxStates`
 */
export function explore(system: System, options: ExploreOptions): Exploration {
  const { messages, maxStates, invariant } = options;
  const simulation = beginSimulation(system, { seed: 0, writer: discardEvents() });
  const seen = new Set<string>();
  let frontier: Reached[] = [{ world: simulation.world, step: 'start', from: undefined }];
  seen.add(stateHash(simulation.world));
  while (frontier.length > 0) {
    const next: Reached[] = [];
    for (const reached of frontier) {
      simulation.world = reached.world;
      const violation = invariant?.(simulation.view);
      if (violation) return { states: seen.size, violation: { violation, steps: wayTo(reached) } };
      const choices = simulation.enabled();
      for (const slot of choices) {
        const step = describeStep(reached.world, slot);
        const world = applied(simulation, reached.world, slot, messages === 'stays');
        const hash = stateHash(world);
        if (seen.has(hash)) continue;
        seen.add(hash);
        if (seen.size > maxStates) {
          throw new EndlessRunError(
            `there are more than ${maxStates} states: make the system smaller, or raise the limit`,
          );
        }
        next.push({ world, step, from: reached });
      }
    }
    frontier = next;
  }
  return { states: seen.size };
}

/** The world after one more event. */
function applied(simulation: Simulation, before: World, slot: number, stays: boolean): World {
  const world = cloneWorld(before);
  simulation.world = world;
  const { pending } = world;
  if (stays && pending.kind[slot] === PendingKind.deliver) {
    const [node, peer, id] = [pending.node[slot]!, pending.peer[slot]!, pending.id[slot]!];
    simulation.plan(PendingKind.deliver, node, world.time, peer, id, pending.cause[slot]!, pending.payload[slot]);
  }
  simulation.apply(slot);
  if (stays) forgetCopies(world);
  return world;
}

/** Two messages that say the same between the same nodes are one. */
function forgetCopies(world: World): void {
  const { pending } = world;
  const seen = new Set<string>();
  for (const { slot } of [...allPending(pending)]) {
    if (pending.kind[slot] !== PendingKind.deliver) continue;
    const text = messageText(world, slot);
    if (!seen.has(text)) seen.add(text);
    else if (takeOut(pending, slot) >= 0) freeSlot(pending, slot);
  }
}

function stateHash(world: World): string {
  const { pending } = world;
  const due: string[] = [];
  for (const { slot } of allPending(pending)) {
    const kind = pending.kind[slot]!;
    if (kind === PendingKind.none) continue;
    due.push(kind === PendingKind.deliver ? messageText(world, slot) : otherText(world, slot, kind));
  }
  const nodes = world.nodes.map((node) => {
    const { condition, paused, state, disk, effects, effectsDone, calls } = node;
    return {
      condition,
      paused,
      state,
      disk: [disk.safe, disk.safeLogs, disk.seen, disk.seenLogs],
      effects: effects.slice(effectsDone),
      calls: [...calls].map(([id, { then, keep }]) => [id, then, keep]),
      waiting: waitingIn(pending, node).map((slot) => canonicalText(pending.payload[slot])),
    };
  });
  return canonicalHash([nodes, due.sort()]);
}

function messageText(world: World, slot: number): string {
  const { pending } = world;
  const { message, call, reply } = pending.payload[slot] as Packet;
  return `${pending.peer[slot]}>${pending.node[slot]} ${canonicalText([message, call, reply])}`;
}

function otherText(world: World, slot: number, kind: number): string {
  const { pending } = world;
  const payload = pending.payload[slot];
  const { name, keep } = (payload ?? {}) as Partial<TimerRecord>;
  return `${kind} ${pending.node[slot]} ${canonicalText(kind === PendingKind.timer ? [name, keep] : payload)}`;
}

function describeStep(world: World, slot: number): string {
  const { pending, nodes } = world;
  const node = nodes[pending.node[slot]!]?.name ?? 'the system';
  switch (pending.kind[slot]) {
    case PendingKind.deliver: {
      const { message } = pending.payload[slot] as Packet;
      return `${node} receives ${message.type} from ${nodes[pending.peer[slot]!]!.name}`;
    }
    case PendingKind.timer:
      return `timer ${(pending.payload[slot] as TimerRecord).name} of ${node} fires`;
    case PendingKind.callTimeout:
      return `${node} waits no longer for a reply`;
    case PendingKind.synced:
      return `the disk of ${node} is in sync`;
    case PendingKind.wake:
      return `${node} takes what has waited longest for it`;
    default:
      return `something happens at ${node}`;
  }
}

function wayTo(reached: Reached): string[] {
  const steps: string[] = [];
  for (let at: Reached | undefined = reached; at; at = at.from) steps.push(at.step);
  return steps.reverse();
}
