/**
 * A stretch of a trace as columns: what the recorder fills, what travels between threads and
 * processes, what the host keeps and what a webview draws from. `event.ts` says what the columns mean.
 */
export interface Columns {
  /** How many rows are filled; the arrays may be longer. */
  length: number;
  time: Float64Array;
  value: Float64Array;
  node: Int32Array;
  peer: Int32Array;
  label: Int32Array;
  cause: Int32Array;
  id: Uint32Array;
  owner: Uint32Array;
  kind: Uint8Array;
}

/** Bytes a row takes: two doubles, six 32-bit numbers, one byte. */
export const bytesPerEvent = 2 * 8 + 6 * 4 + 1;

/** Columns with room for `capacity` rows, all over one buffer, so that one transfer moves them. */
export function allocateColumns(capacity: number): Columns {
  return columnsOver(new ArrayBuffer(capacity * bytesPerEvent), capacity, 0);
}

/**
 * Columns laid over a buffer that `allocateColumns` or `packColumns` made.
 * @param buffer exactly `capacity * bytesPerEvent` bytes
 * @param length how many of the rows are filled
 * @throws RangeError when the buffer has another size
 */
export function columnsOver(buffer: ArrayBuffer, capacity: number, length: number): Columns {
  if (buffer.byteLength !== capacity * bytesPerEvent) {
    throw new RangeError(`${capacity} events take ${capacity * bytesPerEvent} bytes, not ${buffer.byteLength}`);
  }
  // Widest first: every column then starts on a multiple of its element size, whatever the capacity.
  const eight = 8 * capacity;
  const four = 4 * capacity;
  const words = 2 * eight;
  return {
    length,
    time: new Float64Array(buffer, 0, capacity),
    value: new Float64Array(buffer, eight, capacity),
    node: new Int32Array(buffer, words, capacity),
    peer: new Int32Array(buffer, words + four, capacity),
    label: new Int32Array(buffer, words + 2 * four, capacity),
    cause: new Int32Array(buffer, words + 3 * four, capacity),
    id: new Uint32Array(buffer, words + 4 * four, capacity),
    owner: new Uint32Array(buffer, words + 5 * four, capacity),
    kind: new Uint8Array(buffer, words + 6 * four, capacity),
  };
}

/** Rows `from` to `to` of `source`, copied into a buffer of exactly their size: ready to be sent or saved. */
export function packColumns(source: Columns, from: number, to: number): Columns {
  const packed = allocateColumns(to - from);
  copyRows(source, from, to, packed, 0);
  packed.length = to - from;
  return packed;
}

/** Copies rows `from` to `to` of `source` to row `at` and on of `target`; the caller minds `target.length`. */
export function copyRows(source: Columns, from: number, to: number, target: Columns, at: number): void {
  target.time.set(source.time.subarray(from, to), at);
  target.value.set(source.value.subarray(from, to), at);
  target.node.set(source.node.subarray(from, to), at);
  target.peer.set(source.peer.subarray(from, to), at);
  target.label.set(source.label.subarray(from, to), at);
  target.cause.set(source.cause.subarray(from, to), at);
  target.id.set(source.id.subarray(from, to), at);
  target.owner.set(source.owner.subarray(from, to), at);
  target.kind.set(source.kind.subarray(from, to), at);
}

/** Copies one row of `source` to row `to` of `target`. */
export function copyRow(source: Columns, row: number, target: Columns, to: number): void {
  target.time[to] = source.time[row]!;
  target.value[to] = source.value[row]!;
  target.node[to] = source.node[row]!;
  target.peer[to] = source.peer[row]!;
  target.label[to] = source.label[row]!;
  target.cause[to] = source.cause[row]!;
  target.id[to] = source.id[row]!;
  target.owner[to] = source.owner[row]!;
  target.kind[to] = source.kind[row]!;
}

/** The one buffer under packed columns. */
export function bufferOf(columns: Columns): ArrayBuffer {
  return columns.time.buffer as ArrayBuffer;
}
