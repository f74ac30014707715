/** What a learner's protocol can do wrong before anything is sent. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runLab } from '../engine/testing/run-lab.ts';
import lab from './lab.ts';
import { TwoPhaseCommit } from './two-phase.ts';

test('a protocol whose programs are none is refused by name', () => {
  const attempt = (members: object) => () => {
    class Mine extends TwoPhaseCommit {}
    Object.defineProperties(Mine.prototype, Object.getOwnPropertyDescriptors(members));
    return runLab(lab, { implementation: Mine });
  };
  assert.throws(
    attempt({ coordinator: () => undefined }),
    /coordinator of Mine returned undefined: it must return the program/,
  );
  assert.throws(
    attempt({ participant: () => ({ onMessage() {} }) }),
    /participant of Mine returned .*initialState\(\)/,
  );
  assert.throws(attempt({ participant: () => ({ initialState: () => ({}), onMessage: 5 }) }), /participant of Mine/);
  assert.throws(attempt({ participant: () => Math.random() }), /participant of Mine uses Math\.random/);
  assert.throws(
    () => runLab(lab, { implementation: class Mine {} }),
    /Mine has no coordinator\(\): every CommitProtocol/,
  );
});
