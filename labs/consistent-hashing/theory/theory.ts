/** The formulas beside the measurements of a run. */
import type { Theory } from 'system-design-labs/engine';
import { hashes } from '../hash.ts';
import type { Values } from '../parameters.ts';
import { nameOfServer } from '../run/fleet.ts';
import { shareOwned } from './arcs.ts';
import { binomial, type CountDistribution } from './distribution.ts';
import { equalShares, onTheRing, onThisRing, underJump, underModulo, type Prediction } from './moving.ts';
import { loadOfEqualShares, loadOnTheRing, rangeOfDeviation } from './spread.ts';

export interface Measured {
  /** Id of the algorithm; of one that theory does not know, nothing is said. */
  algorithm: string;
  parameters: Values;
  /** Numbers of the servers that the scenario made leave. */
  leaving: readonly number[];
  /** Whether the learner made servers come or go as well. */
  interfered: boolean;
  metrics: Readonly<Record<string, number>>;
}

/** @returns a line for each metric that theory has something to say about */
export function theoryOf(measured: Measured): Theory[] {
  const { algorithm, parameters, metrics } = measured;
  const unmet = unmetBy(measured);
  const lines: Theory[] = [];
  const write = (metric: string, range: Range, condition: string | undefined): void => {
    const value = metrics[metric]!;
    const agrees = condition === undefined ? value >= range.low && value <= range.high : null;
    lines.push({ metric, measured: value, ...range, agrees, ...(condition === undefined ? {} : { condition }) });
  };

  const load = loadOf(algorithm, parameters);
  if (load) {
    write('loadStdDev', { ...rangeOfDeviation(load.counts, parameters.servers), formula: load.formula }, unmet);
    write('emptyServers', emptyServers(load.counts, parameters.servers), unmet);
  }
  if (algorithm === 'bounded-loads') write('loadMax', boundedMaximum(parameters), unmet);
  const onRemove = parameters.remove > 0 ? removal(measured) : undefined;
  if (onRemove) write('movedOnRemove', rangeOf(onRemove), onRemove.condition ?? unmet);
  const onAdd = parameters.add > 0 ? addition(measured) : undefined;
  if (onAdd) write('movedOnAdd', rangeOf(onAdd), onAdd.condition ?? unmet);
  if (algorithm === 'ring' || algorithm === 'rendezvous') {
    const formula = 'none: the order in which a key prefers the servers does not depend on which of them are there';
    write('movedBetweenSurvivors', { expected: 0, low: 0, high: 0, formula }, undefined); // with any hash, whoever comes and goes
  }
  return lines;
}

/** Why no formula here holds in this run, if so. */
function unmetBy({ parameters, interfered }: Measured): string | undefined {
  if (interfered) return 'servers came or went by hand during the run; the formula is for the scenario alone';
  if (parameters.hash === 'fnv1a') {
    return 'raw FNV-1a throws names that differ in the last character close together; the formula is for a hash that scatters evenly';
  }
  return undefined;
}

function loadOf(algorithm: string, { keys, servers, virtualNodes }: Values): Prediction | undefined {
  switch (algorithm) {
    case 'ring':
      return {
        counts: loadOnTheRing(keys, servers, virtualNodes),
        formula:
          '√(m·p·(1−p) + m·(m−1)·p·(1−p)/(n·v+1)), p = 1/n: the keys scatter as a binomial, and the arcs of v points add the variance of Beta(v, (n−1)·v)',
      };
    case 'modulo':
    case 'jump':
    case 'rendezvous':
    case 'maglev':
      return {
        counts: loadOfEqualShares(keys, servers),
        formula: '√(m·p·(1−p)), p = 1/n: m keys thrown on n equal shares (multinomial)',
      };
    default:
      return undefined;
  }
}

type Range = Pick<Theory, 'expected' | 'low' | 'high' | 'formula'>;

/** The middle 99 % of a prediction. */
function rangeOf({ counts, formula }: Prediction): Range {
  return { expected: counts.mean, low: counts.quantile(0.005), high: counts.quantile(0.995), formula };
}

/** The loads of different servers are nearly independent, so the empty ones are as good as binomial. */
function emptyServers(load: CountDistribution, servers: number): Range {
  const counts = binomial(servers, load.probability(0));
  return rangeOf({ counts, formula: 'n · P(load = 0), binomial; the probability is that of one server' });
}

function boundedMaximum({ keys, servers, epsilon }: Values): Range {
  const capacity = Math.ceil(((1 + epsilon) * keys) / servers - 1e-9);
  return {
    expected: capacity,
    low: Math.ceil(keys / servers),
    high: capacity,
    formula: 'at least the mean, at most ⌈(1+ε)·m/n⌉; some server is full as a rule (Mirrokni et al. 2016)',
  };
}

type Conditional = Prediction & { condition?: string };

function removal({ algorithm, parameters, leaving }: Measured): Conditional | undefined {
  const { keys, servers, remove } = parameters;
  switch (algorithm) {
    case 'ring':
      return ringMoves(parameters, leaving, numbers(servers));
    case 'rendezvous':
      return equalShares(keys, remove, servers);
    case 'maglev':
      return { ...equalShares(keys, remove, servers), condition: maglevMoves };
    case 'bounded-loads':
      return { ...equalShares(keys, remove, servers), condition: boundedMoves };
    case 'modulo':
      return underModulo(keys, servers, servers - remove, leaving);
    case 'jump':
      return underJump(keys, servers, leaving);
    default:
      return undefined;
  }
}

function addition({ algorithm, parameters, leaving }: Measured): Conditional | undefined {
  const { keys, servers, remove, add } = parameters;
  const before = servers - remove;
  const after = before + add;
  switch (algorithm) {
    case 'ring': {
      const gone = new Set(leaving);
      const everybody = numbers(servers + add).filter((number) => !gone.has(number));
      return ringMoves(parameters, everybody.slice(before), everybody);
    }
    case 'rendezvous':
    case 'jump':
      return equalShares(keys, add, after);
    case 'maglev':
      return { ...equalShares(keys, add, after), condition: maglevMoves };
    case 'bounded-loads':
      return { ...equalShares(keys, add, after), condition: boundedMoves };
    case 'modulo':
      return underModulo(keys, before, after, []);
    default:
      return undefined;
  }
}

/** More points than this are not gone through one by one. */
const mostPoints = 200_000;

/** @param moving numbers of the servers that come or go  @param everybody of all that have points then */
function ringMoves(parameters: Values, moving: readonly number[], everybody: readonly number[]): Conditional {
  const { keys, virtualNodes, hash, remove, removeFrom } = parameters;
  const whicheverTheyAre = onTheRing(keys, moving.length, everybody.length, virtualNodes);
  if (remove > 0 && removeFrom === 'random') return whicheverTheyAre;
  if (everybody.length * virtualNodes > mostPoints) return { ...whicheverTheyAre, condition: notDrawn };
  const movers = new Set(moving);
  const others = everybody.filter((number) => !movers.has(number));
  const share = shareOwned(moving.map(nameOfServer), others.map(nameOfServer), virtualNodes, hashes[hash]);
  return onThisRing(keys, share);
}

function numbers(count: number): number[] {
  return Array.from({ length: count }, (_, number) => number);
}

const notDrawn =
  'the formula is for servers that luck has chosen; here it is always the same, and no seed changes what their points own';
const maglevMoves =
  'the formula counts the keys of the servers that come and go; Maglev also moves some between the others, and nobody has a formula for how many (Eisenbud et al. 2016, § 5.3 measures them)';
const boundedMoves =
  'the formula is for servers that fill up independently; with a bound, a full server sends its keys on to its neighbours';
