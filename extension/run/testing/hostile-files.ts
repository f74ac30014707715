/** Sixty run files that somebody has made: checksums and sizes are right where that gets further. */
import assert from 'node:assert/strict';
import { randomSource } from '../../../labs/engine/random/random.ts';
import { decodeSummary, RecordError } from '../../../labs/engine/record/record-file.ts';
import { exampleRecord } from '../../../labs/engine/record/testing/example-record.ts';
import { forgedFile, partsOf, sealed, type Forgery } from '../../../labs/engine/record/testing/forged-file.ts';
import { columnsOver, type Columns } from '../../../labs/engine/trace/columns.ts';
import { recordFiles } from './fixture.ts';

export interface HostileFile {
  name: string;
  /** Made only when its turn comes: some are large. */
  make: () => Buffer;
}

const events = 3;

/** Bytes that do not pack, so that the whole packs no better than usual. */
function ballast(): string {
  const random = randomSource(1).stream('ballast');
  return Buffer.from(Array.from({ length: 64 * 1024 }, () => random.integer(256))).toString('base64');
}

export function hostileFiles(): readonly HostileFile[] {
  const files: HostileFile[] = [];
  const add = (name: string, make: () => Buffer): void => void files.push({ name, make });
  const forged = (name: string, change: () => Partial<Forgery>): void =>
    add(name, () => forgedFile({ ...partsOf(exampleRecord(events)), ...change() }));
  const facts = (name: string, change: Record<string, unknown>): void =>
    forged(`${name} in its facts`, () => ({ facts: factsWith(change) }));
  const json = (name: string, text: () => string): void => {
    for (const field of ['console', 'result', 'nobody-knows-it']) {
      forged(`${name} as '${field}'`, () => ({ facts: factsWithText(field, text()) }));
    }
  };
  const traced = (name: string, change: (columns: Columns) => void): void =>
    forged(`${name} in its trace`, () => {
      const { trace } = partsOf(exampleRecord(events));
      change(columnsOver(trace.buffer as ArrayBuffer, events, events));
      return { trace };
    });

  const whole = (): Buffer => forgedFile(partsOf(exampleRecord(events)));
  add('nothing', () => Buffer.alloc(0));
  add('one byte', () => Buffer.from('S'));
  add('its first words only', () => Buffer.from('SDLRUN\r\n'));
  add('a text', () => Buffer.from('This is no run.'.repeat(100)));
  add('a megabyte of zeros under a checksum', () => sealed(Buffer.alloc(1e6)));
  for (const share of [0.1, 0.5, 0.99]) {
    add(`${share} of a run`, () => whole().subarray(0, whole().length * share));
  }
  add('two runs in one', () => Buffer.concat([whole(), whole()]));
  add('a run of another format', () => {
    const bytes = whole().subarray(0, -32);
    bytes.writeUInt32LE(99, 8);
    return sealed(bytes);
  });
  for (const part of [1, 2, 3, 4, 5]) {
    add(`a size of four gigabytes, the ${part}. of them`, () => {
      const bytes = Buffer.from(whole().subarray(0, -32));
      bytes.writeUInt32LE(2 ** 32 - 1, 8 + 4 * part);
      return sealed(bytes);
    });
  }
  json('a million zeros', () => `["${ballast()}",${'0,'.repeat(1_100_000)}0]`);
  json('a million lists', () => `["${ballast()}",${'[],'.repeat(1_100_000)}0]`);
  json('brackets without end', () => '['.repeat(900_000));
  json('objects in one another', () => `${'{"a":'.repeat(100_000)}0${'}'.repeat(100_000)}`);
  json('24 MB of zeros', () => `[${'0,'.repeat(12_000_000)}0]`);
  forged('100 MB of zeros for a trace', () => ({ trace: new Uint8Array(100 * 1024 * 1024) }));
  forged('bytes that are no text', () => ({ facts: Buffer.from([0x22, 0xff, 0x22]) }));
  forged('half a fact', () => ({ facts: Buffer.from('{"id":') }));
  forged('an empty summary', () => ({ summary: Buffer.from('{}') }));
  forged('a deep summary', () => ({ summary: Buffer.from('['.repeat(60_000)) }));
  forged('a summary of another run', () => ({ summary: Buffer.from('{"id":"other"}') }));
  forged('eight million events, as it says', () => ({ sizes: { rows: 8_000_000 } }));
  forged('fewer facts than it says', () => ({ sizes: { facts: 2_000_000 } }));
  facts('a console of numbers', { console: [0, 0] });
  facts('a console that pretends', { console: { length: 1e9 } });
  facts('20,000 lines', { console: Array.from({ length: 20_000 }, () => '') });
  facts('a seed in words', { seed: 'one' });
  facts('a beginning before all time', { startedAt: -1 });
  facts('a beginning after all time', { startedAt: 1e15 });
  facts('events without end', { events: 2 ** 40 });
  facts('a version of a megabyte', { engineVersion: 'x'.repeat(1e6) });
  facts('300 parameters', { parameters: Object.fromEntries(Array.from({ length: 300 }, (_, n) => [n, n])) });
  facts('no report', { report: undefined });
  facts('a failure without words', { state: 'failed', report: undefined, failure: { reason: 'spite', message: 5 } });
  facts('a failure of a megabyte', {
    state: 'failed',
    report: undefined,
    failure: { reason: 'threw', message: 'x'.repeat(1e6) },
  });
  facts("another lab's report", { lab: 'other' });
  facts('an id that is a way', { id: '../../elsewhere' });
  facts('texts that are none', { strings: [1, 2] });
  traced('a node that is not there', ({ node }) => (node[1] = 99));
  traced('a peer that is not there', ({ peer }) => (peer[1] = 2 ** 31 - 1));
  traced('a cause in the future', ({ cause }) => (cause[1] = 2));
  traced('a label below all', ({ label }) => (label[0] = -2));
  traced('an event of a kind that there is not', ({ kind }) => (kind[0] = 250));
  traced('no time', ({ time }) => (time[2] = NaN));
  traced('another figure', ({ value }) => (value[2] = 7));
  return files;
}

function factsWith(change: Record<string, unknown>): Buffer {
  const { columns: _, ...given } = exampleRecord(events);
  return Buffer.from(JSON.stringify({ ...given, ...change }));
}

function factsWithText(name: string, json: string): Buffer {
  const { columns: _, ...given } = exampleRecord(events);
  return Buffer.from(`${JSON.stringify(given).slice(0, -1)},${JSON.stringify(name)}:${json}}`);
}

/** Lists one and opens it, as the extension does. @throws AssertionError where it is not refused in words */
export async function tryFile({ name, make }: HostileFile): Promise<void> {
  const files = await recordFiles();
  const bytes = make();
  const doors = [async () => decodeSummary(bytes), () => files.read(bytes)];
  const answers = await Promise.allSettled(doors.map((open) => open()));
  const refusals = answers.flatMap((answer) => (answer.status === 'rejected' ? [answer.reason as Error] : []));
  assert.ok(refusals.length > 0, `the run file with ${name} was taken for a run`);
  for (const { stack, message, constructor } of refusals) {
    assert.equal(constructor, RecordError, `the run file with ${name}: ${stack}`);
    assert.ok(message.length < 500, `the run file with ${name}: ${message.length} characters`);
  }
}
