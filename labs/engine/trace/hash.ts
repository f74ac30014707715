/**
 * The trace hash: 128 bits of SHA-256 over a canonical encoding of every event, by which two runs are
 * known to be the same, byte for byte, on every machine.
 *
 * Canonical encoding, version 1: events in stretches of `stretch` rows (the last one shorter); of each
 * stretch the columns one after the other, in the order of `Columns`, little-endian; then every interned
 * string in the order of interning as a 32-bit byte length and UTF-8. How events were batched on
 * their way, and which of them were kept, does not enter.
 */
import { createHash, type Hash } from 'node:crypto';
import type { Columns } from './columns.ts';

/** Rows per stretch of the canonical encoding. Part of the format: do not change. */
export const stretch = 4096;

if (new Uint8Array(new Uint32Array([1]).buffer)[0] !== 1) {
  throw new Error('System Design Labs needs a little-endian machine: its traces are hashed as they lie in memory');
}

export class TraceHash {
  readonly #hash: Hash = createHash('sha256').update('sdl-trace-1');

  /** Takes in one stretch: `columns.length` rows, `stretch` of them unless it is the last. */
  events(columns: Columns): void {
    const { length } = columns;
    for (const column of [
      columns.time,
      columns.value,
      columns.node,
      columns.peer,
      columns.label,
      columns.cause,
      columns.id,
      columns.owner,
      columns.kind,
    ]) {
      this.#hash.update(new Uint8Array(column.buffer, column.byteOffset, length * column.BYTES_PER_ELEMENT));
    }
  }

  /** 32 hex digits over all that was taken in, and the strings. */
  digest(strings: readonly string[]): string {
    const size = Buffer.alloc(4);
    for (const text of strings) {
      const bytes = Buffer.from(text, 'utf8');
      size.writeUInt32LE(bytes.length);
      this.#hash.update(size).update(bytes);
    }
    return this.#hash.digest('hex').slice(0, 32);
  }
}
