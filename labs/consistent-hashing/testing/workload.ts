/** Servers and keys for the tests of this lab. */
import type { KeyPlacement, PlacementOptions } from '../placement.ts';
import { murmur3 } from '../hash.ts';

/** Options that suit every algorithm. */
export const options: PlacementOptions = { hash: murmur3, virtualNodes: 3, epsilon: 0.25, tableSize: 997 };

/** shard-0, shard-1 … */
export function shards(count: number): string[] {
  return Array.from({ length: count }, (_, i) => `shard-${i}`);
}

/** key-0, key-1 … */
export function keys(count: number): string[] {
  return Array.from({ length: count }, (_, i) => `key-${i}`);
}

/** The placement, with these servers in it. */
export function withServers<Placement extends KeyPlacement>(
  placement: Placement,
  servers: readonly string[],
): Placement {
  for (const server of servers) placement.addServer(server);
  return placement;
}

/** Keys on each server. */
export function loadsOf(owners: readonly string[]): Map<string, number> {
  const loads = new Map<string, number>();
  for (const owner of owners) loads.set(owner, (loads.get(owner) ?? 0) + 1);
  return loads;
}
