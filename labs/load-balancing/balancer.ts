/**
 * The contract of this lab: which server gets the next request.
 *
 * Every algorithm here answers that one question, so they can be put in each other's place, drawn by the
 * same picture and judged by the same checks. Servers are numbers from 0, in the order in which they are listed.
 * Health checks, draining and slow start are not an algorithm's business: it sees which servers are available.
 */
import { atOnce, defineContract, indexBelow, nothing, onlyTrue, type Random } from 'system-design-labs/engine';

export const contract = defineContract<Balancer>({
  interface: 'Balancer',
  members: {
    initialState: { returns: atOnce },
    pick: { returns: indexBelow('server', ([, pool]: Parameters<Balancer['pick']>) => pool.size) },
    answered: { returns: nothing, optional: true },
    honoursWeights: { holds: onlyTrue, optional: true },
    sticky: { holds: onlyTrue, optional: true },
  },
  offers: {
    luck: 'draw from the random that pick is given',
    clock: 'read pool.now',
    timers: 'a balancer has no timers: look at pool.now when you are asked next',
    world: 'a balancer knows the pool, the request and what it remembers',
  },
});

/** Chooses servers. What it remembers is plain data in `State`, so that a run can be stepped back and branched. */
export interface Balancer<State = any> {
  /** What it remembers before the first request. */
  initialState(pool: Pool): State;

  /**
   * The server that gets a request.
   * @param pool at least one server is available
   * @param random where its luck comes from
   */
  pick(state: State, pool: Pool, request: Request, random: Random): number;

  /** A server has answered, or failed to. For algorithms that learn from how long it took. */
  answered?(state: State, pool: Pool, answer: Answer): void;

  /** Set where each server's share of the requests is exactly its weight's: runs are then judged by it. */
  readonly honoursWeights?: true;
  /** Set where the request decides and not the servers: one of them may then rightly go without. */
  readonly sticky?: true;
}

/** The servers as the balancer sees them; arrays are indexed by server. */
export interface Pool {
  /** How many servers there are, available or not. */
  readonly size: number;
  /** Those that may get requests now, ascending: neither known to be down nor draining. */
  readonly available: readonly number[];
  /** 1 for those in `available`, else 0. */
  readonly isAvailable: Uint8Array;
  /** The share of requests each should get, relative to the others: whole numbers, 1 or more. */
  readonly weights: readonly number[];
  /** Requests sent to each and not yet answered. */
  readonly inFlight: Int32Array;
  /** The balancer's clock, in nanoseconds. */
  readonly now: number;
}

/** What a balancer knows of a request before it is served. */
export interface Request {
  /** From 0, in the order of arrival. */
  readonly number: number;
  /** Where it comes from: an IPv4 address as one number from 0 to 2³² − 1. */
  readonly address: number;
}

/** What a balancer knows of a request afterwards. */
export interface Answer {
  readonly server: number;
  /** From sending the request to having the answer, in nanoseconds. */
  readonly responseTime: number;
  /** Whether it was served; a failure may well be fast. */
  readonly succeeded: boolean;
}

/** A class that balances. It is made without arguments and keeps nothing in itself. */
export type BalancerClass = new () => Balancer;
