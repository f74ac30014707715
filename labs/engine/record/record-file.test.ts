import assert from 'node:assert/strict';
import { test } from 'node:test';
import { EventKind } from '../trace/event.ts';
import { TraceRecorder } from '../trace/recorder.ts';
import { TraceStore } from '../trace/store.ts';
import { madeByOther } from './engine-version.ts';
import { decodeRecord, decodeSummary, encodeRecord, RecordError } from './record-file.ts';
import { summaryOf, type RunRecord } from './run-record.ts';

function record(events: number): RunRecord {
  const store = new TraceStore({ maxEvents: events });
  const recorder = new TraceRecorder({ maxEvents: events, sink: { batch: (...batch) => store.append(...batch) } });
  for (let i = 0; i < events; i++) {
    recorder.append(EventKind.sample, i, recorder.intern(`node-${i % 3}`), -1, recorder.intern('load'), -1, 0, i / 7);
  }
  const trace = recorder.finish();
  return {
    id: '6f1b2c3d-0000-4000-8000-000000000001',
    engineVersion: '0.1.0',
    lab: 'counting',
    algorithm: 'plain',
    scenario: 'few',
    seed: 7,
    parameters: { count: 10, hash: 'md5' },
    interventions: [{ anchor: '#3', action: 'remove', arguments: { server: 'shard-1' } }],
    startedAt: 1_700_000_000_000,
    state: 'finished',
    report: {
      lab: 'counting',
      algorithm: 'plain',
      scenario: 'few',
      seed: 7,
      parameters: { count: 10 },
      trace,
      metrics: { counted: 10 },
      theory: [],
      checks: [],
      result: { deep: [1, 'zwei', null, { drei: true }] },
      takeaways: ['It counted 10.'],
      unapplied: [],
    },
    program: { lab: 'counting', edited: true, files: [{ file: '/copy/counting/lab.ts', text: '…', sha256: 'ab' }] },
    console: ['here'],
    events,
    strings: [...store.strings],
    columns: store.window(0, store.length),
  };
}

test('a record comes back as it was', async () => {
  for (const events of [0, 1, 5000]) {
    const before = record(events);
    const bytes = await encodeRecord(before);
    assert.deepEqual(await decodeRecord(bytes), before);
    assert.deepEqual(decodeSummary(bytes), summaryOf(before));
  }
});

test('a summary needs only the first bytes', async () => {
  const before = record(5000);
  const bytes = await encodeRecord(before);
  assert.deepEqual(decodeSummary(bytes.subarray(0, 1000)), summaryOf(before));
});

test('a record of an earlier engine opens, and says whose it is, in lists too', async () => {
  const bytes = await encodeRecord(record(3));
  assert.equal(madeByOther(decodeSummary(bytes).engineVersion), 'made by an earlier engine');
  assert.equal((await decodeRecord(bytes)).columns.length, 3);
});

test('every byte counts: a record with one of them changed is refused', async () => {
  const bytes = await encodeRecord(record(3));
  for (let at = 0; at < bytes.length; at++) {
    const flipped = Buffer.from(bytes);
    flipped[at]! ^= 0x10;
    await assert.rejects(decodeRecord(flipped), RecordError, `byte ${at}`);
  }
});

test('a record that is cut short or has something after its end is refused', async () => {
  const bytes = await encodeRecord(record(3));
  for (let length = 0; length < bytes.length; length++) {
    await assert.rejects(decodeRecord(bytes.subarray(0, length)), RecordError);
  }
  await assert.rejects(decodeRecord(Buffer.concat([bytes, Buffer.of(0)])), /after its end/);
});

test('another version and another kind of file are named', async () => {
  const bytes = await encodeRecord(record(3));
  bytes.writeUInt32LE(2, 8);
  await assert.rejects(decodeRecord(bytes), /version 2 of the format/);
  await assert.rejects(decodeRecord(Buffer.alloc(1000)), /not a run of System Design Labs/);
});

test('a file that was taken for text on its way is said to be that', async () => {
  const bytes = await encodeRecord(record(300));
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
  const bytes = await encodeRecord(record(3));
  bytes.writeUInt32LE(1_000_000, 8 + 4); // the summary
  await assert.rejects(decodeRecord(bytes), /too large to keep: 1\.0 MB of summary \(at most 0\.1 MB\)$/);
});

test('sizes are refused before anything is unpacked', async () => {
  const bytes = await encodeRecord(record(3));
  bytes.writeUInt32LE(0xffff_ffff, 8 + 5 * 4); // rows
  await assert.rejects(decodeRecord(bytes), /too large to keep/);
});
