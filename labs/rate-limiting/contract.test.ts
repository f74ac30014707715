/** What a learner's limiter can do wrong besides deciding wrongly, and settings that change nothing. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runLab } from '../engine/testing/run-lab.ts';
import lab from './lab.ts';
import { TokenBucket } from './token-bucket.ts';

/** A token bucket with other members. */
function like(members: object): unknown {
  class Mine extends TokenBucket {}
  Object.defineProperties(Mine.prototype, Object.getOwnPropertyDescriptors(members));
  return Mine;
}

for (const [what, implementation, message] of [
  ['a promise', like({ admit: () => Promise.resolve(false) }), /admit of Mine returned a promise: it must return true/],
  ['an object', like({ admit: () => ({ ok: false }) }), /admit of Mine returned \{ ok: false \}/],
  ['a text', like({ admit: () => 'false' }), /admit of Mine returned 'false'/],
  ['a negative delay', like({ delay: -5 }), /delay of Mine is -5: it must be a number of 0 or more/],
  ['no delay that is a number', like({ delay: NaN }), /delay of Mine is NaN/],
  ['odd state', like({ state: 'full' }), /state of Mine is 'full': it must be an object of numbers/],
  [
    'no isIdle',
    class Mine {
      admit() {
        return true;
      }
    },
    /Mine has no isIdle\(\): every RateLimiter has one/,
  ],
  ['luck', like({ admit: () => Math.random() < 0.5 }), /admit of Mine uses Math\.random, .*: a limiter has no luck/],
  [
    'a clock of its own',
    like({ admit: () => Date.now() > 0 }),
    /uses Date\.now, .*: ask the clock that the constructor/,
  ],
  ['a timer', like({ admit: () => !setTimeout(() => {}) }), /uses setTimeout, .*: a limiter has no timers/],
] as [string, unknown, RegExp][]) {
  test(`a limiter with ${what} is refused`, () => {
    assert.throws(() => runLab(lab, { implementation }), message);
  });
}

test('settings that change nothing are said', () => {
  const ignored = (parameters: Record<string, unknown>, algorithm = 'token-bucket') =>
    runLab(lab, { algorithm, parameters: { requests: 20, ...parameters } }).report.ignored;
  assert.deepEqual(ignored({ times: '0,1' }), [
    { what: 'times', why: 'it counts where arrivals is list, and here it is poisson' },
  ]);
  assert.equal(ignored({ limit: 3 })![0]!.what, 'limit');
  assert.match(ignored({ burst: 3 }, 'fixed-window')![0]!.why, /Fixed window does not use it; used by Token bucket,/);
  assert.equal(ignored({ limit: 3 }, 'fixed-window'), undefined);
});

test('a time that is missing in a list is said as such', () => {
  const attempt = (times: string) => () => runLab(lab, { parameters: { arrivals: 'list', times } });
  assert.throws(attempt('0,1,'), /times: a time is missing after 1,: write whole milliseconds/);
  assert.throws(attempt('0,,1'), /a time is missing after 0,:/);
  assert.throws(attempt(',1'), /a time is missing before the first comma/);
  assert.throws(attempt('0,x'), /not 'x'/);
});
