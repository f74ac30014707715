import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FixedWindow } from './fixed-window.ts';
import { Keyed } from './keyed.ts';
import { ManualClock } from './testing/clock.ts';
import { TokenBucket } from './token-bucket.ts';

test('each client has a limit of its own', () => {
  const clock = new ManualClock();
  const keyed = new Keyed(() => new TokenBucket({ rate: 1, burst: 2 }, clock.read));
  const decisions = ['a', 'a', 'a', 'b', 'a', 'b', 'b'].map((client) => keyed.admit(client));
  assert.deepEqual(decisions, [true, true, false, true, false, true, false]);
  assert.equal(keyed.size, 2);
});

test('clients that come once and never again are forgotten, those that matter are not', () => {
  const clock = new ManualClock();
  const keyed = new Keyed(() => new FixedWindow({ limit: 2, window: 1000 }, clock.read));
  let most = 0;
  for (let visitor = 0; visitor < 100_000; visitor++) {
    clock.now = visitor; // a thousand newcomers in each window
    assert.ok(keyed.admit(`visitor-${visitor}`));
    most = Math.max(most, keyed.size);
  }
  assert.ok(most <= 4000, `${most} remembered, of which 1000 at most matter`);
  const held = new Keyed(() => new FixedWindow({ limit: 1, window: 1e9 }, clock.read));
  for (let visitor = 0; visitor < 1000; visitor++) held.admit(`visitor-${visitor}`);
  assert.equal(held.size, 1000);
  for (let visitor = 0; visitor < 1000; visitor++) assert.equal(held.admit(`visitor-${visitor}`), false);
});
