/**
 * The worlds that algorithms are put in, and what a run in each can do. This is the one place that knows which world has
 * which nature: everybody else asks for what a run can do, and a lint rule holds them to it.
 */
import type { PureRun, PureSetup } from '../pure/pure-run.ts';
import type { SimulatedRun, SimulationSetup } from '../simulation/simulated-run.ts';
import { interfaceOf, type Contract } from './contract.ts';

/** What a run can do. Kept with the run, so that it is read right whatever has become of its lab. */
export interface RunNature {
  /** What its time counts: operations done, nanoseconds of the simulator, nanoseconds of a clock on the wall. */
  clock: 'operations' | 'virtual' | 'wall';
  /** Whether another run can branch off at one of its events. */
  branches: boolean;
  /** How one of its events is looked at closely: by running it again so far, or by what was recorded and no more. */
  moments: 'rerun' | 'recorded';
  /** Whether the same request gives the same trace. */
  repeats: boolean;
}

/** What a lab says of a world that it has. */
interface InWorld<Setup, Run> {
  /** What its algorithms must be there; the name of their TypeScript interface alone where nothing is to be checked. */
  contract: Contract | string;
  /** Sets up one run. Must draw luck from `setup.random` only. */
  begin(setup: Setup): Run;
}

/** A data structure under a workload: one node, time is the operation's index. */
export type PureWorld<Values, Implementation> = InWorld<PureSetup<Values, Implementation>, PureRun>;
/** Nodes that exchange messages on the deterministic simulator. */
export type SimulatedWorld<Values, Implementation> = InWorld<SimulationSetup<Values, Implementation>, SimulatedRun>;

/** The worlds of a lab; scenarios that name none are in the first. */
export interface LabWorlds<Values, Implementation> {
  pure?: PureWorld<Values, Implementation>;
  simulated?: SimulatedWorld<Values, Implementation>;
}

export type World = keyof LabWorlds<never, never>;

const natures: Readonly<Record<World, RunNature>> = {
  pure: { clock: 'operations', branches: true, moments: 'recorded', repeats: true },
  simulated: { clock: 'virtual', branches: true, moments: 'rerun', repeats: true },
};

export const worlds = Object.keys(natures) as readonly World[];

/** What a run in a world can do. */
export function natureOf(world: World): RunNature {
  return natures[world];
}

interface WithWorlds {
  id: string;
  worlds: LabWorlds<any, any>;
}

/**
 * The world of a scenario.
 * @throws TypeError when the lab has no such world, or none at all
 */
export function worldOf({ id, worlds: own }: WithWorlds, scenario: { id: string; world?: World }): World {
  const world = scenario.world ?? (Object.keys(own)[0] as World | undefined);
  if (world === undefined || !Object.hasOwn(natures, world)) throw new TypeError(`${id} has no world to run in`);
  if (!own[world]) throw new TypeError(`${id}: scenario '${scenario.id}' is in a world that the lab has not: ${world}`);
  return world;
}

/** What an algorithm must be to be run in a scenario. */
export function contractOf(lab: WithWorlds, scenario: { id: string; world?: World }): Contract | string {
  return lab.worlds[worldOf(lab, scenario)]!.contract;
}

/** The interfaces that the algorithms of a lab implement. */
export function contractsOf({ worlds: own }: WithWorlds): string[] {
  return [...new Set(Object.values(own).map(({ contract }: InWorld<never, unknown>) => interfaceOf(contract)))];
}

/** The interface that an algorithm of a lab implements: that of the lab's first world where it names none. */
export function implementedBy({ id, worlds: own }: WithWorlds, { contract }: { contract?: string }): string {
  const first = Object.values(own)[0] as InWorld<never, unknown> | undefined;
  if (!first) throw new TypeError(`${id} has no world to run in`);
  return contract ?? interfaceOf(first.contract);
}

/** Whether an algorithm is what a scenario runs: they name the same interface. */
export function fits(
  lab: WithWorlds,
  algorithm: { contract?: string },
  scenario: { id: string; world?: World },
): boolean {
  return implementedBy(lab, algorithm) === interfaceOf(contractOf(lab, scenario));
}

/** Does what a world is run by: exactly one of these. */
export function inWorld<Values, Implementation, Result>(
  lab: { id: string; worlds: LabWorlds<Values, Implementation> },
  scenario: { id: string; world?: World },
  by: {
    pure(world: PureWorld<Values, Implementation>): Result;
    simulated(world: SimulatedWorld<Values, Implementation>): Result;
  },
): Result {
  const { pure, simulated } = lab.worlds;
  return worldOf(lab, scenario) === 'pure' ? by.pure(pure!) : by.simulated(simulated!);
}
