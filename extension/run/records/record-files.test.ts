import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import { largestFile, RecordError } from '../../../labs/engine/record/record-file.ts';
import { exampleRecord } from '../../../labs/engine/record/testing/example-record.ts';
import { recordFiles, temporaryFolder } from '../testing/built.ts';
import { RecordFiles, requireReadableSize } from './record-files.ts';

/** Files whose thread does this instead. */
async function filesWhoseThread(does: string, limits: { memory: number; deadline: number }): Promise<RecordFiles> {
  const file = path.join(await temporaryFolder(), 'worker.mjs');
  await writeFile(file, does);
  return new RecordFiles(file, limits);
}

test('a run comes out of its file as it went in', async () => {
  const files = await recordFiles();
  for (const events of [0, 3, 5000]) {
    const record = exampleRecord(events);
    assert.deepEqual(await files.read(await files.write(record)), record);
  }
});

test('a refusal comes out of the thread in its words, and the next file is read all the same', async () => {
  const files = await recordFiles();
  const bytes = await files.write(exampleRecord(3));
  const [refused, read, unwritten] = await Promise.allSettled([
    files.read(bytes.subarray(0, 100)),
    files.read(bytes),
    files.write({ ...exampleRecord(3), seed: NaN }),
  ]);
  assert.ok(refused.status === 'rejected' && refused.reason instanceof RecordError);
  assert.match(refused.reason.message, /damaged: it is cut short/);
  assert.equal(read.status, 'fulfilled');
  assert.ok(unwritten.status === 'rejected' && unwritten.reason instanceof RecordError);
  assert.match(unwritten.reason.message, /cannot be kept: seed/);
});

test('a file that takes too much memory ends its thread and nothing else', async () => {
  const files = await filesWhoseThread('let kept; for (;;) kept = { kept };', { memory: 32, deadline: 600_000 });
  await assert.rejects(files.read(new Uint8Array(10)), (error: Error) => {
    assert.ok(error instanceof RecordError);
    return /cannot be read: it takes more than 32 MB of memory/.test(error.message);
  });
});

test('a file that takes too long is given up', async () => {
  const files = await filesWhoseThread('for (let turns = 0; ; turns++);', { memory: 32, deadline: 20 });
  await assert.rejects(files.read(new Uint8Array(10)), /cannot be read: it takes longer than 0\.02 s/);
});

test('a thread that breaks or ends without a word is no word either', async () => {
  const limits = { memory: 32, deadline: 600_000 };
  const broken = await filesWhoseThread("throw new Error('no')", limits);
  await assert.rejects(broken.write(exampleRecord(0)), (error: Error) => error instanceof RecordError);
  const silent = await filesWhoseThread('', limits);
  await assert.rejects(silent.read(new Uint8Array(10)), /the thread that did so has ended/);
});

test('a file that is too large is not read at all', async () => {
  requireReadableSize(largestFile);
  assert.throws(() => requireReadableSize(largestFile + 1), /takes 95 MB, and a run takes 95 MB at most/);
});
