import assert from 'node:assert/strict';
import { test } from 'node:test';
import { encodeRecord, RecordError } from '../../labs/engine/record/record-file.ts';
import type { RunRecord } from '../../labs/engine/record/run-record.ts';
import { EventKind } from '../../labs/engine/trace/event.ts';
import { maxFileBytes, readRunFile, requireReadableSize } from './read-run-file.ts';
import { handMadeRun } from './testing/hand-made-run.ts';

async function refusalOf(change: (record: RunRecord) => void): Promise<string> {
  const record = handMadeRun();
  change(record);
  const bytes = await encodeRecord(record);
  const error = await readRunFile(bytes).then(
    () => assert.fail('it was read'),
    (refusal: Error) => refusal,
  );
  assert.ok(error instanceof RecordError, String(error));
  return error.message;
}

test('a run comes out of its file as it went in', async () => {
  const record = handMadeRun();
  assert.deepEqual(await readRunFile(await encodeRecord(record)), record);
});

test('a file with any byte of it flipped is refused in words', async () => {
  const bytes = await encodeRecord(handMadeRun());
  for (let at = 0; at < bytes.length; at++) {
    const flipped = new Uint8Array(bytes);
    flipped[at]! ^= 0xff;
    await assert.rejects(readRunFile(flipped), RecordError, `byte ${at}`);
  }
});

test('a trace that leads nowhere is refused, however right its checksum is', async () => {
  assert.match(await refusalOf(({ columns }) => (columns.node[1] = 99)), /event 1 names a text that is not there/);
  assert.match(await refusalOf(({ columns }) => (columns.label[0] = -2)), /event 0 names a text/);
  assert.match(await refusalOf(({ columns }) => (columns.cause[1] = 1)), /event 1 has a cause that does not precede/);
  assert.match(await refusalOf(({ columns }) => (columns.time[2] = NaN)), /event 2 has no time/);
  assert.match(await refusalOf((record) => (record.events = 1)), /counts 1 events and holds 3/);
});

test('events of a kind that came later ask for an update', async () => {
  assert.equal(Object.values<number>(EventKind).includes(250), false);
  assert.match(await refusalOf(({ columns }) => (columns.kind[0] = 250)), /kind \(250\).*update System Design Labs/);
});

test('facts of the wrong shape are refused in words', async () => {
  assert.match(await refusalOf((record) => (record.seed = 'one' as unknown as number)), /damaged: seed/);
});

test('a file that is too large is not read at all', () => {
  requireReadableSize(maxFileBytes);
  assert.throws(() => requireReadableSize(maxFileBytes + 1), /takes 201 MB, and a run takes 200 MB at most/);
});
