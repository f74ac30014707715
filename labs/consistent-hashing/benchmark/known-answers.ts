/** Answers that each algorithm must give before its speed counts. */
import { md5, murmur3, type Hash } from '../hash.ts';
import type { KeyPlacement, KeyPlacementClass, PlacementOptions } from '../placement.ts';

const options: PlacementOptions = { hash: murmur3, virtualNodes: 3, epsilon: 0.25, tableSize: 65537 };

/** What is wrong with an algorithm's answers, or undefined. */
export const knownAnswers: Readonly<Record<string, (placement: KeyPlacementClass) => string | undefined>> = {
  modulo(Placement) {
    const placement = withServers(new Placement(options), 10);
    return expectOwners(placement, { hello: 'shard-1' }); // MurmurHash3 of 'hello' is 0x248bfa47 = 613153351
  },
  ring(Placement) {
    const placement = withServers(new Placement({ ...options, hash: md5 }), 1000);
    return expectOwners(placement, { 'key-0': 'shard-470', 'key-1': 'shard-848' });
  },
  jump(Placement) {
    const number: Hash = {
      ...murmur3,
      halves(text, halves) {
        halves[0] = 0;
        halves[1] = Number(text);
      },
    };
    const placement = withServers(new Placement({ ...options, hash: number }), 100);
    const buckets = [0, 55, 62, 8, 45, 59, 86, 97, 82, 59]; // Lamping & Veach 2014
    return expectOwners(placement, Object.fromEntries(buckets.map((bucket, key) => [key, `shard-${bucket}`])));
  },
  rendezvous: movesOnlyWhatWasRemoved,
  maglev(Placement) {
    // The example of Eisenbud et al. 2016: (offset, skip) of three servers in a table of seven entries.
    const preferences: Record<string, [offset: number, skip: number]> = { B0: [3, 4], B1: [0, 2], B2: [3, 1] };
    // A key is the number of its entry, whether the table is read by remainder or by position.
    const scripted: Hash = {
      ...murmur3,
      position: (text) => (Number(text) + 0.5) / 7,
      remainder(text, divisor) {
        const preference = preferences[text.slice(0, 2)];
        if (!preference) return Number(text);
        return divisor === 7 ? preference[0] : preference[1] - 1;
      },
    };
    const placement = new Placement({ ...options, hash: scripted, tableSize: 7 });
    for (const server of Object.keys(preferences)) placement.addServer(server);
    const owners = ['B1', 'B0', 'B1', 'B0', 'B2', 'B2', 'B0'];
    return expectOwners(placement, Object.fromEntries(owners.map((owner, entry) => [entry, owner])));
  },
  'bounded-loads'(Placement) {
    const placement = withServers(new Placement(options), 10);
    const loads = new Map<string, number>();
    const owners: Record<string, string> = {};
    for (let key = 0; key < 1000; key++) {
      const owner = placement.ownerOf(`key-${key}`);
      owners[`key-${key}`] = owner;
      loads.set(owner, (loads.get(owner) ?? 0) + 1);
    }
    const fullest = Math.max(...loads.values());
    if (fullest > 125) return `a server holds ${fullest} of 1000 keys; ten servers at ε = 0.25 may hold 125`;
    return expectOwners(placement, owners);
  },
};

/** What holds for any placement that a learner may write: it answers with a server, and the same one twice. */
export function plausibleAnswers(Placement: KeyPlacementClass): string | undefined {
  const placement = withServers(new Placement(options), 10);
  for (let key = 0; key < 100; key++) {
    const owner = placement.ownerOf(`key-${key}`);
    if (!/^shard-[0-9]$/.test(owner)) return `key-${key} belongs to '${owner}', which is not a server`;
    if (placement.ownerOf(`key-${key}`) !== owner) return `key-${key} belongs to ${owner}, and then to another`;
  }
  return undefined;
}

function movesOnlyWhatWasRemoved(Placement: KeyPlacementClass): string | undefined {
  const placement = withServers(new Placement(options), 10);
  const keys = Array.from({ length: 500 }, (_, key) => `key-${key}`);
  const before = keys.map((key) => placement.ownerOf(key));
  placement.removeServer('shard-4');
  for (const [index, key] of keys.entries()) {
    const after = placement.ownerOf(key);
    if (before[index] === 'shard-4' ? after === 'shard-4' : after !== before[index]) {
      return `removing shard-4 moved ${key} from ${before[index]} to ${after}`;
    }
  }
  return undefined;
}

/** Adds shard-0, shard-1 … */
export function withServers(placement: KeyPlacement, servers: number): KeyPlacement {
  for (let server = 0; server < servers; server++) placement.addServer(`shard-${server}`);
  return placement;
}

function expectOwners(placement: KeyPlacement, owners: Readonly<Record<string, string>>): string | undefined {
  for (const [key, owner] of Object.entries(owners)) {
    const found = placement.ownerOf(key);
    if (found !== owner) return `${key} belongs to ${owner}, not to ${found}`;
  }
  return undefined;
}
