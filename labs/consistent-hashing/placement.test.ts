/** What holds for all algorithms, or for all but a few, whatever servers and keys there are. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { knownAnswers } from './benchmark/known-answers.ts';
import { BoundedLoads } from './bounded-loads.ts';
import { ClosedCircle } from './exercises/solutions/1-close-the-circle.ts';
import { JumpedGaps } from './exercises/solutions/3-jump-over-gaps.ts';
import { PointsThatStay } from './exercises/solutions/2-points-that-vanish.ts';
import { hashes } from './hash.ts';
import { Jump } from './jump.ts';
import { Maglev } from './maglev.ts';
import { Modulo } from './modulo.ts';
import type { KeyPlacementClass } from './placement.ts';
import { Rendezvous } from './rendezvous.ts';
import { Ring } from './ring.ts';
import { keys, loadsOf, options, shards, withServers } from './testing/workload.ts';

const algorithms: Record<string, KeyPlacementClass> = {
  modulo: Modulo,
  ring: Ring,
  jump: Jump,
  rendezvous: Rendezvous,
  maglev: Maglev,
  'bounded-loads': BoundedLoads,
};
/** Those that promise to move nothing between two servers that stay. */
const monotone: Record<string, KeyPlacementClass> = {
  ring: Ring,
  rendezvous: Rendezvous,
  'solution of exercise 1': ClosedCircle,
  'solution of exercise 2': PointsThatStay,
  'solution of exercise 3': JumpedGaps,
};

const names = fc.uniqueArray(fc.string({ minLength: 1, maxLength: 8 }), { minLength: 1, maxLength: 30 });
const texts = fc.uniqueArray(fc.string({ maxLength: 12 }), { minLength: 1, maxLength: 60 });
const anyHash = fc.constantFrom(...Object.values(hashes));

for (const [id, Placement] of Object.entries(algorithms)) {
  test(`${id}: gives its known answers`, () => {
    assert.equal(knownAnswers[id]!(Placement), undefined);
  });

  test(`${id}: every key belongs to one of the servers, and to the same when asked again`, () => {
    fc.assert(
      fc.property(anyHash, names, texts, (hash, servers, texts) => {
        const placement = withServers(new Placement({ ...options, hash }), servers);
        const owners = texts.map((text) => placement.ownerOf(text));
        for (const owner of owners) assert.ok(servers.includes(owner));
        assert.deepEqual(
          [...texts].reverse().map((text) => placement.ownerOf(text)),
          owners.toReversed(),
        );
      }),
    );
  });

  test(`${id}: keys of a server that leaves find another, down to the last server`, () => {
    fc.assert(
      fc.property(names, texts, (servers, texts) => {
        const placement = withServers(new Placement(options), servers);
        for (const text of texts) placement.ownerOf(text);
        const left = new Set(servers);
        for (const server of servers.slice(1)) {
          placement.removeServer(server);
          left.delete(server);
          for (const text of texts) assert.ok(left.has(placement.ownerOf(text)));
        }
        assert.deepEqual(new Set(texts.map((text) => placement.ownerOf(text))), left);
      }),
    );
  });

  test(`${id}: refuses a server that is there already, one that is not there, and keys without servers`, () => {
    const placement = new Placement(options);
    assert.throws(() => placement.ownerOf('key-0'), /there is no server/);
    placement.addServer('shard-0');
    assert.throws(() => placement.addServer('shard-0'), { name: 'RangeError', message: /shard-0/ });
    assert.throws(() => placement.removeServer('shard-1'), { name: 'RangeError', message: /shard-1/ });
    placement.removeServer('shard-0');
    assert.throws(() => placement.ownerOf('key-0'), /there is no server/);
  });
}

for (const [id, Placement] of Object.entries(monotone)) {
  test(`${id}: when a server leaves, only its keys move`, () => {
    fc.assert(
      fc.property(anyHash, names, texts, fc.nat(), (hash, servers, texts, index) => {
        fc.pre(servers.length > 1);
        const placement = withServers(new Placement({ ...options, hash }), servers);
        const before = texts.map((text) => placement.ownerOf(text));
        const leaving = servers[index % servers.length]!;
        placement.removeServer(leaving);
        for (const [i, text] of texts.entries()) {
          if (before[i] !== leaving) assert.equal(placement.ownerOf(text), before[i]);
          else assert.notEqual(placement.ownerOf(text), leaving);
        }
      }),
    );
  });

  test(`${id}: when a server joins, keys move to it alone`, () => {
    fc.assert(
      fc.property(anyHash, names, texts, (hash, [newcomer, ...servers], texts) => {
        fc.pre(servers.length > 0);
        const placement = withServers(new Placement({ ...options, hash }), servers);
        const before = texts.map((text) => placement.ownerOf(text));
        placement.addServer(newcomer!);
        for (const [i, text] of texts.entries()) assert.ok([before[i], newcomer].includes(placement.ownerOf(text)));
      }),
    );
  });
}

for (const [id, Placement] of Object.entries({ ring: Ring, rendezvous: Rendezvous, maglev: Maglev })) {
  test(`${id}: it does not matter in which order the servers joined, and who was there in between`, () => {
    fc.assert(
      fc.property(anyHash, names, texts, (hash, servers, texts) => {
        const one = withServers(new Placement({ ...options, hash }), servers);
        const other = withServers(new Placement({ ...options, hash }), ['a passing server', ...servers.toReversed()]);
        for (const text of texts) other.ownerOf(text);
        other.removeServer('a passing server');
        for (const text of texts) assert.equal(one.ownerOf(text), other.ownerOf(text));
      }),
    );
  });
}

for (const [id, Placement] of Object.entries({ modulo: Modulo, jump: Jump, rendezvous: Rendezvous, maglev: Maglev })) {
  test(`${id}: the load is even: 100,000 keys on 10 servers within 5 standard deviations`, () => {
    for (const hash of [hashes.md5, hashes.murmur3]) {
      const placement = withServers(new Placement({ ...options, hash }), shards(10));
      const loads = loadsOf(keys(100_000).map((key) => placement.ownerOf(key)));
      for (const load of loads.values()) assert.ok(Math.abs(load - 10_000) < 5 * Math.sqrt(9000), `${load}`);
    }
  });
}

for (const [name, Placement] of Object.entries({ Ring, BoundedLoads })) {
  test(`${name}: refuses virtual nodes that are not a positive integer`, () => {
    for (const virtualNodes of [0, -1, 1.5, NaN]) {
      assert.throws(() => new Placement({ ...options, virtualNodes }), /virtualNodes must be a positive integer/);
    }
  });
}
