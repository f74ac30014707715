/** Threads end while they are asked where they are, again and again: this process would not survive the wrong moment. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { test } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { Shared, type WorkerCode } from './messages.ts';
import { ThreadWatch } from './where.ts';

const code: WorkerCode = { kind: 'file', url: 'file:///none.mjs' };
const where = JSON.stringify(new URL('where.ts', import.meta.url).href);
const options = { eval: true, execArgv: ['--experimental-strip-types', '--no-warnings'] };

/** A thread that runs this, once it runs; when it ends by itself, it leaves through the door. */
async function threadThat(does: string): Promise<{ worker: Worker; watch: ThreadWatch }> {
  const shared = new Int32Array(new SharedArrayBuffer(4 * Shared.slots));
  const text = `const { parentPort, workerData } = require('node:worker_threads');
    import(${where}).then(({ leaveThread }) => {
      process.on('exit', () => leaveThread(workerData));
      parentPort.postMessage('here');
      ${does}
    });`;
  const worker = new Worker(text, { ...options, workerData: shared });
  await once(worker, 'message');
  return { worker, watch: new ThreadWatch(worker, shared) };
}

// The loop calls something: out of one that does not, V8 12 (Node 22) now and then takes no interrupt once it is debugged,
// nor does it end; then its runner is killed.
const loop =
  '(function round() { const next = (turns) => turns + 1; for (let turns = 0; ; ) turns = next(turns); })();';

test('a thread in a loop says where it is, and so does the next', async () => {
  for (let round = 0; round < 3; round++) {
    const { watch } = await threadThat(loop);
    const stack = await watch.where(code, 60_000);
    await watch.end();
    assert.match(stack ?? '', /^ {4}at round /m);
    assert.equal(await watch.where(code, 60_000), undefined);
  }
});

test('of two threads each says where it is itself', async () => {
  const threads = await Promise.all(['first', 'second'].map((name) => threadThat(loop.replace('round', name))));
  const stacks = [await threads[1]!.watch.where(code, 60_000), await threads[0]!.watch.where(code, 60_000)];
  await Promise.all(threads.map(({ watch }) => watch.end()));
  assert.match(stacks[0] ?? '', /^ {4}at second /m);
  assert.match(stacks[1] ?? '', /^ {4}at first /m);
});

test('a thread is ended while it is asked', async () => {
  for (let round = 0; round < 20; round++) {
    const { watch } = await threadThat(loop);
    const answer = watch.where(code, 1000);
    for (let turn = 0; turn < round % 7; turn++) await setImmediate();
    await watch.end();
    await answer;
  }
});

test('a thread ends by itself while it is asked', async () => {
  for (let round = 0; round < 20; round++) {
    const { worker, watch } = await threadThat(`for (let i = 0; i < ${round} * 1e6; i++);`);
    const gone = once(worker, 'exit');
    await watch.where(code, 100);
    await gone;
  }
});
