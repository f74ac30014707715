import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { BalancerClass } from './balancer.ts';
import { BlindSecondStep } from './broken/blind-second-step.ts';
import { LifeSentence } from './broken/life-sentence.ts';
import { UnderpaidCredits } from './broken/underpaid-credits.ts';
import { IpHash } from './ip-hash.ts';
import { LeastConnections } from './least-connections.ts';
import { LeastResponseTime } from './least-response-time.ts';
import { PeakEwma } from './peak-ewma.ts';
import { RandomChoice } from './random-choice.ts';
import { RoundRobin } from './round-robin.ts';
import { letters, picker, poolOf, setAvailable } from './testing/pool.ts';
import { TwoChoices } from './two-choices.ts';
import { WeightedBursty } from './weighted-bursty.ts';
import { WeightedSmooth } from './weighted-smooth.ts';

const all: readonly BalancerClass[] = [
  RoundRobin,
  WeightedBursty,
  WeightedSmooth,
  LeastConnections,
  LeastResponseTime,
  IpHash,
  RandomChoice,
  TwoChoices,
  PeakEwma,
];

const ms = 1e6; // nanoseconds

function counts(pick: () => number, size: number, requests: number): number[] {
  const picked = new Array<number>(size).fill(0);
  for (let i = 0; i < requests; i++) picked[pick()]!++;
  return picked;
}

for (const algorithm of all) {
  describe(algorithm.name, () => {
    it('never picks a server that is not available, whoever is', () => {
      const happenings = fc.array(fc.tuple(fc.nat(9), fc.boolean(), fc.nat(2 ** 32 - 1), fc.nat(100 * ms)), {
        maxLength: 60,
      });
      fc.assert(
        fc.property(fc.integer({ min: 1, max: 10 }), happenings, fc.nat(1000), (size, steps, seed) => {
          const pool = poolOf(size, [5, 1, 1, 3]);
          const { pick, answer } = picker(algorithm, pool, seed);
          for (const [which, available, address, responseTime] of steps) {
            setAvailable(pool, which % size, available);
            if (pool.available.length === 0) setAvailable(pool, 0, true);
            const server = pick(address);
            assert.equal(pool.isAvailable[server], 1, `picked ${server} of ${pool.available.join()}`);
            pool.inFlight[server]!++;
            if (available) {
              pool.inFlight[server]!--;
              answer(server, responseTime, address % 2 === 0);
            }
            pool.now += responseTime;
          }
        }),
      );
    });

    it('picks the same for the same seed', () => {
      const [one, other] = [picker(algorithm, poolOf(7), 42), picker(algorithm, poolOf(7), 42)];
      for (let i = 0; i < 100; i++) assert.equal(one.pick(i << 8), other.pick(i << 8));
    });

    it('keeps plain data, and nothing in itself', () => {
      const balancer = Object.freeze(new algorithm());
      const pool = poolOf(3);
      const state = balancer.initialState(pool) as unknown;
      balancer.answered?.(state, pool, { server: 0, responseTime: 1, succeeded: true });
      assert.deepEqual(structuredClone(state), state);
    });
  });
}

describe('round robin', () => {
  it('gives each its turn', () => {
    assert.equal(letters(picker(RoundRobin, poolOf(3)).pick, 7), 'ABCABCA');
  });

  it('passes the turn of an unavailable server on and lets it back in its place', () => {
    const pool = poolOf(3);
    const { pick } = picker(RoundRobin, pool);
    assert.equal(letters(pick, 1), 'A');
    setAvailable(pool, 1, false);
    assert.equal(letters(pick, 3), 'CAC');
    setAvailable(pool, 1, true);
    assert.equal(letters(pick, 3), 'ABC');
  });
});

describe('weighted round robin', () => {
  it('bursty: weights 5, 1, 1 give AAAAABC', () => {
    assert.equal(letters(picker(WeightedBursty, poolOf(3, [5, 1, 1])).pick, 14), 'AAAAABCAAAAABC');
  });

  it('smooth: weights 5, 1, 1 give AABACAA', () => {
    assert.equal(letters(picker(WeightedSmooth, poolOf(3, [5, 1, 1])).pick, 14), 'AABACAAAABACAA');
  });

  it('bursty, weights 2, 1, 1, the first server down for requests 10 to 14: its weight is not made up for', () => {
    const pool = poolOf(3, [2, 1, 1]);
    const { pick } = picker(WeightedBursty, pool);
    const before = letters(pick, 10);
    setAvailable(pool, 0, false);
    const during = letters(pick, 5);
    setAvailable(pool, 0, true);
    assert.equal(`${before} ${during} ${letters(pick, 5)}`, 'AABCAABCAA BCBCB AACAA');
  });

  for (const algorithm of [WeightedBursty, WeightedSmooth]) {
    it(`${algorithm.name}: the shares are exact after every whole round`, () => {
      fc.assert(
        fc.property(fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 1, maxLength: 10 }), (weights) => {
          const round = weights.reduce((sum, weight) => sum + weight, 0);
          const { pick } = picker(algorithm, poolOf(weights.length, weights));
          for (let i = 0; i < 3; i++) assert.deepEqual(counts(pick, weights.length, round), weights);
        }),
      );
    });
  }
});

describe('least connections', () => {
  it('picks the fewest in flight, for the weight', () => {
    const pool = poolOf(3, [1, 4, 1]);
    const { pick } = picker(LeastConnections, pool);
    pool.inFlight.set([2, 3, 1]);
    assert.equal(pick(), 1); // 2/1, 3/4, 1/1
    pool.inFlight.set([2, 8, 1]);
    assert.equal(pick(), 2);
  });

  it('breaks ties in the circle, so that idle servers take turns', () => {
    assert.equal(letters(picker(LeastConnections, poolOf(3)).pick, 6), 'ABCABC');
  });
});

describe('least response time', () => {
  it('tries each server before it judges', () => {
    const pool = poolOf(4);
    const { pick } = picker(LeastResponseTime, pool);
    const tried = new Set<number>();
    for (let i = 0; i < 4; i++) {
      const server = pick();
      pool.inFlight[server]!++;
      tried.add(server);
    }
    assert.equal(tried.size, 4);
  });

  it('prefers the fast, and gives the slow one a chance to have recovered', () => {
    const pool = poolOf(2);
    const { pick, answer } = picker(LeastResponseTime, pool);
    answer(0, 10 * ms);
    answer(1, 1000 * ms);
    const [fast, slow] = counts(pick, 2, 1000);
    assert.ok(fast! > 950 && slow! >= 3, `${fast} and ${slow}`);
    let picks = 0;
    for (; picks < 20_000; picks++) {
      const server = pick();
      answer(server, server === 1 ? 5 * ms : 10 * ms); // it has more than recovered
      if (counts(pick, 2, 20)[1]! >= 5) break;
    }
    assert.ok(picks < 20_000, 'the slow start was a life sentence');
  });

  it('takes failing fast for the slowest answer there was', () => {
    const pool = poolOf(2);
    const { pick, answer } = picker(LeastResponseTime, pool);
    answer(0, 20 * ms);
    answer(0, 100 * ms); // the average: 28 ms
    answer(1, 10 * ms);
    for (let i = 0; i < 50; i++) answer(1, 1, false);
    assert.ok(counts(pick, 2, 100)[0]! > 90);
  });
});

describe('peak EWMA', () => {
  it('avoids a server after one slow answer, and forgives it with time', () => {
    const pool = poolOf(2);
    const { pick, answer } = picker(PeakEwma, pool);
    answer(0, 10 * ms);
    answer(1, 10 * ms);
    answer(1, 1000 * ms);
    assert.deepEqual(counts(pick, 2, 100), [100, 0]);
    pool.now += 60e9;
    answer(0, 10 * ms);
    assert.deepEqual(counts(pick, 2, 100), [0, 100]);
  });

  it('sends one request to a server it knows nothing of, not the herd', () => {
    const pool = poolOf(2);
    const { pick, answer } = picker(PeakEwma, pool);
    answer(0, 10 * ms);
    assert.equal(pick(), 1);
    pool.inFlight[1] = 1;
    assert.deepEqual(counts(pick, 2, 100), [100, 0]);
  });
});

describe('two choices', () => {
  it('of two servers always sees both', () => {
    const pool = poolOf(2);
    pool.inFlight.set([1, 0]);
    assert.deepEqual(counts(picker(TwoChoices, pool).pick, 2, 100), [0, 100]);
  });

  it('meets every pair as often: the busiest of n is never picked, the idlest in 2 of n', () => {
    const size = 10;
    const pool = poolOf(size);
    pool.inFlight.set(Array.from({ length: size }, (_, server) => server));
    const requests = 45_000;
    const picked = counts(picker(TwoChoices, pool).pick, size, requests);
    for (const [server, count] of picked.entries()) {
      const expected = (requests * (size - 1 - server)) / 45;
      assert.ok(Math.abs(count - expected) <= 4 * Math.sqrt(expected), `server ${server}: ${count}, not ${expected}`);
    }
  });
});

describe('random', () => {
  it('gives each available server its share', () => {
    const pool = poolOf(5);
    setAvailable(pool, 2, false);
    const picked = counts(picker(RandomChoice, pool).pick, 5, 40_000);
    for (const server of pool.available) assert.ok(Math.abs(picked[server]! - 10_000) < 4 * Math.sqrt(7500));
  });
});

describe('IP hash', () => {
  const address = (a: number, b: number, c: number, d: number): number => ((a << 24) | (b << 16) | (c << 8) | d) >>> 0;

  it('keeps a client, and its neighbours in one network, at one server', () => {
    const { pick } = picker(IpHash, poolOf(5));
    const home = pick(address(203, 0, 113, 7));
    for (let host = 0; host < 256; host++) assert.equal(pick(address(203, 0, 113, host)), home);
  });

  it("is nginx's hash", () => {
    // (89 · 113 + 203) mod 6271 = 3989; (3989 · 113 + 0) mod 6271 = 5516; (5516 · 113 + 113) mod 6271 = 2592
    assert.equal(picker(IpHash, poolOf(6271)).pick(address(203, 0, 113, 7)), 2592);
  });

  it('tries 21 times in all before it deals by turns', () => {
    const size = 30;
    const up = [3, 20];
    /** Servers that the hash names, one try after the other. */
    const named = (first: number, second: number, third: number): number[] => {
      let hash = 89;
      return Array.from({ length: 22 }, () => {
        for (const octet of [first, second, third]) hash = (hash * 113 + octet) % 6271;
        return hash % size;
      });
    };
    const pool = poolOf(size);
    for (let server = 0; server < size; server++) setAvailable(pool, server, up.includes(server));
    const met = new Set<number>();
    for (let client = 0; client < 2 ** 16 && met.size < 2; client++) {
      const tries = named(10, client >> 8, client & 255);
      const hit = tries.findIndex((server) => up.includes(server)) + 1; // 1 for the first try, 0 for none
      const byTurns = up[0]!; // who is first where nobody has had a turn
      if ((hit !== 21 && hit !== 22) || tries[hit - 1] === byTurns) continue;
      met.add(hit);
      const picked = picker(IpHash, pool).pick(address(10, client >> 8, client & 255, 1));
      assert.equal(picked, hit === 21 ? tries[20] : byTurns);
    }
    assert.equal(met.size, 2);
  });

  it('moves only the clients of the server that goes, and takes them back', () => {
    const pool = poolOf(5);
    const { pick } = picker(IpHash, pool);
    const clients = Array.from({ length: 500 }, (_, client) => address(10, client >> 8, client & 255, 1));
    const before = clients.map((client) => pick(client));
    setAvailable(pool, 3, false);
    for (const [index, client] of clients.entries()) {
      const now = pick(client);
      if (before[index] === 3) assert.notEqual(now, 3);
      else assert.equal(now, before[index]);
    }
    setAvailable(pool, 3, true);
    assert.deepEqual(
      clients.map((client) => pick(client)),
      before,
    );
  });

  it('spreads many networks by weight', () => {
    const pool = poolOf(3, [2, 1, 1]);
    const { pick } = picker(IpHash, pool);
    const picked = [0, 0, 0];
    for (let client = 0; client < 40_000; client++) picked[pick((client * 2654435761) >>> 0)]!++;
    assert.ok(Math.abs(picked[0]! - 20_000) < 600, picked.join());
  });
});

describe('broken variants', () => {
  it('have the bug they are there for', () => {
    const pool = poolOf(3);
    setAvailable(pool, 0, false);
    setAvailable(pool, 1, false);
    assert.equal(picker(BlindSecondStep, pool).pick(), 1);

    const shares = counts(picker(UnderpaidCredits, poolOf(3, [5, 1, 1])).pick, 3, 7000);
    assert.ok(shares[0]! > 5500, `${shares.join()}: more than the 5,000 that its weight earns`);

    const { pick, answer } = picker(LifeSentence, poolOf(2));
    answer(0, 10 * ms);
    answer(1, 1000 * ms);
    assert.deepEqual(counts(pick, 2, 10_000), [10_000, 0]);
  });
});
