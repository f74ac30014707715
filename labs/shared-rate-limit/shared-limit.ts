/**
 * The contract of this lab: how several gateways keep one limit together.
 *
 * Each gateway takes requests and lets them through or not; a store that all of them can reach remembers what they
 * agree on. The limit is a quota: so many requests in all, until the quota is renewed, which is when the run ends.
 */
import { defineContract, nodeProgram, type NodeProgram } from 'system-design-labs/engine';

/** What every node knows. Times are in nanoseconds. */
export interface Site {
  /** Requests that may be let through, by all gateways together. */
  readonly limit: number;
  readonly gateways: readonly string[];
  /** Name of the node that remembers. */
  readonly store: string;
  /** How long a gateway waits for the store. */
  readonly timeout: number;
  /** How often a gateway that decides by itself tells the store what it has let through. */
  readonly syncEvery: number;
}

/** Keeps a limit that several gateways share. A gateway finishes the jobs it lets through and rejects the others. */
export interface SharedLimit {
  gateway(site: Site): NodeProgram;
  store(site: Site): NodeProgram;
}

export const contract = defineContract<SharedLimit>({
  interface: 'SharedLimit',
  members: { gateway: { returns: nodeProgram }, store: { returns: nodeProgram } },
});

/** A class that does. It is made without arguments and keeps nothing in itself. */
export type SharedLimitClass = new () => SharedLimit;
