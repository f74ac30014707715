import assert from 'node:assert/strict';
import { test } from 'node:test';
import { builtFiles, counting, learnersCopy, runService } from './testing/built.ts';

test('a bundled lab runs, and its trace comes whole', async () => {
  const service = await runService();
  const run = service.start(counting({ parameters: { count: 20_000 } }));
  assert.equal(run.state, 'running');
  await run.finished;
  assert.equal(run.failure, undefined);
  assert.equal(run.report!.metrics.counted, 20_000);
  assert.equal(run.trace.length, 20_001);
  assert.equal(run.trace.event(1).node, 'counter');
});

test('a copy runs like the bundled lab: the same trace hash', async () => {
  const service = await runService();
  const bundled = await service.start(counting()).finished;
  const copied = await service.start(counting({ source: await learnersCopy() })).finished;
  assert.equal(copied.failure, undefined);
  assert.equal(copied.report!.trace.hash, bundled.report!.trace.hash);
});
