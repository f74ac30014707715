/** What a learner's placement can do wrong besides placing badly, and settings that change nothing. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runLab } from '../engine/testing/run-lab.ts';
import lab from './lab.ts';
import { Ring } from './ring.ts';

for (const [what, members, message] of [
  ['a point that is no number', { pointsOf: () => [0.5, NaN] }, /pointsOf of Mine returned \[ 0\.5, NaN \]: it must/],
  ['a point beyond the circle', { pointsOf: () => [1] }, /pointsOf of Mine returned \[ 1 \]/],
  [
    'an owner without a name',
    { ownerOf: () => undefined },
    /ownerOf of Mine returned undefined: it must return a text/,
  ],
  ['a promise', { ownerOf: () => Promise.resolve('shard-0') }, /ownerOf of Mine returned a promise/],
  ['a bound that is none', { capacity: NaN }, /capacity of Mine is NaN/],
  ['luck', { ownerOf: () => `shard-${Math.random()}` }, /ownerOf of Mine uses Math\.random, .*: let the hash/],
] as [string, object, RegExp][]) {
  test(`a placement with ${what} is refused`, () => {
    class Mine extends Ring {}
    Object.defineProperties(Mine.prototype, Object.getOwnPropertyDescriptors(members));
    assert.throws(() => runLab(lab, { implementation: Mine, scenario: 'one-leaves' }), message);
  });
}

test('settings that change nothing are said', () => {
  const ignored = (parameters: Record<string, unknown>, algorithm: string) =>
    runLab(lab, { algorithm, scenario: 'one-leaves', parameters }).report.ignored;
  assert.deepEqual(ignored({ virtualNodes: 9 }, 'jump'), [
    { what: 'virtualNodes', why: 'Jump hash does not use it; used by Hash ring and Bounded loads' },
  ]);
  assert.equal(ignored({ virtualNodes: 9 }, 'ring'), undefined);
  assert.deepEqual(ignored({ remove: 0, removeFrom: 'last' }, 'ring'), [
    { what: 'removeFrom', why: 'no server leaves: remove is 0' },
  ]);
});
