/** The answers of the literature, and of the prototype that this lab goes back to. */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import fc from 'fast-check';
import { Circle } from './circle.ts';
import { fnv1a, md5, murmur3 } from './hash.ts';
import { Jump, jumpHash } from './jump.ts';
import { Maglev, populate } from './maglev.ts';
import { Modulo } from './modulo.ts';
import { Ring } from './ring.ts';
import { keys, options, shards, withServers } from './testing/workload.ts';

test('ring: as the prototype places keys, with MD5 and 3 virtual nodes', () => {
  const ring = withServers(new Ring({ hash: md5, virtualNodes: 3 }), shards(1000));
  assert.equal(ring.ownerOf('key-0'), 'shard-470');
  assert.equal(ring.ownerOf('key-1'), 'shard-848');
});

test('ring: 53 bits of MD5 place 10,000 keys exactly as all 128 do', () => {
  const value = (text: string): bigint => BigInt(`0x${createHash('md5').update(text).digest('hex')}`);
  const points = shards(1000)
    .flatMap((server) => [0, 1, 2].map((i) => ({ at: value(`${server}#${i}`), server })))
    .sort((one, other) => (one.at < other.at ? -1 : 1));
  const ring = withServers(new Ring({ hash: md5, virtualNodes: 3 }), shards(1000));
  for (const key of keys(10_000)) {
    const at = value(key);
    let low = 0;
    let high = points.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (points[middle]!.at < at) low = middle + 1;
      else high = middle;
    }
    assert.equal(ring.ownerOf(key), points[low % points.length]!.server);
  }
});

test('ring: a key at the position of a point belongs to that point; equal points go by name', () => {
  const positions: Record<string, number> = {
    'b#0': 0.5,
    'a#0': 0.5,
    'c#0': 0.75,
    at: 0.5,
    past: 0.500001,
    behind: 0.9,
  };
  const hash = { ...murmur3, position: (text: string) => positions[text]! };
  for (const servers of [
    ['a', 'b', 'c'],
    ['c', 'b', 'a'],
  ]) {
    const ring = withServers(new Ring({ hash, virtualNodes: 1 }), servers);
    assert.deepEqual(
      ['at', 'past', 'behind'].map((key) => ring.ownerOf(key)),
      ['a', 'c', 'a'],
    );
    ring.removeServer('a');
    assert.equal(ring.ownerOf('at'), 'b');
  }
});

test('circle: finds the first point clockwise, however the points lie', () => {
  const position = fc.integer({ min: 0, max: 999 }).map((thousandths) => thousandths / 1000);
  fc.assert(
    fc.property(fc.array(fc.array(position), { minLength: 1 }), fc.array(position), (servers, keys) => {
      fc.pre(servers.some((points) => points.length > 0));
      const circle = new Circle(new Map(servers.map((points, i) => [`s${i}`, Float64Array.from(points)])));
      const sorted = servers
        .flatMap((points, i) => points.map((at) => ({ at, server: `s${i}` })))
        .sort((one, other) => one.at - other.at || (one.server < other.server ? -1 : 1));
      for (const key of keys) {
        const point = circle.firstPoint(key);
        const expected = Math.max(
          0,
          sorted.findIndex(({ at }) => at >= key),
        );
        assert.equal(circle.serverAt(point), sorted[expected]!.server);
        assert.equal(circle.serverAt(circle.nextPoint(point)), sorted[(expected + 1) % sorted.length]!.server);
      }
    }),
  );
});

test('jump: keys 0–9 in 100 buckets, as published', () => {
  const buckets = Array.from({ length: 10 }, (_, key) => jumpHash(0, key, 100));
  assert.deepEqual(buckets, [0, 55, 62, 8, 45, 59, 86, 97, 82, 59]);
});

/** The paper's algorithm on 64-bit integers. */
function jumpHashOf64Bits(key: bigint, buckets: number): number {
  let bucket = -1;
  for (let next = 0; next < buckets;) {
    bucket = next;
    key = BigInt.asUintN(64, key * 2862933555777941757n + 1n);
    next = Math.floor((bucket + 1) * (2 ** 31 / (Number(key >> 33n) + 1)));
  }
  return bucket;
}

/** The inverse of the generator's multiplier modulo 2⁶⁴, by Newton's iteration. */
function inverseOfMultiplier(): bigint {
  let inverse = 1n;
  for (let i = 0; i < 7; i++) inverse = BigInt.asUintN(64, inverse * (2n - 2862933555777941757n * inverse));
  return inverse;
}

test('jump: the two halves compute what 64-bit integers do', () => {
  const edges = fc.constantFrom(0, 1, 0xffff, 0x10000, 0x7fff_ffff, 0x8000_0000, 0xffff_ffff);
  const half = fc.oneof(edges, fc.integer({ min: 0, max: 2 ** 32 - 1 }));
  fc.assert(
    fc.property(half, half, fc.integer({ min: 1, max: 2 ** 31 - 1 }), (high, low, buckets) => {
      assert.equal(jumpHash(high, low, buckets), jumpHashOf64Bits((BigInt(high) << 32n) | BigInt(low), buckets));
    }),
    { numRuns: 2000 },
  );
});

test('jump: jumps that land exactly on a bucket are not rounded past it', () => {
  const inverse = inverseOfMultiplier();
  // After one step the upper 31 bits are 2ⁱ − 1: the first jump is to 2³¹⁻ⁱ exactly.
  for (let i = 0n; i < 31n; i++) {
    const after = ((1n << i) - 1n) << 33n;
    const key = BigInt.asUintN(64, (after - 1n) * inverse);
    for (const buckets of [2 ** 31 - 1, 2 ** (31 - Number(i)), 2 ** (31 - Number(i)) + 1]) {
      const found = jumpHash(Number(key >> 32n), Number(key & 0xffff_ffffn), buckets);
      assert.equal(found, jumpHashOf64Bits(key, buckets));
    }
  }
});

test('jump: adding and dropping the last server moves no other key', () => {
  const jump = withServers(new Jump({ hash: md5 }), shards(50));
  const before = keys(2000).map((key) => jump.ownerOf(key));
  jump.addServer('shard-50');
  for (const [i, key] of keys(2000).entries()) assert.ok([before[i], 'shard-50'].includes(jump.ownerOf(key)));
  jump.removeServer('shard-50');
  assert.deepEqual(
    keys(2000).map((key) => jump.ownerOf(key)),
    before,
  );
});

test("Maglev: the paper's table of three backends and seven entries", () => {
  const preferences = [
    { offset: 3, skip: 4 },
    { offset: 0, skip: 2 },
    { offset: 3, skip: 1 },
  ];
  assert.deepEqual([...populate(preferences, 7)], [1, 0, 1, 0, 2, 2, 0]);
});

test('Maglev: shares differ by one entry at most, and few entries change when one of 100 servers leaves', () => {
  const size = 10_007;
  const preferences = shards(100).map((server) => ({
    offset: md5.remainder(`${server}#offset`, size),
    skip: 1 + md5.remainder(`${server}#skip`, size - 1),
  }));
  const shares = new Array<number>(100).fill(0);
  const before = populate(preferences, size);
  for (const owner of before) shares[owner]!++;
  assert.ok(Math.max(...shares) - Math.min(...shares) <= 1);
  const after = populate(preferences.slice(0, 99), size);
  const changed = before.filter((owner, entry) => owner !== 99 && owner !== after[entry]).length;
  assert.ok(changed < 0.05 * size, `${changed} of ${size}`);
});

test('Maglev: refuses a table that is no prime, and more servers than entries', () => {
  for (const tableSize of [0, 1, 4, 100, 7.5, 2 ** 21 + 9])
    assert.throws(() => new Maglev({ ...options, tableSize }), /prime/);
  const maglev = withServers(new Maglev({ ...options, tableSize: 2 }), ['a', 'b']);
  assert.throws(() => maglev.addServer('c'), /holds no more servers/);
  assert.deepEqual(new Set(keys(20).map((key) => maglev.ownerOf(key))), new Set(['a', 'b']));
});

test('modulo: the number with the highest server takes over, and about 95 % of the keys move', () => {
  const modulo = withServers(new Modulo({ hash: md5 }), shards(1000));
  const before = keys(10_000).map((key) => modulo.ownerOf(key));
  for (const server of shards(1000).slice(950)) modulo.removeServer(server);
  const moved = keys(10_000).filter((key, i) => modulo.ownerOf(key) !== before[i]).length;
  assert.ok(moved > 9430 && moved < 9570, `${moved}`);
});

test('raw FNV-1a clumps: the virtual nodes of a server lie close together, those of MurmurHash3 do not', () => {
  const distance = (hash: typeof fnv1a): number => {
    const distances = shards(100).map((server) => {
      const apart = Math.abs(hash.position(`${server}#0`) - hash.position(`${server}#1`));
      return Math.min(apart, 1 - apart);
    });
    return distances.reduce((sum, one) => sum + one, 0) / distances.length;
  };
  assert.ok(distance(fnv1a) < 0.01);
  assert.ok(distance(murmur3) > 0.2);
});
