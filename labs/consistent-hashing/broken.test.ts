/** Each bug shows where its declaration says, and nowhere does the right algorithm show it. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runLab } from '../engine/testing/run-lab.ts';
import lab from './lab.ts';

const broken = lab.algorithms.filter((algorithm) => algorithm.broken);

test('there are three', () => {
  assert.equal(broken.length, 3);
});

for (const { id, broken: declared } of broken) {
  const { check: name, seed, scenario } = declared!;

  test(`${id}: ${name} breaks with seed ${seed}, and the detail names seed and key or server`, () => {
    const { report, events } = runLab(lab, { algorithm: id, seed, ...(scenario ? { scenario } : {}) });
    const check = report.checks.find((one) => one.name === name)!;
    assert.equal(check.verdict, 'broken');
    assert.ok(check.ok, 'as declared');
    assert.match(check.detail, new RegExp(`seed ${seed}`));
    assert.match(check.detail, /key-\d+|shard-\d+/);
    if (check.event !== undefined) assert.ok(['place', 'move'].includes(events[check.event]!.kind));
    for (const other of report.checks) assert.ok(other.ok, `${other.name}: ${other.detail}`);
  });
}
