/** Which formula speaks of a run, and under which conditions it may be believed. */
import { mg1, mm1, mm1k, mmc, powerOfChoices, twoChoicesAmong } from 'system-design-labs/engine';
import { parseSlowness, noLimit, type Values } from '../parameters.ts';
import { spreads } from './service-time.ts';

/** What theory expects, in mean service times. */
export interface Prediction {
  meanTimeInSystem: number;
  meanWait: number;
  /** Share of requests that are turned away, where the formula knows of a limit. */
  rejectShare?: number;
  /** Time in system that a share of the requests does not exceed, where the formula knows. */
  quantile?: (share: number) => number;
  /** Share of the requests whose time in system is longer, where the formula knows. */
  tail?: (time: number) => number;
  /** In words, with its source. */
  formula: string;
  /** Why it cannot be held against this run; undefined where it can. */
  condition: string | undefined;
  /** Share of the requests that have to wait. */
  waitProbability: number;
  /** How far the truth may lie from a formula that is not exact; left out where it is. */
  inexact?: {
    /** How far above a mean. */
    above: number;
    /** How far to either side of a percentile, as a share of it. */
    aside: number;
  };
  /** Requests over which successive times in system resemble each other, roughly. */
  memory: number;
}

/** The formula for two choices is good for so many idle servers on average, and of so many in all. */
const fewestIdle = 5;
const fewestServers = 50;

/**
 * What theory says about a run, with a service time of 1 as the unit.
 * @returns undefined where no formula comes near: more work arrives than can be done
 */
export function predict(values: Values, algorithm: string): Prediction | undefined {
  const { servers, arrivalRate: load, concurrency, queueLimit, topology, serviceTime } = values;
  const slots = servers * concurrency;
  const { squaredVariation } = spreads[serviceTime];
  const shared = topology === 'sharedQueue';
  const exponential = squaredVariation === 1;
  const condition = conditionOf(values);
  const memory = 1 / (1 - load) ** 2;

  // Splitting a Poisson stream at random leaves Poisson streams: each server is then a queue of its own.
  const independent = servers === 1 || (!shared && algorithm === 'random');
  if (queueLimit < noLimit) {
    if (!independent || !exponential || concurrency > 1) return undefined;
    const theory = mm1k(load, 1, queueLimit + 1);
    const formula = `M/M/1/K with room for ${queueLimit + 1} (Kleinrock 1975)`;
    return { ...theory, formula, condition, memory: Math.min(memory, (queueLimit + 1) ** 2) * servers };
  }
  if (load >= 1) return undefined;
  if (shared && exponential) {
    const formula = `M/M/c with c = ${slots}: Erlang C (1917)`;
    return withQuantile(mmc(load * slots, 1, slots), formula, condition, memory);
  }
  if (independent && exponential) {
    const formula = concurrency === 1 ? 'M/M/1 at each server (Kendall 1953)' : `M/M/${concurrency} at each server`;
    const theory = concurrency === 1 ? mm1(load, 1) : mmc(load * concurrency, 1, concurrency);
    return withQuantile(theory, formula, condition, memory * servers);
  }
  if (independent && concurrency === 1) {
    const theory = mg1(load, 1, squaredVariation);
    const formula = 'M/G/1 at each server: Pollaczek–Khinchine (1930)';
    return { ...theory, formula, condition, memory: memory * servers * Math.max(1, squaredVariation) };
  }
  if (algorithm === 'two-choices' && exponential && concurrency === 1) return twoChoices(servers, load, condition);
  if (!exponential || !isBounded(values)) return undefined;
  const bound = `no formula for ${algorithm}: M/M/c, one queue before all servers, is the least that a balancer can reach that does not know how long requests take`;
  return withQuantile(mmc(load * slots, 1, slots), `M/M/c with c = ${slots} as a lower bound`, bound, memory);
}

function withQuantile(
  theory: {
    meanTimeInSystem: number;
    meanWait: number;
    waitProbability: number;
    timeInSystemQuantile(share: number): number;
    timeInSystemTail(time: number): number;
  },
  formula: string,
  condition: string | undefined,
  memory: number,
): Prediction {
  const { meanTimeInSystem, meanWait, waitProbability } = theory;
  const quantile = (share: number): number => theory.timeInSystemQuantile(share);
  const tail = (time: number): number => theory.timeInSystemTail(time);
  return { meanTimeInSystem, meanWait, waitProbability, quantile, tail, formula, condition, memory };
}

/** The limit for many servers gives the shape; every time is longer by as much as the mean is with so many. */
function twoChoices(servers: number, load: number, condition: string | undefined): Prediction {
  const limit = powerOfChoices(2, load, 1);
  const { meanTimeInSystem, neglected } = twoChoicesAmong(servers, load, 1);
  const longer = meanTimeInSystem / limit.meanTimeInSystem;
  const few =
    servers < fewestServers || servers * (1 - load) < fewestIdle
      ? `the formula wants many servers, ${fewestServers} at least, of which ${fewestIdle} are idle on average`
      : undefined;
  return {
    meanTimeInSystem,
    meanWait: meanTimeInSystem - 1,
    waitProbability: load ** 2,
    quantile: (share) => limit.timeInSystemQuantile(share) * longer,
    tail: (time) => limit.timeInSystemTail(time / longer),
    formula: `Two choices among ${servers} servers (Mitzenmacher 1996; Gast & Van Houdt 2017 for the term in 1/N)`,
    condition: condition ?? few,
    memory: servers / (1 - load),
    inexact: { above: neglected, aside: Math.abs(longer - 1) / 2 },
  };
}

/**
 * Whether no balancer can do better than one queue before equal servers: not where requests come more regularly than at
 * random, where some fail and so leave early, or where servers are faster than usual.
 */
function isBounded({ arrivals, failures, slowness }: Values): boolean {
  return arrivals === 'poisson' && failures.trim() === '' && parseSlowness(slowness).every((factor) => factor >= 1);
}

/** What every formula here takes for granted. */
function conditionOf({ arrivals, failures, slowness, servers }: Values): string | undefined {
  if (arrivals !== 'poisson') return `the formula wants Poisson arrivals, not ${arrivals} ones`;
  if (failures.trim() !== '') return 'the formula wants servers that never fail';
  const factors = parseSlowness(slowness).slice(0, servers);
  if (factors.some((factor) => factor !== 1)) return 'the formula wants equal servers';
  return undefined;
}
