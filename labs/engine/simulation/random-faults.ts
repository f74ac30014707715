/** Bad luck: faults that strike nodes and links at random, each by draws of its own. */
import { sampleAt } from '../random/distribution.ts';
import { streamId } from '../random/uniform.ts';
import { performAction } from './actions.ts';
import type { Simulation } from './simulation.ts';
import type { RandomFault } from './system.ts';
import { nanosecondsPerMillisecond } from './time.ts';
import { PendingKind } from './world.ts';

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
