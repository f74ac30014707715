import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { OutcomeCounter } from './outcomes.ts';

describe('outcomes', () => {
  it('never give a throughput without what it is worth', () => {
    const outcomes = new OutcomeCounter();
    for (let i = 0; i < 30; i++) outcomes.succeed();
    for (let i = 0; i < 6; i++) outcomes.fail('queue full');
    for (let i = 0; i < 4; i++) outcomes.fail('server down');
    assert.deepEqual(outcomes.throughput(10), { rate: 3, succeeded: 30, failed: 10, successShare: 0.75 });
    assert.deepEqual([...outcomes.failures], [['queue full', 6], ['server down', 4]]); // prettier-ignore
  });

  it('have no share where nothing ended', () => {
    assert.ok(Number.isNaN(new OutcomeCounter().throughput(1).successShare));
  });
});
