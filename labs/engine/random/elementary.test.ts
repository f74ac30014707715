import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { cos, exp, log, sin } from './elementary.ts';

/** The distance of two doubles in units of the last place of the larger one. */
function ulps(a: number, b: number): number {
  if (a === b) return 0;
  const larger = Math.max(Math.abs(a), Math.abs(b));
  const ulp = Math.max(2 ** (Math.floor(Math.log2(larger)) - 52), Number.MIN_VALUE);
  return Math.abs(a - b) / ulp;
}

test('known values, to the last bit', () => {
  assert.equal(log(1), 0);
  assert.equal(log(2), 0.6931471805599453);
  assert.equal(log(10), 2.302585092994046);
  assert.equal(log(0.1), -2.3025850929940455);
  assert.equal(log(Number.MIN_VALUE), -744.4400719213812);
  assert.equal(exp(0), 1);
  assert.equal(exp(1), 2.7182818284590455); // FDLIBM's answer, one step above Math.E
  assert.equal(exp(-1), 0.36787944117144233);
  assert.equal(exp(700), 1.0142320547350045e304);
  assert.equal(sin(0), 0);
  assert.equal(cos(0), 1);
  assert.equal(sin(1), 0.8414709848078965);
  assert.equal(cos(1), 0.5403023058681398);
  assert.equal(sin(Math.PI / 2), 1);
  assert.equal(cos(Math.PI), -1);
});

test('edges', () => {
  assert.equal(log(0), -Infinity);
  assert.ok(Number.isNaN(log(-1)));
  assert.ok(Number.isNaN(log(NaN)));
  assert.equal(log(Infinity), Infinity);
  assert.equal(exp(-Infinity), 0);
  assert.equal(exp(Infinity), Infinity);
  assert.equal(exp(710), Infinity);
  assert.equal(exp(-746), 0);
  assert.ok(Number.isNaN(exp(NaN)));
  assert.throws(() => sin(2 ** 21), /2²⁰/);
});

test('never more than one unit in the last place from the host’s own', () => {
  const positive = fc.double({ min: Number.MIN_VALUE, max: Number.MAX_VALUE, noNaN: true });
  fc.assert(fc.property(positive, (x) => ulps(log(x), Math.log(x)) <= 1));
  fc.assert(fc.property(fc.double({ min: -745, max: 709, noNaN: true }), (x) => ulps(exp(x), Math.exp(x)) <= 1));
  const angle = fc.double({ min: -1000, max: 1000, noNaN: true });
  fc.assert(fc.property(angle, (x) => Math.abs(sin(x) - Math.sin(x)) <= 2 ** -52));
  fc.assert(fc.property(angle, (x) => Math.abs(cos(x) - Math.cos(x)) <= 2 ** -52));
});
