import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { allocateColumns, bufferOf, bytesPerEvent, columnsOver } from '../trace/columns.ts';
import { EventKind } from '../trace/event.ts';
import { decodeRecord, decodeSummary, encodeRecord, RecordError } from './record-file.ts';
import type { RunRecord } from './run-record.ts';
import { exampleRecord } from './testing/example-record.ts';
import { forgedFile, partsOf, type Forgery } from './testing/forged-file.ts';
import { fuzzRecords } from './testing/fuzz-records.ts';

/** What is said of a file that somebody has made; nothing but a RecordError is a refusal. */
async function refusalOf(change: Partial<Forgery>): Promise<string> {
  const file = forgedFile({ ...partsOf(exampleRecord(3)), ...change });
  const error = await decodeRecord(file).then(
    () => assert.fail('it was read'),
    (refusal: Error) => refusal,
  );
  assert.ok(error instanceof RecordError, String(error.stack));
  assert.ok(error.message.length < 500, `${error.message.length} characters`);
  return error.message;
}

/** The facts of a run with some of them changed. */
function facts(change: Record<string, unknown>): Buffer {
  const { columns: _, ...given } = exampleRecord(3);
  return Buffer.from(JSON.stringify({ ...given, ...change }));
}

/** Facts with JSON put into them as it is. */
function factsWith(name: string, json: string): Buffer {
  const { columns: _, ...given } = exampleRecord(3);
  return Buffer.from(`${JSON.stringify(given).slice(0, -1)},${JSON.stringify(name)}:${json}}`);
}

const ballast = randomBytes(64 * 1024).toString('base64');

/** JSON beside which so much lies that does not pack that the whole packs no better than usual. */
function withBallast(json: string): string {
  return `[${json},"${ballast}"]`;
}

test('what is larger than a run is refused by what the file says of itself, and what says less is not unpacked', async () => {
  const zeros = factsWith('console', `[${'0,'.repeat(3_000_000)}0]`);
  // What a file says of itself counts before what is in it, which is less here than it says.
  const said = (facts: number): Partial<Forgery> => ({ facts: zeros, sizes: { facts } });
  assert.match(await refusalOf(said(24_000_000)), /too large to keep: 22\.9 MB of texts \(at most 16\.0 MB\)/);
  assert.match(await refusalOf(said(2 ** 32 - 1)), /too large to keep: 4096\.0 MB of texts/);
  assert.match(await refusalOf(said(1000)), /does not unpack to the size it says/);
  const trace = new Uint8Array(100_000 * bytesPerEvent);
  assert.match(await refusalOf({ trace, sizes: { rows: 8_000_000 } }), /8000000 events \(at most 2000000\)/);
  assert.match(await refusalOf({ trace, sizes: { rows: 3 } }), /does not unpack to the size it says/);
});

test('what packs better than runs do is refused before it is unpacked', async () => {
  const ratio = /bytes of it unpack to \d+, more than 50 times as many/;
  assert.match(await refusalOf({ facts: factsWith('console', `[${'0,'.repeat(1_000_000)}0]`) }), ratio);
  assert.match(await refusalOf({ facts: factsWith('more', `[${'[],'.repeat(1_000_000)}[]]`) }), ratio);
  assert.match(await refusalOf({ facts: Buffer.alloc(2_000_000, '[') }), ratio);
  assert.match(await refusalOf({ trace: new Uint8Array(100_000 * bytesPerEvent) }), ratio);
});

test('more values and more depth than a run has are refused before they are parsed, under any name', async () => {
  const many = /holds more than 1000000 values/;
  const deep = /is nested more than 128 deep/;
  for (const name of ['console', 'result', 'nobody-knows-it']) {
    for (const item of ['0,', '[],', '{},']) {
      const list = `[${item.repeat(1_000_000)}0]`;
      assert.match(await refusalOf({ facts: factsWith(name, withBallast(list)) }), many, `${name}: ${item}`);
    }
    assert.match(await refusalOf({ facts: factsWith(name, '['.repeat(900_000)) }), deep);
    assert.match(
      await refusalOf({ facts: factsWith(name, `${'{"a":'.repeat(100_000)}0${'}'.repeat(100_000)}`) }),
      deep,
    );
  }
  assert.match(await refusalOf({ facts: Buffer.from('{"id":') }), /is no JSON/);
  assert.match(await refusalOf({ facts: Buffer.from([0x22, 0xff, 0x22]) }), /is no text/);
});

test('a summary is held to the same limits', async () => {
  const parts = partsOf(exampleRecord(3));
  const summary = (json: string) => (): unknown => decodeSummary(forgedFile({ ...parts, summary: Buffer.from(json) }));
  assert.throws(summary('['.repeat(60_000)), /nested more than 128 deep/);
  assert.throws(summary('{}'), RecordError);
  assert.throws(summary('{"id": 5'), RecordError);
});

test('the first issue ends it, and is named', async () => {
  const { report } = exampleRecord(3);
  const cases: [Record<string, unknown>, RegExp][] = [
    [{ console: Array.from({ length: 5000 }, () => 0) }, /damaged: console\.0: must be a text/],
    [{ console: Array.from({ length: 20_000 }, () => '') }, /console: must have at most 10000 items/],
    [{ console: { length: 1 } }, /console: must be a list/],
    [{ seed: 'one' }, /damaged: seed: must be a number/],
    [{ startedAt: -1 }, /startedAt/],
    [{ startedAt: 1.5 }, /startedAt/],
    [{ startedAt: 1e15 }, /startedAt: is no time/],
    [{ events: 2 ** 40 }, /events: is more than a run has/],
    [{ events: 1 }, /counts 1 events and holds 3/],
    [{ engineVersion: 'x'.repeat(1e6) }, /engineVersion: is no version/],
    [{ parameters: { ['p'.repeat(1e6)]: 1 } }, /parameters/],
    [
      { parameters: Object.fromEntries(Array.from({ length: 300 }, (_, n) => [n, n])) },
      /parameters: must have at most 200/,
    ],
    [{ report: undefined }, /says that it finished, and has no report/],
    [{ state: 'failed', report: undefined }, /says that it failed, and not why/],
    [{ state: 'failed', failure: { reason: 'threw', message: '' } }, /says that it failed/],
    [{ state: 'failed', report: undefined, failure: { reason: 'threw', message: 'x'.repeat(1e6) } }, /says too much/],
    [{ lab: 'other' }, /its report is of another lab/],
    [{ seed: 8 }, /its report is of another seed/],
    [{ report: { ...report, trace: { ...report!.trace, hash: '0'.repeat(32) } } }, /not the one that its hash names/],
    [{ report: { ...report, trace: { ...report!.trace, events: 4 } } }, /its report counts 4 events/],
    [{ report: { ...report, trace: { ...report!.trace, dropped: 1 } } }, /1 of them not kept/],
    [{ strings: ['another', 'text', 'load', 'node-1', 'node-2'] }, /not the one that its hash names/],
  ];
  for (const [change, expected] of cases) assert.match(await refusalOf({ facts: facts(change) }), expected);
});

test('a trace that leads nowhere is refused, however right its checksum is', async () => {
  const traced = (change: (columns: RunRecord['columns']) => void): Promise<string> => {
    const { trace } = partsOf(exampleRecord(3));
    change(columnsOver(trace.buffer as ArrayBuffer, 3, 3));
    return refusalOf({ trace });
  };
  assert.match(await traced(({ node }) => (node[1] = 99)), /event 1 names a text that is not there/);
  assert.match(await traced(({ peer }) => (peer[1] = 2 ** 31 - 1)), /event 1 names a text that is not there/);
  assert.match(await traced(({ label }) => (label[0] = -2)), /event 0 names a text/);
  assert.match(await traced(({ cause }) => (cause[1] = 1)), /event 1 has a cause that does not precede/);
  assert.match(await traced(({ time }) => (time[2] = NaN)), /event 2 has no time/);
  assert.match(await traced(({ value }) => (value[2] = 7)), /not the one that its hash names/);
  assert.equal(Object.values<number>(EventKind).includes(250), false);
  assert.match(await traced(({ kind }) => (kind[0] = 250)), /kind \(250\).*update System Design Labs/);
});

test('what could not be read again is not written', async () => {
  const record = exampleRecord(3);
  const refused = async (change: Partial<RunRecord>): Promise<string> =>
    encodeRecord({ ...record, ...change }).then(
      () => assert.fail('it was written'),
      (error: Error) => error.message,
    );
  const odd = { ...record.report!, result: NaN };
  assert.match(await refused({ seed: Infinity }), /what the run left cannot be kept: seed/);
  assert.match(
    await refused({ report: { ...record.report!, lab: 'other' } }),
    /cannot be kept: its report is of another/,
  );
  assert.match(await refused({ events: 2 }), /cannot be kept: it counts 2 events and holds 3/);
  // As it comes out of JSON, it can be read.
  const { report } = await decodeRecord(await encodeRecord({ ...record, report: odd }));
  assert.equal(report!.result, null);
});

test('a run whose events are all alike packs too well to be believed, and is kept all the same', async () => {
  const columns = allocateColumns(100_000);
  columns.length = 100_000;
  for (const names of [columns.node, columns.peer, columns.label, columns.cause]) names.fill(-1);
  const strings = ['a'];
  const { report: _, ...asked } = exampleRecord(0);
  const failure = { reason: 'stopped', message: 'the run was stopped' } as const;
  const alike: RunRecord = { ...asked, state: 'failed', failure, strings, events: 100_000, columns };
  const read = await decodeRecord(await encodeRecord(alike));
  assert.deepEqual(Buffer.from(bufferOf(read.columns)), Buffer.from(bufferOf(columns)));
});

test('whatever was done to a file, it gives the record that it was or a refusal in words', async () => {
  for (const seed of [1, 2, 3]) await fuzzRecords(seed, { most: 150 });
});
