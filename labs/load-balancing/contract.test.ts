/** What a learner's balancer can do wrong besides choosing badly, and settings that change nothing. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runLab } from '../engine/testing/run-lab.ts';
import lab from './lab.ts';
import { RandomChoice } from './random-choice.ts';

const small = { servers: 3, requests: 20 };

for (const [what, pick, message] of [
  ['a text', () => '1', /pick of Mine returned '1': it must return the number of a server, 0 to 2/],
  ['a promise', () => Promise.resolve(1), /pick of Mine returned a promise/],
  ['a server that is not there', () => 3, /pick of Mine returned 3: .*0 to 2/],
  ['nothing', () => undefined, /pick of Mine returned undefined/],
  ['luck of its own', () => Math.floor(Math.random()), /pick of Mine uses Math\.random, .*: draw from the random that/],
  ['a clock of its own', () => Date.now(), /pick of Mine uses Date\.now, .*: read pool\.now$/],
] as [string, () => unknown, RegExp][]) {
  test(`a balancer that picks ${what} is refused`, () => {
    class Mine extends RandomChoice {}
    Object.defineProperty(Mine.prototype, 'pick', { value: pick });
    assert.throws(() => runLab(lab, { implementation: Mine, parameters: small }), message);
  });
}

test('more weights than servers, and other settings that change nothing, are said', () => {
  const ignored = (parameters: Record<string, unknown>, algorithm = 'weighted-smooth') =>
    runLab(lab, { algorithm, parameters: { ...small, ...parameters } }).report.ignored;
  assert.deepEqual(ignored({ weights: '1,2,3,4,5,6,7' }), [
    { what: 'weights', why: 'it has 7 figures, and there are 3 servers' },
  ]);
  assert.equal(ignored({ weights: '1,2,3' }), undefined);
  assert.equal(ignored({ weights: '1,2,3,4,5,6,7' }, 'random')!.length, 1, 'one reason is enough');
  assert.match(ignored({ weights: '1,2' }, 'random')![0]!.why, /^Random does not use it; used by/);
  assert.match(ignored({ weights: '1,2', topology: 'sharedQueue' })![0]!.why, /topology is perServer/);
  assert.equal(ignored({ healthInterval: 0, probe: lab.parameters.probe.options.at(-1) })![0]!.what, 'probe');
});
