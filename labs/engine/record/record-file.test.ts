import assert from 'node:assert/strict';
import { test } from 'node:test';
import { madeByOther } from './engine-version.ts';
import { decodeRecord, decodeSummary, encodeRecord, RecordError } from './record-file.ts';
import { summaryOf } from './run-record.ts';
import { exampleRecord } from './testing/example-record.ts';

test('a record comes back as it was', async () => {
  for (const events of [0, 1, 5000]) {
    const before = exampleRecord(events);
    const bytes = await encodeRecord(before);
    assert.deepEqual(await decodeRecord(bytes), before);
    assert.deepEqual(decodeSummary(bytes), summaryOf(before));
  }
});

test('a summary needs only the first bytes', async () => {
  const before = exampleRecord(5000);
  const bytes = await encodeRecord(before);
  assert.deepEqual(decodeSummary(bytes.subarray(0, 1000)), summaryOf(before));
});

test('a record of an earlier engine opens, and says whose it is, in lists too', async () => {
  const bytes = await encodeRecord(exampleRecord(3));
  assert.equal(madeByOther(decodeSummary(bytes).engineVersion), 'made by an earlier engine');
  assert.equal((await decodeRecord(bytes)).columns.length, 3);
});

test('every byte counts: a record with one of them changed is refused', async () => {
  const bytes = await encodeRecord(exampleRecord(3));
  for (let at = 0; at < bytes.length; at++) {
    const flipped = Buffer.from(bytes);
    flipped[at]! ^= 0x10;
    await assert.rejects(decodeRecord(flipped), RecordError, `byte ${at}`);
  }
});

test('a record that is cut short or has something after its end is refused', async () => {
  const bytes = await encodeRecord(exampleRecord(3));
  for (let length = 0; length < bytes.length; length++) {
    await assert.rejects(decodeRecord(bytes.subarray(0, length)), RecordError);
  }
  await assert.rejects(decodeRecord(Buffer.concat([bytes, Buffer.of(0)])), /after its end/);
});

test('another version and another kind of file are named', async () => {
  const bytes = await encodeRecord(exampleRecord(3));
  bytes.writeUInt32LE(2, 8);
  await assert.rejects(decodeRecord(bytes), /version 2 of the format/);
  await assert.rejects(decodeRecord(Buffer.alloc(1000)), /not a run of System Design Labs/);
});

test('a file that was taken for text on its way is said to be that', async () => {
  const bytes = await encodeRecord(exampleRecord(300));
  const asLatin1 = Buffer.from(bytes.toString('latin1'));
  const asUtf8 = Buffer.from(bytes.toString('utf8'));
  const marked = Buffer.concat([Buffer.from('\uFEFF'), asUtf8]);
  const otherLineEnds = Buffer.from(bytes.toString('latin1').replaceAll('\r\n', '\n'), 'latin1');
  for (const damaged of [asLatin1, asUtf8, marked, otherLineEnds]) {
    await assert.rejects(decodeRecord(damaged), (error) => {
      assert.ok(error instanceof RecordError);
      return /saved or sent as text/.test(error.message);
    });
  }
});

test('what is too large is named, and nothing else', async () => {
  const bytes = await encodeRecord(exampleRecord(3));
  bytes.writeUInt32LE(1_000_000, 8 + 4); // the summary
  await assert.rejects(decodeRecord(bytes), /too large to keep: 1\.0 MB of summary \(at most 0\.3 MB\)$/);
});

test('sizes are refused before anything is unpacked', async () => {
  const bytes = await encodeRecord(exampleRecord(3));
  bytes.writeUInt32LE(0xffff_ffff, 8 + 5 * 4); // rows
  await assert.rejects(decodeRecord(bytes), /too large to keep/);
});
