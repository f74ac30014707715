/** The answers to the questions of the scenarios, in each run's own figures: what only one algorithm does is said of that one alone. */
import { because, type AnsweredRun, type Scenario } from 'system-design-labs/engine';
import type { Values } from './parameters.ts';
import { counted, grouped, percent, rounded } from './run/wording.ts';

type Answer = NonNullable<Scenario['answer']>;

/** What a run of this lab has in its result. */
interface Result {
  /** Keys that went on from servers that had left, how many servers got them, and who got most. */
  inherited: { keys: number; heirs: number; most: readonly { server: string; keys: number }[] };
}

const resultOf = ({ result }: AnsweredRun) => result as unknown as Result;
const valuesOf = ({ parameters }: AnsweredRun) => parameters as unknown as Values;

/** Who got the keys of the server that left. */
function heirsOf(run: AnsweredRun): string {
  const { heirs, most } = resultOf(run).inherited;
  if (heirs === 0) return 'nobody inherits';
  if (heirs === most.length) return most.map(({ server, keys }) => `${server} gets ${grouped(keys)}`).join(', ');
  return `${heirs} servers share them, none gets more than ${grouped(most[0]!.keys)}`;
}

const oneLeaves: Answer = (run) => {
  const { movedBetweenSurvivors } = run.metrics;
  const others = movedBetweenSurvivors! > 0 ? `, ${grouped(movedBetweenSurvivors!)} between servers that stay` : '';
  const own = counted(resultOf(run).inherited.keys, 'key', 'moves', 'move');
  const said = `${own} on from the server that leaves (${heirsOf(run)})${others}`;
  return because(said, run, {
    ring: 'a key goes on clockwise to the next point, and no other key has lost its own',
    modulo: 'the rest of a division says nothing of the rest by another number',
    rendezvous: 'each key goes to the server of its second highest draw, and no other has lost its own',
    ...(others === '' ? {} : { jump: 'every server behind the one that leaves gets another number' }),
  });
};

const whyVirtualNodes: Answer = (run) => {
  const { servers, virtualNodes } = valuesOf(run);
  const { loadMax, loadMean } = run.metrics;
  const said =
    `The fullest of ${servers} servers holds ${rounded(loadMax! / loadMean!)} times the mean, ` +
    `and ${counted(resultOf(run).inherited.keys, 'key', 'moves', 'move')} on from the one that leaves (${heirsOf(run)})`;
  const points =
    virtualNodes === 1
      ? 'each server has one arc, as long as chance made it, and one server behind it'
      : `each server has ${virtualNodes} arcs, long and short ones, and different servers behind them`;
  return because(said, run, { ring: points });
};

const atScale: Answer = (run) => {
  const { movedOnRemove, movedOnAdd, movedBetweenSurvivors } = run.metrics;
  const { keys } = valuesOf(run);
  const moves = movedOnRemove! + movedOnAdd!;
  const said =
    `${grouped(moves)} copies are made of ${grouped(keys)} keys, ${grouped(movedOnRemove!)} when servers leave and ` +
    `${grouped(movedOnAdd!)} when new ones come`;
  const fewest = 'only keys of servers that leave, and keys of those that come, change their owner';
  return because(said, run, {
    ...(movedBetweenSurvivors === 0 ? { ring: fewest, rendezvous: fewest } : {}),
    modulo: 'a key has nearly always another rest when it is divided by another number of servers',
  });
};

const onlyTheLast: Answer = (run) => {
  const { movedOnRemove } = run.metrics;
  const { keys, removeFrom } = valuesOf(run);
  const betweenSurvivors = movedOnRemove! - resultOf(run).inherited.keys;
  const said =
    `${counted(movedOnRemove!, 'key', 'moves', 'move')} (${percent(movedOnRemove! / keys)}) when the ${removeFrom} server ` +
    `leaves, ${grouped(betweenSurvivors)} of them between servers that stay`;
  return because(said, run, {
    jump:
      removeFrom === 'last'
        ? 'no other server gets another number'
        : 'all the others move up by one number in its list',
    modulo: 'each change of the number of servers deals the keys anew',
  });
};

const theFullestServer: Answer = (run) => {
  const { loadMax, loadMean, movedBetweenSurvivors } = run.metrics;
  const { epsilon, virtualNodes } = valuesOf(run);
  const said =
    `The fullest server holds ${counted(loadMax!, 'key')}, ${rounded(loadMax! / loadMean!)} times the mean, ` +
    `and ${counted(movedBetweenSurvivors!, 'key', 'moves', 'move')} between servers that stay`;
  return because(said, run, {
    ring: `nothing but the lengths of its ${virtualNodes} arcs decides how full a server is, and nobody passes keys on`,
    'bounded-loads': `a server that holds ${Number((1 + epsilon).toFixed(4))} times the mean passes keys on, and the bound changes with the number of servers`,
  });
};

const aHashThatClumps: Answer = (run) => {
  const { loadMax, loadMin } = run.metrics;
  const { hash, virtualNodes } = valuesOf(run);
  const said = `The fullest server holds ${counted(loadMax!, 'key')} and the emptiest ${grouped(loadMin!)}`;
  const why: Record<string, string> = {
    fnv1a: `raw FNV-1a hardly stirs the last character in: the ${virtualNodes} points of a server lie close together, and are little better than one`,
    murmur3: 'MurmurHash3 scatters names that differ in one character, and only chance is left',
  };
  const reason = why[hash];
  return because(said, run, reason === undefined ? {} : { ring: reason });
};

/** By scenario. */
export const answers = {
  'one-leaves': oneLeaves,
  'why-virtual-nodes': whyVirtualNodes,
  'at-scale': atScale,
  'only-the-last': onlyTheLast,
  'the-fullest-server': theFullestServer,
  'a-hash-that-clumps': aHashThatClumps,
} satisfies Record<string, Answer>;
