/** Picture and state agree: what the cluster shows of a run is what is so in its world, after every step. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { beginSimulation } from '../simulation/begin.ts';
import { waitingIn } from '../simulation/inbox.ts';
import { allPending } from '../simulation/pending.ts';
import { ReplayWriter } from '../simulation/replay-writer.ts';
import { randomSystem } from '../simulation/testing/random-system.ts';
import { PendingKind, type NodeRecord, type World } from '../simulation/world.ts';
import { allocateColumns } from '../trace/columns.ts';
import type { EventKind } from '../trace/event.ts';
import { ClusterScene } from './cluster-scene.ts';

const mostEvents = 20_000;

function conditionOf({ condition, paused }: NodeRecord): string {
  if (condition === 'absent' || condition === 'left') return 'absent';
  return condition === 'up' && paused ? 'paused' : condition;
}

/** What a world has of a node, as the scene words it. Jobs that wait in a shared queue are at none of its stations. */
function shownOf(world: World, node: NodeRecord): object {
  const { name, lastStatus, disk, counters, slowness, station } = node;
  const own = world.queues.find(({ stations, name: queue }) => stations.length === 1 && queue === name);
  return {
    name,
    condition: conditionOf(node),
    state: lastStatus,
    unsafeWrites: disk.unsafe.length,
    sent: counters.messages,
    slowness,
    serving: station?.busy ?? 0,
    ...(own ? { queue: own.length } : {}),
  };
}

function inFlight({ pending, nodes }: World): number {
  const slots = [...allPending(pending)].map(({ slot }) => slot).concat(nodes.flatMap((n) => waitingIn(pending, n)));
  return slots.filter((slot) => pending.kind[slot] === PendingKind.deliver).length;
}

test('conditions, states, disks, queues and messages in flight are drawn as they are, after every step', () => {
  for (let seed = 1; seed <= 40; seed++) {
    const { system, interventions } = randomSystem(seed);
    const columns = allocateColumns(mostEvents);
    const writer = new ReplayWriter(
      { length: 0, strings: 0, counters: new Uint32Array(0) },
      [],
      (index, row, owner) => {
        columns.length = index + 1;
        columns.kind[index] = row[0] as EventKind;
        columns.owner[index] = owner;
        (['time', 'node', 'peer', 'label', 'cause', 'id', 'value'] as const).forEach((column, i) => {
          columns[column][index] = row[i + 1]!;
        });
      },
    );
    const simulation = beginSimulation(system, { seed, writer, interventions });
    const scene = new ClusterScene();
    const { world } = simulation;
    for (let step = 0; step < 1000 && world.pending.size > 0 && columns.length < mostEvents - 1000; step++) {
      simulation.apply();
      scene.advance({ length: columns.length, columns, strings: writer.strings }, columns.length - 1);
      const where = `seed ${seed}, step ${step}`;
      for (const node of world.nodes) {
        const drawn = scene.nodes.find(({ name }) => name === node.name);
        if (!drawn || node.condition === 'absent') continue; // it has not joined yet
        assert.deepEqual({ ...drawn, ...shownOf(world, node) }, drawn, where);
      }
      assert.equal(scene.flights.length, inFlight(world), where);
    }
  }
});
