/**
 * Checkpoints of a run: copies of the world, evenly spread over it, never more than a fixed number nor heavier
 * than a fixed weight together. When they become too many, every other one is given up and the distance doubles.
 */
import { canonicalHash, copyPlain, valuesCopied } from './plain.ts';
import { waitingIn } from './inbox.ts';
import { inOrder } from './pending.ts';
import { RefusedError } from './refusal.ts';
import type { TracePosition } from './replay-writer.ts';
import { timerIds } from './timer-list.ts';
import { PendingKind, type World } from './world.ts';

/** A world, and where the trace stood. */
export interface Checkpoint {
  readonly position: TracePosition;
  readonly world: World;
  /** How many values the world holds, roughly. */
  readonly values: number;
}

/** Checkpoints kept at most. */
const mostCheckpoints = 64;
/** Values in all of them together: some 200 MB. */
const mostValues = 16_000_000;
/** Events between two checkpoints at first. Replaying as many takes a few milliseconds. */
const firstDistance = 2048;

export class Checkpoints {
  #kept: Checkpoint[] = [];
  #distance = firstDistance;

  /** Whether one is due at this length of the trace. */
  isDue(length: number): boolean {
    const last = this.#kept.at(-1);
    return last === undefined || length - last.position.length >= this.#distance;
  }

  /**
   * Keeps a copy of a world.
   * @throws RefusedError when it holds what is not plain data
   */
  keep(world: World, position: TracePosition): void {
    const before = valuesCopied();
    this.#kept.push({ position, world: cloneWorld(world), values: valuesCopied() - before });
    while (this.#kept.length > mostCheckpoints || (this.#kept.length > 2 && this.#weight > mostValues)) {
      this.#kept = this.#kept.filter((_, i) => i % 2 === 0);
      this.#distance *= 2;
    }
  }

  /** The last checkpoint before event `index` happened. @throws RangeError when there is none */
  before(index: number): Checkpoint {
    const found = this.#kept.findLast(({ position }) => position.length <= index);
    if (!found) throw new RangeError(`there is no checkpoint before event ${index}`);
    return found;
  }

  /** The one at the beginning of the run. */
  get first(): Checkpoint {
    return this.#kept[0]!;
  }

  get last(): Checkpoint {
    return this.#kept.at(-1)!;
  }

  /** The one before the last, where there are two. */
  get beforeLast(): Checkpoint | undefined {
    return this.#kept.at(-2);
  }

  get #weight(): number {
    return this.#kept.reduce((sum, { values }) => sum + values, 0);
  }

  get count(): number {
    return this.#kept.length;
  }
}

/**
 * A copy of a world that shares nothing that could change.
 * @throws RefusedError when it holds what is not plain data, with the path
 */
export function cloneWorld(world: World): World {
  try {
    return copyPlain(world, 'the world');
  } catch (error) {
    if (!(error instanceof RefusedError)) throw error;
    const path = /^the world\.nodes\[(\d+)\]\.state/;
    throw new RefusedError(error.message.replace(path, (_, index) => `state of ${world.nodes[Number(index)]!.name}`));
  }
}

/** A text that two worlds share when they are the same in every respect: state, disks, clocks, counters, what is pending. */
export function worldHash(world: World): string {
  const { pending } = world;
  const { kind, node, peer, id, payload } = pending;
  const content = (slot: number) => [kind[slot], node[slot], peer[slot], id[slot], payload[slot]];
  const due = inOrder(pending)
    .filter(({ slot }) => kind[slot] !== PendingKind.none)
    .map(({ slot, time }) => [time, ...content(slot)]);
  const { jobs: _, links, nodes, queues, workloads, checks, seed, time, lastFault } = world;
  const described = nodes.map((record) => {
    const { timers, calls, inbox: __, inboxHead: ___, ...rest } = record;
    return {
      ...rest,
      timers: timerIds(timers),
      calls: [...calls].map(([id, { slot: ____, ...call }]) => [id, call]),
      waiting: waitingIn(pending, record).map(content),
    };
  });
  return canonicalHash({ due, links, nodes: described, queues, workloads, checks, seed, time, lastFault });
}
