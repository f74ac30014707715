import assert from 'node:assert/strict';
import { test } from 'node:test';
import { threadTime, type ThreadUsage } from './thread-time.ts';

const length = 300; // ms

function timeSpent(act: () => void): number {
  const before = threadTime();
  act();
  return threadTime() - before;
}

function sleep(): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, length);
}

function work(): void {
  for (const end = performance.now() + length; performance.now() < end;);
}

for (const [node, lacks] of [
  ['a Node that tells', false],
  ['a Node that does not tell what a thread has used', true],
] as const) {
  test(`under ${node}, sleeping costs next to nothing and working does not`, (t) => {
    if (lacks) {
      const { threadCpuUsage } = process as ThreadUsage;
      t.after(() => Object.assign(process, { threadCpuUsage }));
      Object.assign(process, { threadCpuUsage: undefined });
    }
    const [asleep, awake] = [timeSpent(sleep), timeSpent(work)];
    assert.ok(asleep < length / 2, `asleep ${asleep}`);
    assert.ok(awake > 0 && awake <= length * 1.1, `awake ${awake}`);
  });
}
