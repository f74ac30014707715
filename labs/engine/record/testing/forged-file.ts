/** Run files as somebody makes them who means no good: sizes and checksum are right, whatever is in them. */
import { createHash } from 'node:crypto';
import { deflateRawSync } from 'node:zlib';
import { bufferOf, bytesPerEvent } from '../../trace/columns.ts';
import { summaryOf, type RunRecord } from '../run-record.ts';

export interface Forgery {
  summary: Uint8Array;
  /** JSON, as it is before it is packed. */
  facts: Uint8Array;
  /** Packed columns, as they are before they are deflated. */
  trace: Uint8Array;
  /** What the file says of its parts, where it lies. */
  sizes?: { facts?: number; rows?: number };
}

/** What a record's file is made of, to be changed. */
export function partsOf({ columns, ...facts }: RunRecord): Forgery {
  return {
    summary: Buffer.from(JSON.stringify(summaryOf({ ...facts, columns }))),
    facts: Buffer.from(JSON.stringify(facts)),
    trace: new Uint8Array(bufferOf(columns).slice(0)),
  };
}

/** A file of these parts, packed. */
export function forgedFile({ summary, facts, trace, sizes = {} }: Forgery): Buffer {
  const [packedFacts, packedTrace] = [facts, trace].map((part) => deflateRawSync(part, { level: 1 })) as [
    Buffer,
    Buffer,
  ];
  const head = Buffer.alloc(32);
  head.write('SDLRUN\r\n', 'latin1');
  [
    1,
    summary.length,
    packedFacts.length,
    sizes.facts ?? facts.length,
    packedTrace.length,
    sizes.rows ?? Math.floor(trace.length / bytesPerEvent),
  ].forEach((size, n) => head.writeUInt32LE(size, 8 + 4 * n));
  return sealed(Buffer.concat([head, summary, packedFacts, packedTrace]));
}

/** Content with the checksum that belongs to it. */
export function sealed(content: Buffer): Buffer {
  return Buffer.concat([content, createHash('sha256').update(content).digest()]);
}
