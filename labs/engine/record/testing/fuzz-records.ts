/** Files of runs with something done to them, by luck from a seed. */
import assert from 'node:assert/strict';
import { randomSource, type Random } from '../../random/random.ts';
import type { FuzzExtent } from '../../testing/fuzz-extent.ts';
import { decodeRecord, decodeSummary, encodeRecord, RecordError } from '../record-file.ts';
import type { RunRecord } from '../run-record.ts';
import { exampleRecord } from './example-record.ts';
import { forgedFile, partsOf, sealed, type Forgery } from './forged-file.ts';

/** Pieces that mean something in JSON. */
const pieces = ['0', '-1', '1e999', '"', '\\u0000', '[', ']', '{', '}', ',', ':', 'null', '"__proto__":', '1e15', '{}'];

/**
 * Damages files and reads them.
 * @returns how many
 * @throws AssertionError where a file is neither refused in words nor comes out as what it is; its message names the seed
 */
export async function fuzzRecords(seed: number, { most = Infinity, until = Infinity }: FuzzExtent): Promise<number> {
  const random = randomSource(seed).stream('run files');
  const whole = await Promise.all([0, 1, 40].map(async (events) => encodeRecord(exampleRecord(events))));
  const records = [0, 1, 40].map(exampleRecord);
  let done = 0;
  for (; done < most && performance.now() < until; done++) {
    const which = random.integer(records.length);
    const where = `file ${done} of seed ${seed}`;
    const kind = random.integer(4);
    if (kind === 0) {
      // Nobody has made the checksum right: only what luck has left, or put together, byte for byte is taken.
      const file = damage(random, whole[which]!, whole[random.integer(whole.length)]!);
      const read = await readOrRefusal(file, where);
      if (read) assert.deepEqual(read, records[whole.findIndex((one) => one.equals(file))], where);
      continue;
    }
    const file = kind === 1 ? resealed(random, whole[which]!) : forged(random, partsOf(records[which]!));
    const read = await readOrRefusal(file, where);
    if (read) assert.deepEqual(await decodeRecord(await encodeRecord(read)), read, where);
  }
  return done;
}

async function readOrRefusal(file: Buffer, where: string): Promise<RunRecord | undefined> {
  const refused = (error: unknown): undefined => {
    assert.ok(error instanceof RecordError, `${where}: ${String((error as Error).stack)}`);
    assert.ok(error.message.length < 500, where);
  };
  try {
    decodeSummary(file);
  } catch (error) {
    refused(error);
  }
  return decodeRecord(file).catch(refused);
}

/** Any bytes of the content changed, under a checksum that is right. */
function resealed(random: Random, file: Buffer): Buffer {
  return sealed(damage(random, file.subarray(0, -32), file));
}

/** One of the parts changed before it is packed. */
function forged(random: Random, parts: Forgery): Buffer {
  const which = (['summary', 'facts', 'trace'] as const)[random.integer(3)]!;
  const part = Buffer.from(parts[which]);
  const changed = which === 'trace' ? flipped(random, part) : rewritten(random, part);
  return forgedFile({ ...parts, [which]: changed });
}

function damage(random: Random, file: Buffer, other: Buffer): Buffer {
  const at = random.integer(file.length + 1);
  switch (random.integer(3)) {
    case 0:
      return flipped(random, Buffer.from(file));
    case 1:
      return Buffer.from(file.subarray(0, at));
    default:
      return Buffer.concat([file.subarray(0, at), other.subarray(random.integer(other.length))]);
  }
}

function flipped(random: Random, bytes: Buffer): Buffer {
  for (let left = 1 + random.integer(4); left > 0 && bytes.length > 0; left--) {
    bytes[random.integer(bytes.length)]! ^= 1 << random.integer(8);
  }
  return bytes;
}

/** JSON with a piece put in, a stretch taken out, a stretch repeated, or a few bits flipped. */
function rewritten(random: Random, json: Buffer): Buffer {
  const at = random.integer(json.length);
  const to = Math.min(json.length, at + random.integer(20));
  const piece = Buffer.from(pieces[random.integer(pieces.length)]!.repeat(1 + random.integer(200)));
  switch (random.integer(4)) {
    case 0:
      return flipped(random, Buffer.from(json));
    case 1:
      return Buffer.concat([json.subarray(0, at), piece, json.subarray(to)]);
    case 2:
      return Buffer.concat([json.subarray(0, to), json.subarray(at)]);
    default:
      return Buffer.concat([json.subarray(0, at), json.subarray(to)]);
  }
}
