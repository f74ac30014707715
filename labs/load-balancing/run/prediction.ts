/** Which formula speaks of a run, and under which conditions it may be believed. */
import { mg1, mm1, mm1k, mmc, powerOfChoices } from 'system-design-labs/engine';
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
  /** How far above the formula the truth may lie, as a share of it: 0 where the formula is exact. */
  excess: number;
  /** Requests over which successive times in system resemble each other, roughly. */
  memory: number;
}

/** A formula is a limit for many servers; with fewer than this the truth lies visibly above. */
const manyServers = 50;

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
    return { ...theory, formula, condition, excess: 0, memory: Math.min(memory, (queueLimit + 1) ** 2) * servers };
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
    return { ...theory, formula, condition, excess: 0, memory: memory * servers * Math.max(1, squaredVariation) };
  }
  if (algorithm === 'two-choices' && exponential && concurrency === 1) {
    const theory = powerOfChoices(2, load, 1);
    const few =
      servers < manyServers ? `the formula is the limit for many servers, and there are ${servers}` : undefined;
    const formula = 'Two choices among many servers (Mitzenmacher 1996)';
    // The term in 1/N that the limit leaves out: 1.9 % for 100 servers at a load of 0.9, as simulated.
    const excess = 0.2 / ((1 - load) * servers);
    return { ...withQuantile(theory, formula, condition ?? few, servers / (1 - load)), excess };
  }
  if (!exponential || !isBounded(values)) return undefined;
  const bound = `no formula for ${algorithm}: M/M/c, one queue before all servers, is the least that a balancer can reach that does not know how long requests take`;
  return withQuantile(mmc(load * slots, 1, slots), `M/M/c with c = ${slots} as a lower bound`, bound, memory);
}

function withQuantile(
  theory: {
    meanTimeInSystem: number;
    meanWait: number;
    timeInSystemQuantile(share: number): number;
    timeInSystemTail(time: number): number;
  },
  formula: string,
  condition: string | undefined,
  memory: number,
): Prediction {
  const { meanTimeInSystem, meanWait } = theory;
  const quantile = (share: number): number => theory.timeInSystemQuantile(share);
  const tail = (time: number): number => theory.timeInSystemTail(time);
  return { meanTimeInSystem, meanWait, quantile, tail, formula, condition, memory, excess: 0 };
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
