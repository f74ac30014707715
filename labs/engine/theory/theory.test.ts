import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { meanInterval } from '../metrics/interval.ts';
import { randomSource } from '../random/random.ts';
import { powerOfChoices, twoChoicesAmong } from './choices.ts';
import { amdahlSpeedup, meanNumberPresent } from './laws.ts';
import { mg1 } from './mg1.ts';
import { mm1, mm1MeanWaitDeviation } from './mm1.ts';
import { mm1k } from './mm1k.ts';
import { erlangB, erlangC, mmc } from './mmc.ts';

function near(actual: number, expected: number, tolerance = 1e-6): void {
  assert.ok(Math.abs(actual - expected) <= tolerance * Math.max(1, Math.abs(expected)), `${actual}, not ${expected}`);
}

const loads = fc.double({ min: 0.01, max: 0.99, noNaN: true });
const rates = fc.double({ min: 0.01, max: 1000, noNaN: true });

describe('M/M/1', () => {
  it('at ρ = 0.9: 10 service times in system, 9 present, p99 46.05', () => {
    const theory = mm1(0.9, 1);
    near(theory.meanTimeInSystem, 10);
    near(theory.meanWait, 9);
    near(theory.meanNumberInSystem, 9);
    near(theory.timeInSystemQuantile(0.99), 46.05170186);
    near(theory.timeInSystemQuantile(0.5), 6.931471806);
  });

  it('has a mean wait of 10⁵ customers at ρ = 0.9 with a deviation of about 0.6', () => {
    near(mm1MeanWaitDeviation(0.9, 1, 1e5), 0.6, 0.01);
    near(mm1MeanWaitDeviation(90, 100, 1e5), 0.006, 0.01);
  });

  it('has no steady state at full load, and says so', () => {
    assert.throws(() => mm1(1, 1), /at a load of 1 the queue grows without end: keep the load below 1/);
    assert.throws(() => mm1(0, 1), /arrivalRate must be positive, not 0/);
    assert.throws(() => mm1(0.5, 1).timeInSystemQuantile(1), /share must lie between 0 and 1, not 1/);
  });
});

describe('M/M/c', () => {
  it('M/M/2 at ρ = 0.9: wait probability 0.852632, mean wait 4.263158', () => {
    const theory = mmc(1.8, 1, 2);
    near(theory.waitProbability, 0.852632);
    near(theory.meanWait, 4.263158);
    near(theory.utilization, 0.9);
  });

  it('is M/M/1 with one server', () => {
    fc.assert(
      fc.property(loads, rates, (load, rate) => {
        const many = mmc(load * rate, rate, 1);
        const one = mm1(load * rate, rate);
        near(many.meanTimeInSystem, one.meanTimeInSystem, 1e-9);
        near(many.timeInSystemQuantile(0.95), one.timeInSystemQuantile(0.95), 1e-6);
      }),
    );
  });

  it("agrees with Erlang's tables, and with a thousand servers", () => {
    near(erlangB(10, 5), 0.018385);
    near(erlangB(1, 1), 0.5);
    near(erlangC(10, 5), 0.036105, 1e-4);
    const crowd = erlangC(1000, 950);
    assert.ok(crowd > 0 && crowd < 1);
  });

  it('has a time in system that is smooth where waiting and serving are equally fast', () => {
    // drain = c·μ − λ = μ for c = 2, λ = 1, μ = 1
    const at = mmc(1, 1, 2).timeInSystemQuantile(0.9);
    near(mmc(1 + 1e-7, 1, 2).timeInSystemQuantile(0.9), at, 1e-5);
    near(mmc(1 - 1e-7, 1, 2).timeInSystemQuantile(0.9), at, 1e-5);
  });

  it('refuses half a server', () => {
    assert.throws(() => mmc(1, 1, 1.5), /servers must be a positive whole number, not 1.5/);
  });
});

describe('M/G/1', () => {
  it('is M/M/1 for exponential services and half its wait for constant ones', () => {
    fc.assert(
      fc.property(loads, rates, (load, rate) => {
        const exponential = mm1(load * rate, rate).meanWait;
        near(mg1(load * rate, rate, 1).meanWait, exponential, 1e-9);
        near(mg1(load * rate, rate, 0).meanWait, exponential / 2, 1e-9);
      }),
    );
  });

  it('refuses a negative variation', () => {
    assert.throws(() => mg1(0.5, 1, -1), /squaredVariation must be 0 or more, not -1/);
  });
});

describe('M/M/1/K', () => {
  it('turns half away at ρ = 1 with room for one', () => {
    const theory = mm1k(1, 1, 1);
    near(theory.rejectShare, 0.5);
    near(theory.utilization, 0.5);
    near(theory.meanTimeInSystem, 1);
    near(theory.meanWait, 0);
  });

  it('at ρ = 0.5 with room for three turns one in fifteen away', () => {
    near(mm1k(0.5, 1, 3).rejectShare, 1 / 15);
    near(mm1k(0.5, 1, 3).meanNumberInSystem, 11 / 15);
  });

  it('is M/M/1 where the room is never used up', () => {
    near(mm1k(0.5, 1, 200).meanTimeInSystem, mm1(0.5, 1).meanTimeInSystem, 1e-9);
  });

  it('serves at full speed under any overload, and nothing overflows', () => {
    const theory = mm1k(1e6, 1, 1000);
    near(theory.throughput, 1, 1e-6);
    near(theory.meanNumberInSystem, 1000, 1e-5);
  });
});

describe('the power of d choices', () => {
  it('at λ = 0.9: 10.0 with one, 2.614 with two', () => {
    near(powerOfChoices(1, 0.9, 1).meanTimeInSystem, 10, 1e-9);
    near(powerOfChoices(2, 0.9, 1).meanTimeInSystem, 2.614, 1e-4);
  });

  it('at other loads as in the thesis', () => {
    near(powerOfChoices(2, 0.5, 1).meanTimeInSystem, 1.2657, 1e-4);
    near(powerOfChoices(2, 0.99, 1).meanTimeInSystem, 5.432, 1e-3);
  });

  it('with one choice is M/M/1, percentiles included', () => {
    for (const share of [0.5, 0.95, 0.99]) {
      const expected = mm1(0.9, 1).timeInSystemQuantile(share);
      near(powerOfChoices(1, 0.9, 1).timeInSystemQuantile(share), expected, 1e-6);
    }
  });

  it('never gets worse with another choice', () => {
    fc.assert(
      fc.property(loads, fc.integer({ min: 1, max: 5 }), (load, choices) => {
        const fewer = powerOfChoices(choices, load, 1).meanTimeInSystem;
        assert.ok(powerOfChoices(choices + 1, load, 1).meanTimeInSystem <= fewer + 1e-12);
      }),
    );
  });
});

/** Mean time in system of two choices among few servers, by a simulation that knows nothing of the formula. */
function simulateTwoChoices(servers: number, load: number, requests: number, seed: number): number {
  const luck = randomSource(seed).stream('two choices');
  const queues = new Int32Array(servers);
  let busy = 0;
  let present = 0;
  let area = 0;
  let time = 0;
  for (let arrived = 0; arrived < requests;) {
    const rate = load * servers + busy;
    const step = -Math.log(1 - luck.uniform()) / rate;
    area += present * step;
    time += step;
    if (luck.uniform() * rate < load * servers) {
      const first = luck.integer(servers);
      const second = (first + 1 + luck.integer(servers - 1)) % servers;
      const shorter = queues[second]! < queues[first]! ? second : first;
      if (queues[shorter]!++ === 0) busy++;
      present++;
      arrived++;
    } else {
      let server = luck.integer(servers);
      while (queues[server] === 0) server = luck.integer(servers); // each busy one is as likely
      if (--queues[server]! === 0) busy--;
      present--;
    }
  }
  return area / time / (load * servers); // Little
}

describe('two choices among few servers', () => {
  it('approach the limit for many', () => {
    near(twoChoicesAmong(1e9, 0.9, 1).meanTimeInSystem, powerOfChoices(2, 0.9, 1).meanTimeInSystem);
    assert.ok(twoChoicesAmong(100, 0.9, 1).meanTimeInSystem > 2.614);
  });

  it('take as long as simulated, which the limit does not', () => {
    const [servers, load] = [10, 0.8];
    const runs = [1, 2, 3, 4, 5, 6, 7, 8].map((seed) => simulateTwoChoices(servers, load, 60_000, seed));
    const { low, high } = meanInterval(runs, 0.99);
    const { meanTimeInSystem, neglected } = twoChoicesAmong(servers, load, 1);
    assert.ok(
      low <= meanTimeInSystem + neglected && meanTimeInSystem <= high,
      `${meanTimeInSystem}: ${low} to ${high}`,
    );
    assert.ok(powerOfChoices(2, load, 1).meanTimeInSystem < low);
  });

  it('scale with the service rate, and refuse one server and full load', () => {
    near(twoChoicesAmong(50, 90, 100).meanTimeInSystem * 100, twoChoicesAmong(50, 0.9, 1).meanTimeInSystem);
    assert.throws(() => twoChoicesAmong(1, 0.5, 1), /2 or more, not 1/);
    assert.throws(() => twoChoicesAmong(50, 1, 1), /grows without end/);
  });
});

describe('laws', () => {
  it('Little: what arrives times how long it stays is present', () => {
    near(meanNumberPresent(0.9, mm1(0.9, 1).meanTimeInSystem), mm1(0.9, 1).meanNumberInSystem);
  });

  it('Amdahl: 95 % parallel never gets 20 times faster', () => {
    near(amdahlSpeedup(0.95, 8), 5.925925926);
    near(amdahlSpeedup(0.95, 1e12), 20);
    assert.equal(amdahlSpeedup(0, 64), 1);
    assert.equal(amdahlSpeedup(1, 64), 64);
    assert.throws(() => amdahlSpeedup(95, 8), /parallelShare must lie from 0 to 1, not 95/);
  });
});
