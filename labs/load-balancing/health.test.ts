import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { randomSource } from 'system-design-labs/engine';
import { allHealthy, observeProbe } from './health.ts';
import { probes, usualAnswerTime } from './probes.ts';
import { takesPart } from './slow-start.ts';

const thresholds = { unhealthyAfter: 3, healthyAfter: 2 };

/** What becomes of one server over probes written as + and −: D down, U up, · no news. */
function news(results: string): string {
  const health = allHealthy(1);
  const letters = { down: 'D', up: 'U' };
  return [...results]
    .map((result) => observeProbe(health, 0, result === '+', thresholds))
    .map((change) => (change ? letters[change] : '·'))
    .join('');
}

describe('health checks', () => {
  it('believe several probes in a row, not one', () => {
    assert.equal(news('+-+--+---'), '········D');
    assert.equal(news('---+-++'), '··D···U');
  });

  it('with thresholds of one believe every probe', () => {
    const health = allHealthy(2);
    const at = { unhealthyAfter: 1, healthyAfter: 1 };
    assert.equal(observeProbe(health, 1, false, at), 'down');
    assert.deepEqual([...health.up], [1, 0]);
    assert.equal(observeProbe(health, 1, true, at), 'up');
  });
});

describe('probes', () => {
  it('differ on a server that is alive and slow', () => {
    const slow = { answered: true, roundTrip: 10 * usualAnswerTime };
    assert.equal(probes.answers(slow), true);
    assert.equal(probes.prompt(slow), false);
    assert.equal(probes.prompt({ answered: true, roundTrip: usualAnswerTime }), true);
    assert.equal(probes.prompt({ answered: false, roundTrip: usualAnswerTime }), false);
  });
});

describe('slow start', () => {
  const takingPart = (sinceReturn: number): number => {
    const random = randomSource(1).stream('test');
    return Array.from({ length: 10_000 }, () => takesPart(sinceReturn, 1000, random)).filter(Boolean).length;
  };

  it('lets a server take part in none, a quarter, all of the choices', () => {
    assert.equal(takingPart(0), 0);
    assert.ok(Math.abs(takingPart(250) - 2500) < 175); // four standard deviations
    assert.equal(takingPart(1000), 10_000);
  });
});
