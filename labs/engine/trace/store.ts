/**
 * A trace as its owner keeps it: batches come in as the run goes on, stretches of it go out to whoever
 * looks. Rows lie in chunks of fixed size, so that growing copies nothing and a window is a few block copies.
 * Works under Node and in a browser.
 */
import { allocateColumns, copyRow, copyRows, type Columns } from './columns.ts';
import { EventKind, type TraceEvent } from './event.ts';

/** Rows per chunk: 168 KB, little enough for the smallest run. */
const chunkRows = 4096;

/** What a store keeps at most. */
export interface TraceStoreLimits {
  /** Rows; batches beyond are counted as dropped. */
  maxEvents: number;
  /** Characters of all strings together; texts beyond are kept as `textLeftOut`. */
  maxCharacters?: number;
}

/** Stands for a string that did not fit: ids stay right, the text is gone. */
export const textLeftOut = '…';

/** What happened in a range of a trace, in as many equal stretches of events as there are pixels to draw it on. */
export interface TraceAggregate {
  /** Index of the first event, and of the one after the last. */
  from: number;
  to: number;
  /** How many stretches; stretch b holds events from + ⌊b × (to − from) ÷ pixels⌋ and on. */
  pixels: number;
  /** The kinds that occur, ascending: the rows of `counts`. */
  kinds: Uint8Array;
  /** How many events of `kinds[k]` fall into stretch b: `counts[k * pixels + b]`. */
  counts: Uint32Array;
  /** Time of the first and of the last event of each stretch; NaN where it is empty. */
  firstTime: Float64Array;
  lastTime: Float64Array;
  /** Lowest and highest value among the `sample` events of each stretch; NaN where there is none. */
  lowSample: Float64Array;
  highSample: Float64Array;
}

export class TraceStore {
  readonly #maxEvents: number;
  readonly #maxCharacters: number;
  readonly #chunks: Columns[] = [];
  readonly #strings: string[] = [];
  #characters = 0;
  #length = 0;
  #happened = 0;

  constructor(limits: TraceStoreLimits) {
    this.#maxEvents = limits.maxEvents;
    this.#maxCharacters = limits.maxCharacters ?? 32 * 1024 * 1024;
  }

  /** How many events are kept. */
  get length(): number {
    return this.#length;
  }

  /** How many events happened so far, as far as is known: the kept and the dropped. */
  get happened(): number {
    return this.#happened;
  }

  /** Events that happened and are not kept. */
  get dropped(): number {
    return this.#happened - this.#length;
  }

  /** The interned texts, by id. */
  get strings(): readonly string[] {
    return this.#strings;
  }

  /** The text with this id; '' for −1 (none). */
  text(id: number): string {
    return id < 0 ? '' : (this.#strings[id] ?? '');
  }

  /**
   * Takes in the next batch.
   * @param firstEvent index of its first row: batches come in order and without a gap
   * @param columns packed, and the store's to keep: whole chunks are taken in as they are
   * @param strings texts interned since the last batch
   * @throws RangeError when a batch is missing
   */
  append(firstEvent: number, columns: Columns, strings: readonly string[]): void {
    for (const text of strings) {
      this.#characters += text.length;
      this.#strings.push(this.#characters > this.#maxCharacters ? textLeftOut : text);
    }
    if (columns.length === 0) return;
    if (firstEvent !== this.#length && this.#length < this.#maxEvents) {
      throw new RangeError(`a batch begins with event ${firstEvent}, where ${this.#length} is the next`);
    }
    const take = Math.min(columns.length, this.#maxEvents - this.#length);
    for (let done = 0; done < take;) {
      const row = this.#length % chunkRows;
      if (row === 0 && take === chunkRows && columns.time.length === chunkRows) {
        this.#chunks.push(columns);
        this.#length += chunkRows;
        break;
      }
      if (row === 0) this.#chunks.push(allocateColumns(chunkRows));
      const chunk = this.#chunks.at(-1)!;
      const rows = Math.min(take - done, chunkRows - row);
      copyRows(columns, done, done + rows, chunk, row);
      chunk.length = row + rows;
      this.#length += rows;
      done += rows;
    }
    this.sawEvents(firstEvent + columns.length);
  }

  /** Notes that the run has come this far, whether or not the events were sent. @param happened events so far */
  sawEvents(happened: number): void {
    this.#happened = Math.max(this.#happened, happened);
  }

  /**
   * One event, its strings resolved.
   * @throws RangeError when it is not kept
   */
  event(index: number): TraceEvent {
    this.#requireRange(index, index + 1);
    const columns = this.#chunks[Math.floor(index / chunkRows)]!;
    const row = index % chunkRows;
    return {
      index,
      time: columns.time[row]!,
      kind: columns.kind[row]! as EventKind,
      node: this.text(columns.node[row]!),
      peer: this.text(columns.peer[row]!),
      label: this.text(columns.label[row]!),
      cause: columns.cause[row]!,
      id: columns.id[row]!,
      owner: columns.owner[row]!,
      value: columns.value[row]!,
    };
  }

  /**
   * When an event happened.
   * @throws RangeError when it is not kept
   */
  timeAt(index: number): number {
    this.#requireRange(index, index + 1);
    return this.#chunks[Math.floor(index / chunkRows)]!.time[index % chunkRows]!;
  }

  /** Indices of the events of some kinds, in order; the first `limit` of them. */
  indicesOf(kinds: ReadonlySet<number>, limit: number): number[] {
    const indices: number[] = [];
    const wanted = Uint8Array.from({ length: 256 }, (_, kind) => (kinds.has(kind) ? 1 : 0));
    let index = 0;
    for (const { kind, length } of this.#chunks) {
      for (let row = 0; row < length && indices.length < limit; row++, index++) {
        if (wanted[kind[row]!] === 1) indices.push(index);
      }
    }
    return indices;
  }

  /**
   * Rows `from` to `to` (not included), packed into one buffer of exactly their size.
   * @throws RangeError when some of them are not kept
   */
  window(from: number, to: number): Columns {
    this.#requireRange(from, to);
    const rows = allocateColumns(to - from);
    this.#eachChunk(from, to, (chunk, first, last) => {
      copyRows(chunk, first, last, rows, rows.length);
      rows.length += last - first;
    });
    return rows;
  }

  /**
   * Single rows, packed as a window is.
   * @param indices ascending
   * @throws RangeError when one of them is not kept
   */
  select(indices: Uint32Array): Columns {
    if (indices.length > 0) this.#requireRange(indices[0]!, indices.at(-1)! + 1);
    const rows = allocateColumns(indices.length);
    rows.length = indices.length;
    indices.forEach((index, to) => copyRow(this.#chunks[Math.floor(index / chunkRows)]!, index % chunkRows, rows, to));
    return rows;
  }

  /**
   * What happened in rows `from` to `to` (not included), summed up in `pixels` stretches.
   * @throws RangeError when some of the rows are not kept, or there is no pixel
   */
  aggregate(from: number, to: number, pixels: number): TraceAggregate {
    this.#requireRange(from, to);
    if (!Number.isInteger(pixels) || pixels < 1) throw new RangeError(`pixels must be 1 or more, not ${pixels}`);
    const byKind = new Map<number, Uint32Array>();
    const times = [empty(pixels), empty(pixels)] as const;
    const samples = [empty(pixels), empty(pixels)] as const;
    const perPixel = pixels / (to - from);
    let index = 0;
    this.#eachChunk(from, to, (chunk, first, last) => {
      for (let row = first; row < last; row++, index++) {
        const pixel = Math.min(pixels - 1, Math.floor(index * perPixel));
        const kind = chunk.kind[row]!;
        let counts = byKind.get(kind);
        if (!counts) byKind.set(kind, (counts = new Uint32Array(pixels)));
        counts[pixel]!++;
        if (Number.isNaN(times[0][pixel])) times[0][pixel] = chunk.time[row]!;
        times[1][pixel] = chunk.time[row]!;
        if (kind === EventKind.sample) widen(samples, pixel, chunk.value[row]!);
      }
    });
    const kinds = Uint8Array.from(byKind.keys()).sort();
    const counts = new Uint32Array(kinds.length * pixels);
    kinds.forEach((kind, row) => counts.set(byKind.get(kind)!, row * pixels));
    return {
      from,
      to,
      pixels,
      kinds,
      counts,
      firstTime: times[0],
      lastTime: times[1],
      lowSample: samples[0],
      highSample: samples[1],
    };
  }

  /** Calls back for each stretch of rows that lies within one chunk. */
  #eachChunk(from: number, to: number, visit: (chunk: Columns, first: number, last: number) => void): void {
    for (let index = from; index < to;) {
      const first = index % chunkRows;
      const last = Math.min(chunkRows, first + to - index);
      visit(this.#chunks[Math.floor(index / chunkRows)]!, first, last);
      index += last - first;
    }
  }

  #requireRange(from: number, to: number): void {
    const whole = Number.isInteger(from) && Number.isInteger(to);
    if (!whole || from < 0 || to < from || to > this.#length) {
      throw new RangeError(`events ${from} to ${to} are not among the ${this.#length} that are kept`);
    }
  }
}

function empty(length: number): Float64Array {
  return new Float64Array(length).fill(NaN);
}

function widen([low, high]: readonly [Float64Array, Float64Array], pixel: number, value: number): void {
  if (!(low[pixel]! <= value)) low[pixel] = value;
  if (!(high[pixel]! >= value)) high[pixel] = value;
}
