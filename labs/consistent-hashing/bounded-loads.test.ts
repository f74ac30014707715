import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { BoundedLoads } from './bounded-loads.ts';
import { hashes, murmur3 } from './hash.ts';
import { Ring } from './ring.ts';
import { keys, loadsOf, options, shards, withServers } from './testing/workload.ts';

/** Servers come and go, keys are asked for: what a placement may live through. */
const steps = fc.array(
  fc.oneof(
    { weight: 6, arbitrary: fc.record({ ask: fc.integer({ min: 0, max: 200 }) }) },
    { weight: 1, arbitrary: fc.record({ join: fc.integer({ min: 0, max: 20 }) }) },
    { weight: 1, arbitrary: fc.record({ leave: fc.integer({ min: 0, max: 20 }) }) },
  ),
  { maxLength: 150 },
);

test('no server is ever above ⌈(1+ε)·m/n⌉, and every key is on a server that is there', () => {
  const epsilons = fc.constantFrom(0, 0.01, 0.1, 0.25, 1, 10);
  fc.assert(
    fc.property(steps, epsilons, fc.constantFrom(...Object.values(hashes)), (steps, epsilon, hash) => {
      const placement = withServers(new BoundedLoads({ ...options, hash, epsilon }), ['shard-0']);
      const servers = new Set(['shard-0']);
      const asked = new Set<string>();
      for (const step of steps) {
        if ('ask' in step) {
          asked.add(`key-${step.ask}`);
        } else if ('join' in step) {
          if (!servers.has(`shard-${step.join}`)) placement.addServer(`shard-${step.join}`);
          servers.add(`shard-${step.join}`);
        } else if (servers.size > 1 && servers.has(`shard-${step.leave}`)) {
          placement.removeServer(`shard-${step.leave}`);
          servers.delete(`shard-${step.leave}`);
        }
        const loads = loadsOf([...asked].map((key) => placement.ownerOf(key)));
        // Exact: hundredths of ε make whole numbers.
        const bound = Math.ceil((Math.round(100 + 100 * epsilon) * asked.size) / (100 * servers.size));
        if (asked.size > 0) assert.equal(placement.capacity, bound);
        for (const [server, load] of loads) {
          assert.ok(servers.has(server));
          assert.ok(load <= bound, `${server} holds ${load}, above ${bound}`);
        }
      }
    }),
  );
});

test('a server that leaves moves its own keys only', () => {
  const placement = withServers(new BoundedLoads(options), shards(20));
  const before = keys(1000).map((key) => placement.ownerOf(key));
  placement.removeServer('shard-7');
  for (const [i, key] of keys(1000).entries()) {
    if (before[i] !== 'shard-7') assert.equal(placement.ownerOf(key), before[i]);
  }
});

test('with a bound that nobody reaches it is a plain ring, also after servers came and went', () => {
  const bounded = withServers(new BoundedLoads({ ...options, epsilon: 1000 }), shards(20));
  const ring = withServers(new Ring(options), shards(20));
  const compare = (): void => {
    for (const key of keys(500)) assert.equal(bounded.ownerOf(key), ring.ownerOf(key));
  };
  compare();
  for (const placement of [bounded, ring]) placement.removeServer('shard-3');
  compare();
  for (const placement of [bounded, ring]) withServers(placement, ['shard-20', 'shard-21']);
  compare();
});

test('rounding does not widen the bound: ε = 0.1 with 10 keys on 11 servers allows one key each', () => {
  const placement = withServers(new BoundedLoads({ ...options, epsilon: 0.1 }), shards(11));
  for (const key of keys(10)) placement.ownerOf(key);
  assert.equal(placement.capacity, 1);
});

test('refuses a negative ε', () => {
  for (const epsilon of [-0.1, NaN]) {
    assert.throws(() => new BoundedLoads({ ...options, hash: murmur3, epsilon }), /epsilon must be 0 or more/);
  }
});
