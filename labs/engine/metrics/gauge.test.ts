import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Gauge } from './gauge.ts';

describe('a gauge', () => {
  it('weighs each value by how long it held', () => {
    const queue = new Gauge();
    queue.set(2, 10);
    queue.set(3, 0);
    assert.equal(queue.mean(10), 1);
    assert.equal(queue.integral(10), 10);
    assert.equal(queue.highest, 10);
  });

  it('goes up and down', () => {
    const present = new Gauge(100, 1);
    present.add(110, 2);
    present.add(120, -3);
    assert.equal(present.value, 0);
    assert.equal(present.mean(140), (1 * 10 + 3 * 10) / 40);
  });

  it('forgets the warm-up and keeps the value', () => {
    const present = new Gauge(0, 50);
    present.set(10, 2);
    present.restart(20);
    assert.equal(present.mean(30), 2);
    assert.equal(present.highest, 2);
  });

  it('has no mean over no time', () => {
    assert.ok(Number.isNaN(new Gauge(5).mean(5)));
  });

  it('refuses to go back in time', () => {
    const gauge = new Gauge(10);
    assert.throws(() => gauge.set(9, 1), /time went back from 10 to 9/);
  });
});
