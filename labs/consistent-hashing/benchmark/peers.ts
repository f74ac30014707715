/** The npm packages that place keys, and how each is set up for the same servers and keys. */
import { definePeer, type BenchmarkOperation } from 'system-design-labs/engine';
import { pointsPerServer, serverNames, sixtyFourBitKeys, stringKeys } from './workload.ts';

interface ConsistentHash {
  add(node: string, points: number): void;
  get(key: string): string;
}

interface HashRing {
  get(key: string): string;
}

interface SkeletonRendezvous {
  findSite(key: string): string;
}

export const consistentHash = definePeer<{ default: new (options: { range: number }) => ConsistentHash }>({
  package: 'consistent-hash',
  prepare({ default: Ring }, servers) {
    const ring = consistentHashRing(Ring, servers);
    return lookUps((key) => ring.get(key));
  },
  check: ({ default: Ring }) => {
    const ring = consistentHashRing(Ring, 100);
    return stableOwners((key) => ring.get(key));
  },
});

function consistentHashRing(Ring: new (options: { range: number }) => ConsistentHash, servers: number) {
  // Its points are drawn without replacement from `range` numbers: leave it room, as its documentation advises.
  const ring = new Ring({ range: Math.max(100_003, servers * pointsPerServer * 6 + 1) });
  for (const server of serverNames(servers)) ring.add(server, pointsPerServer);
  return ring;
}

export const hashring = definePeer<{ default: new (servers: string[]) => HashRing }>({
  package: 'hashring',
  // Its defaults are 40 hashes of four points each: 160 points a server.
  prepare({ default: Ring }, servers) {
    const ring = new Ring(serverNames(servers));
    return lookUps((key) => ring.get(key));
  },
  check: ({ default: Ring }) => {
    const ring = new Ring(serverNames(100));
    return stableOwners((key) => ring.get(key));
  },
});

type JumpConsistentHash = (key: Uint8Array, buckets: number) => number;

export const subspaceJump = definePeer<{ jumpConsistentHash: JumpConsistentHash }>({
  package: '@subspace/jump-consistent-hash',
  prepare({ jumpConsistentHash }, buckets) {
    const { high, low } = sixtyFourBitKeys;
    const keys = Array.from(high, (_, key) => eightBytes(high[key]!, low[key]!));
    return (index) => jumpConsistentHash(keys[index % keys.length]!, buckets);
  },
  check({ jumpConsistentHash }) {
    const found = Array.from({ length: 10 }, (_, key) => jumpConsistentHash(eightBytes(0, key), 100)).join(' ');
    const published = '0 55 62 8 45 59 86 97 82 59';
    return found === published ? undefined : `keys 0–9 go to ${found}, not ${published}`;
  },
});

export const skeletonRendezvous = definePeer<{ default: new (options: { sites: string[] }) => SkeletonRendezvous }>({
  package: 'skeleton-rendezvous',
  prepare({ default: Rendezvous }, servers) {
    const rendezvous = new Rendezvous({ sites: serverNames(servers) });
    return lookUps((key) => rendezvous.findSite(key));
  },
  check: ({ default: Rendezvous }) => {
    const rendezvous = new Rendezvous({ sites: serverNames(100) });
    return stableOwners((key) => rendezvous.findSite(key));
  },
});

/** Looks up one string key after the other. */
export function lookUps(ownerOf: (key: string) => string): BenchmarkOperation {
  const keys = stringKeys;
  return (index) => ownerOf(keys[index % keys.length]!);
}

function stableOwners(ownerOf: (key: string) => string): string | undefined {
  const servers = new Set(serverNames(100));
  for (const key of stringKeys.slice(0, 200)) {
    const owner = ownerOf(key);
    if (!servers.has(owner)) return `${key} belongs to '${owner}', which is not a server`;
    if (ownerOf(key) !== owner) return `${key} belongs to ${owner}, and then to another`;
  }
  return undefined;
}

function eightBytes(high: number, low: number): Uint8Array {
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setUint32(0, high);
  new DataView(bytes.buffer).setUint32(4, low);
  return bytes;
}
