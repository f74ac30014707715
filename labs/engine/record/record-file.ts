/**
 * The file format of a run record.
 *
 * | bytes | what                                                        |
 * |-------|-------------------------------------------------------------|
 * | 8     | magic: `SDLRUN\r\n` (a transfer as text breaks it visibly)   |
 * | 4     | version of the format                                       |
 * | 4     | size of the summary: JSON, so that lists need not unpack     |
 * | 4, 4  | size of the facts as stored, and unpacked: JSON, deflated    |
 * | 4, 4  | size of the trace as stored, and its rows: packed columns, deflated |
 * | …     | summary, facts, trace                                       |
 * | 32    | SHA-256 of everything before it                             |
 *
 * Numbers are 32-bit, little-endian. Nothing that a file says is believed. Sizes are checked against limits and the file's
 * own length, and the hash against the content, before anything is unpacked; what is unpacked has the size it was said to
 * have; JSON is looked through before it is parsed, and what was parsed is checked by schema and against the trace. What is
 * written has passed the same checks, so that what was kept can be read again. Deflate at its fastest: it is everywhere
 * Node is, and most of a trace is random doubles, on which more effort gains little.
 */
import { isUtf8 } from 'node:buffer';
import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { deflateRaw, inflateRaw } from 'node:zlib';
import * as v from 'valibot';
import { firstFault } from '../protocol/bounded.ts';
import type { RunSummary } from '../protocol/panel.ts';
import { bufferOf, bytesPerEvent, columnsOver, packColumns, type Columns } from '../trace/columns.ts';
import { faultInJson } from './json-bounds.ts';
import { damaged, RecordError, unfit, type Complaint } from './record-error.ts';
import { recordedFacts, runSummary, summaryOf, type RunRecord } from './run-record.ts';
import { requireWhole } from './whole-record.ts';

export { RecordError };

export const recordVersion = 1;

const magic = Buffer.from('SDLRUN\r\n', 'latin1');
const headBytes = magic.length + 6 * 4;
const hashBytes = 32;
/** How many bytes it takes in UTF-8. */
const byteOrderMark = 3;

const megabyte = 2 ** 20;

/**
 * The most that a record may hold: bytes of JSON, and rows, of which the window keeps no more of any run. Rows are numbers
 * that lie in one buffer; facts become objects, which take many times the bytes of their text.
 */
export const recordLimits = { summary: megabyte / 4, facts: 16 * megabyte, rows: 2_000_000 } as const;

/** What the facts, and the summary, may come to when they are parsed. */
const jsonLimits = { depth: 128, values: 1_000_000 } as const;

/**
 * How many times its stored size a part may unpack to, beyond the first megabyte. What packs better than that says
 * next to nothing, and is stored as it is.
 */
const mostRatio = 50;

/** Largest file of a run, in bytes. */
export const largestFile =
  headBytes + recordLimits.summary + stored(recordLimits.facts) + stored(recordLimits.rows * bytesPerEvent) + hashBytes;

const deflate = promisify(deflateRaw);
const inflate = promisify(inflateRaw);

/**
 * The bytes of a record's file.
 * @throws RecordError when it could not be read again: it is larger than a record may be, or is not what one is
 */
export async function encodeRecord(record: RunRecord): Promise<Buffer> {
  const { columns, ...given } = record;
  const rows = columns.length;
  // A run's own code may have made parts of it: what is written is what comes out of the text again.
  const text = textOf(given);
  requireSizes(0, text.length, rows);
  const checked = recordIn(text, packColumns(columns, 0, rows), unfit);
  const { columns: packed, ...facts } = checked;
  const summary = Buffer.from(JSON.stringify(summaryOf(checked)));
  const unpackedFacts = Buffer.from(JSON.stringify(facts));
  requireSizes(summary.length, unpackedFacts.length, rows);
  const [packedFacts, packedTrace] = await Promise.all([pack(unpackedFacts), pack(new Uint8Array(bufferOf(packed)))]);
  const head = Buffer.alloc(headBytes);
  magic.copy(head);
  const sizes = [recordVersion, summary.length, packedFacts.length, unpackedFacts.length, packedTrace.length, rows];
  sizes.forEach((size, n) => head.writeUInt32LE(size, magic.length + 4 * n));
  const content = Buffer.concat([head, summary, packedFacts, packedTrace]);
  return Buffer.concat([content, createHash('sha256').update(content).digest()]);
}

/** Facts as JSON. @throws RecordError where they are no plain data */
function textOf(facts: Omit<RunRecord, 'columns'>): Buffer {
  try {
    return Buffer.from(JSON.stringify(facts));
  } catch (error) {
    throw unfit((error as Error).message);
  }
}

/**
 * The record in a file's bytes.
 * @throws RecordError when they are not exactly what `encodeRecord` made
 */
export async function decodeRecord(bytes: Buffer): Promise<RunRecord> {
  try {
    return await decodeUntouched(bytes);
  } catch (error) {
    if (!wasText(bytes)) throw error;
    throw new RecordError(
      "this run's file is damaged: it was saved or sent as text on its way here, which loses what it held. " +
        'Get it once more, as it is (zipped, where nothing else helps)',
    );
  }
}

/**
 * Whether a program has taken the file for text and written it anew: its line ends are others, or its bytes are UTF-8
 * from start to end, which those of a checksum are not.
 */
function wasText(bytes: Buffer): boolean {
  const name = magic.subarray(0, magic.indexOf('\r'));
  const at = bytes.indexOf(name);
  if (at !== 0 && at !== byteOrderMark) return false;
  return isUtf8(bytes) || bytes[at + name.length] === 0x0a;
}

async function decodeUntouched(bytes: Buffer): Promise<RunRecord> {
  const head = readHead(bytes);
  const factsAt = headBytes + head.summary;
  const traceAt = factsAt + head.packedFacts;
  const hashAt = traceAt + head.packedTrace;
  if (bytes.length !== hashAt + hashBytes) throw damaged('it is cut short or has something after its end');
  const hash = createHash('sha256').update(bytes.subarray(0, hashAt)).digest();
  if (!hash.equals(bytes.subarray(hashAt))) throw damaged('its checksum does not match');

  const facts = await unpack(bytes.subarray(factsAt, traceAt), head.facts);
  const trace = await unpack(bytes.subarray(traceAt, hashAt), head.rows * bytesPerEvent);
  return recordIn(facts, columnsOver(new Uint8Array(trace).buffer, head.rows, head.rows), damaged);
}

/**
 * The record of which these are the parts.
 * @throws RecordError at the first thing that is wrong with them
 */
function recordIn(facts: Buffer, columns: Columns, complain: Complaint): RunRecord {
  const checked = v.safeParse(recordedFacts, parsed(facts, complain), { abortEarly: true, abortPipeEarly: true });
  if (!checked.success) throw complain(firstFault(checked.issues));
  const record = { ...checked.output, columns };
  requireWhole(record, complain);
  return record;
}

/** JSON within limits. @throws RecordError where it is none, or beyond them */
function parsed(json: Buffer, complain: Complaint): unknown {
  const fault = faultInJson(json, jsonLimits);
  if (fault !== undefined) throw complain(`what it says ${fault}`);
  if (!isUtf8(json)) throw complain('what it says is no text');
  try {
    return JSON.parse(json.toString());
  } catch {
    throw complain('what it says is no JSON');
  }
}

/** How many bytes from the start of a file hold its summary, at most. */
export const summaryWithin = headBytes + recordLimits.summary;

/**
 * The summary, from the first bytes of a file. It is not under the checksum's protection: a list may show
 * a damaged record, and opening it says so.
 * @throws RecordError when it is no record of this version
 */
export function decodeSummary(bytes: Buffer): RunSummary {
  const { summary } = readHead(bytes);
  const said = parsed(bytes.subarray(headBytes, headBytes + summary), damaged);
  const checked = v.safeParse(runSummary, said, { abortEarly: true, abortPipeEarly: true });
  if (!checked.success) throw damaged(`its summary: ${firstFault(checked.issues)}`);
  return checked.output;
}

function readHead(bytes: Buffer) {
  if (bytes.length < headBytes || !bytes.subarray(0, magic.length).equals(magic)) {
    throw new RecordError('this is not a run of System Design Labs');
  }
  const [version, summary, packedFacts, facts, packedTrace, rows] = Array.from({ length: 6 }, (_, n) =>
    bytes.readUInt32LE(magic.length + 4 * n),
  ) as [number, number, number, number, number, number];
  if (version !== recordVersion) {
    const mend = version > recordVersion ? 'update System Design Labs' : 'run the lab anew';
    throw new RecordError(
      `this run is in version ${version} of the format, and this release reads version ${recordVersion}: ${mend}`,
    );
  }
  requireSizes(summary, facts, rows);
  requireRatio(packedFacts, facts);
  requireRatio(packedTrace, rows * bytesPerEvent);
  return { summary, packedFacts, facts, packedTrace, rows };
}

function requireSizes(summary: number, facts: number, rows: number): void {
  const megabytes = (bytes: number): string => `${(bytes / megabyte).toFixed(1)} MB`;
  const { summary: mostSummary, facts: mostFacts, rows: mostRows } = recordLimits;
  const over = [
    ...(rows > mostRows ? [`${rows} events (at most ${mostRows})`] : []),
    ...(facts > mostFacts ? [`${megabytes(facts)} of texts (at most ${megabytes(mostFacts)})`] : []),
    ...(summary > mostSummary ? [`${megabytes(summary)} of summary (at most ${megabytes(mostSummary)})`] : []),
  ];
  if (over.length > 0) throw new RecordError(`this run is too large to keep: ${over.join(', ')}`);
}

function isWithinRatio(packed: number, unpacked: number): boolean {
  return unpacked <= megabyte + mostRatio * packed;
}

function requireRatio(packed: number, unpacked: number): void {
  if (isWithinRatio(packed, unpacked)) return;
  throw damaged(`${packed} bytes of it unpack to ${unpacked}, more than ${mostRatio} times as many`);
}

/** Deflated; stored as it is where it would be too little to be believed. */
async function pack(bytes: Uint8Array): Promise<Buffer> {
  const packed = await deflate(bytes, { level: 1 });
  return isWithinRatio(packed.length, bytes.length) ? packed : deflate(bytes, { level: 0 });
}

/** How many bytes deflate takes at most for so many. */
function stored(bytes: number): number {
  return bytes + Math.ceil(bytes / 1000) + 64;
}

async function unpack(packed: Buffer, size: number): Promise<Buffer> {
  if (size === 0 && packed.length <= 2) return Buffer.alloc(0); // zlib takes no limit of 0 bytes
  const unpacked = await inflate(packed, { maxOutputLength: Math.max(size, 1) }).catch(() => undefined);
  if (unpacked?.length !== size) throw damaged('it does not unpack to the size it says');
  return unpacked;
}
