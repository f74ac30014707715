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
 * Numbers are 32-bit, little-endian. Sizes are checked against limits and the file's own length, and the
 * hash against the content, before anything is unpacked. Deflate at its fastest: it is everywhere Node is,
 * and most of a trace is random doubles, on which more effort gains little.
 */
import { isUtf8 } from 'node:buffer';
import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { deflateRaw, inflateRaw } from 'node:zlib';
import * as v from 'valibot';
import type { RunSummary } from '../protocol/panel.ts';
import { bufferOf, bytesPerEvent, columnsOver } from '../trace/columns.ts';
import { recordedFacts, runSummary, summaryOf, type RunRecord } from './run-record.ts';

export const recordVersion = 1;

const magic = Buffer.from('SDLRUN\r\n', 'latin1');
const headBytes = magic.length + 6 * 4;
const hashBytes = 32;
/** How many bytes it takes in UTF-8. */
const byteOrderMark = 3;

/** Largest sizes that are unpacked, in bytes; what a run may keep stays well below. */
const limits = { summary: 64 * 1024, facts: 128 * 1024 * 1024, rows: 8_000_000 } as const;

const deflate = promisify(deflateRaw);
const inflate = promisify(inflateRaw);

/** A file that is no record, or is damaged, or is of another version: the message says which. */
export class RecordError extends Error {
  override readonly name = 'RecordError';
}

/**
 * The bytes of a record's file.
 * @throws RecordError when it is larger than a record may be
 */
export async function encodeRecord(record: RunRecord): Promise<Buffer> {
  const { columns, ...facts } = record;
  const summary = Buffer.from(JSON.stringify(summaryOf(record)));
  const unpackedFacts = Buffer.from(JSON.stringify(facts));
  requireSizes(summary.length, unpackedFacts.length, columns.length);
  const [packedFacts, packedTrace] = await Promise.all([
    deflate(unpackedFacts, { level: 1 }),
    deflate(new Uint8Array(bufferOf(columns)), { level: 1 }),
  ]);
  const head = Buffer.alloc(headBytes);
  magic.copy(head);
  const sizes = [
    recordVersion,
    summary.length,
    packedFacts.length,
    unpackedFacts.length,
    packedTrace.length,
    columns.length,
  ];
  sizes.forEach((size, n) => head.writeUInt32LE(size, magic.length + 4 * n));
  const content = Buffer.concat([head, summary, packedFacts, packedTrace]);
  return Buffer.concat([content, createHash('sha256').update(content).digest()]);
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
  const checked = v.safeParse(recordedFacts, JSON.parse(facts.toString()));
  if (!checked.success) {
    const [issue] = checked.issues;
    throw damaged(`${v.getDotPath(issue) ?? 'it'}: ${issue.message}`);
  }
  const buffer = new Uint8Array(trace).buffer;
  return { ...checked.output, columns: columnsOver(buffer, head.rows, head.rows) };
}

/** How many bytes from the start of a file hold its summary, at most. */
export const summaryWithin = headBytes + limits.summary;

/**
 * The summary, from the first bytes of a file. It is not under the checksum's protection: a list may show
 * a damaged record, and opening it says so.
 * @throws RecordError when it is no record of this version
 */
export function decodeSummary(bytes: Buffer): RunSummary {
  const { summary } = readHead(bytes);
  try {
    return v.parse(runSummary, JSON.parse(bytes.subarray(headBytes, headBytes + summary).toString()));
  } catch {
    throw damaged('its summary cannot be read');
  }
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
  return { summary, packedFacts, facts, packedTrace, rows };
}

function requireSizes(summary: number, facts: number, rows: number): void {
  const megabytes = (bytes: number): string => `${(bytes / 2 ** 20).toFixed(1)} MB`;
  const over = [
    ...(rows > limits.rows ? [`${rows} events (at most ${limits.rows})`] : []),
    ...(facts > limits.facts ? [`${megabytes(facts)} of texts (at most ${megabytes(limits.facts)})`] : []),
    ...(summary > limits.summary ? [`${megabytes(summary)} of summary (at most ${megabytes(limits.summary)})`] : []),
  ];
  if (over.length > 0) throw new RecordError(`this run is too large to keep: ${over.join(', ')}`);
}

async function unpack(packed: Buffer, size: number): Promise<Buffer> {
  if (size === 0) return Buffer.alloc(0); // zlib takes no limit of 0 bytes
  const unpacked = await inflate(packed, { maxOutputLength: size }).catch(() => undefined);
  if (unpacked?.length !== size) throw damaged('it does not unpack to the size it says');
  return unpacked;
}

function damaged(why: string): RecordError {
  return new RecordError(`this run's file is damaged: ${why}`);
}
