/** What is measured of consistent hashing: finding the owner of a key while no server comes or goes. */
import { defineBenchmark, type BenchmarkGroup, type BenchmarkOperation } from 'system-design-labs/engine';
import { murmur3, type Hash } from '../hash.ts';
import type { KeyPlacementClass, PlacementOptions } from '../placement.ts';
import { knownAnswers, plausibleAnswers, withServers } from './known-answers.ts';
import { consistentHash, hashring, lookUps, skeletonRendezvous, subspaceJump } from './peers.ts';
import { pointsPerServer, serverNames, sixtyFourBitKeys, stringKeys } from './workload.ts';

type Group = BenchmarkGroup<KeyPlacementClass>;

const options: PlacementOptions = { hash: murmur3, virtualNodes: pointsPerServer, epsilon: 0.25, tableSize: 65537 };

/** Owner of a string key among `servers`. */
function ownerOfStringKey(Placement: KeyPlacementClass, servers: number): BenchmarkOperation {
  const placement = withServers(new Placement(options), servers);
  return lookUps((key) => placement.ownerOf(key));
}

const check: Group['check'] = (Placement, algorithm) => (knownAnswers[algorithm] ?? plausibleAnswers)(Placement);

/** No algorithm can do with less than hashing the key and reading one name. */
const hashAndRead: Group['floor'] = {
  title: 'hash + 1 read',
  prepare: (servers) => readFrom(serverNames(servers)),
};

/** Of a table as long as Maglev's, which does not fit into the processor's first cache. */
const hashAndReadFromTable: Group['floor'] = {
  title: `hash + 1 read of ${options.tableSize}`,
  prepare(servers) {
    const names = serverNames(servers);
    return readFrom(Array.from({ length: options.tableSize }, (_, entry) => names[entry % servers]!));
  },
};

function readFrom(names: readonly string[]): BenchmarkOperation {
  const count = names.length;
  return lookUps((key) => names[murmur3.remainder(key, count)]!);
}

const sizes = [10, 100, 1000, 10_000];

function lookUpGroup(
  name: string,
  algorithm: string,
  claim: string,
  peers: Group['peers'],
  detail = '',
  floor = hashAndRead,
): Group {
  return {
    name,
    operation: `owner of a string key, 100 servers${detail}`,
    algorithms: [algorithm],
    size: 100,
    growth: { unit: 'servers', sizes, claims: { [algorithm]: claim } },
    prepare: ownerOfStringKey,
    check,
    peers,
    floor,
  };
}

const ringLookUp = lookUpGroup('ring lookup', 'ring', 'O(1)', [consistentHash, hashring], ' × 160 points');

const jumpLookUp: Group = {
  name: 'jump lookup',
  operation: 'bucket of a 64-bit key, 1,000 buckets',
  algorithms: ['jump'],
  size: 1000,
  growth: { unit: 'buckets', sizes, claims: { jump: 'O(log n)' } },
  prepare(Placement, buckets) {
    // The peer is given its keys as 64 bits, so this one is too: its hash reads them from a table.
    let at = 0;
    const given: Hash = {
      ...murmur3,
      halves(_text, halves) {
        halves[0] = sixtyFourBitKeys.high[at]!;
        halves[1] = sixtyFourBitKeys.low[at]!;
      },
    };
    const placement = withServers(new Placement({ ...options, hash: given }), buckets);
    const keys = stringKeys;
    return (index) => {
      at = index % sixtyFourBitKeys.length;
      return placement.ownerOf(keys[at]!);
    };
  },
  check,
  peers: [subspaceJump],
  floor: {
    title: '1 read + 1 multiplication',
    prepare: (buckets) => (index) =>
      Math.floor((sixtyFourBitKeys.high[index % sixtyFourBitKeys.length]! / 2 ** 32) * buckets),
  },
};

export default defineBenchmark<KeyPlacementClass>({
  lab: 'consistent-hashing',
  groups: [
    ringLookUp,
    jumpLookUp,
    lookUpGroup('rendezvous lookup', 'rendezvous', 'O(n)', [skeletonRendezvous]),
    lookUpGroup('maglev lookup', 'maglev', 'O(1)', [], ', table of 65,537', hashAndReadFromTable),
    lookUpGroup('bounded-loads lookup', 'bounded-loads', 'O(1)', [], ' × 160 points, ε = 0.25'),
    lookUpGroup('modulo lookup', 'modulo', 'O(1)', []),
  ],
  siblings: {
    name: 'all algorithms',
    operation: 'owner of a string key, 100 servers',
    algorithms: ['modulo', 'ring', 'jump', 'rendezvous', 'maglev', 'bounded-loads'],
    size: 100,
    prepare: ownerOfStringKey,
    check,
    peers: [],
    floor: hashAndRead,
  },
});
