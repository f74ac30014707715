/**
 * Writes a trace: interns strings, fills columns, hashes every event, hands on batches, and stops keeping
 * (never hashing or counting) when the trace is full.
 */
import { allocateColumns, packColumns, type Columns } from './columns.ts';
import { stretch, TraceHash } from './hash.ts';
import type { EventKind } from './event.ts';

/** Where batches of a trace go: a worker's port, a store, a file. */
export interface TraceSink {
  /**
   * @param firstEvent index of the first row of `columns` in the trace
   * @param columns packed: one buffer of exactly their size, the sink's to keep or transfer
   * @param strings the texts interned since the last batch, in order
   */
  batch(firstEvent: number, columns: Columns, strings: string[]): void;
}

export interface RecorderOptions {
  sink?: TraceSink;
  /** How many events the sink gets at most; the rest are hashed and counted. */
  maxEvents: number;
}

/** What a finished trace amounts to. */
export interface TraceSummary {
  events: number;
  dropped: number;
  hash: string;
}

export class TraceRecorder {
  readonly #sink: TraceSink | undefined;
  readonly #maxEvents: number;
  readonly #hash = new TraceHash();
  readonly #strings: string[] = [];
  readonly #ids = new Map<string, number>();
  /** Events so far of each owner, by string id + 1: slot 0 counts those that belong to no node. */
  #counters = new Uint32Array(64);
  readonly #columns: Columns = allocateColumns(stretch);
  /** Index of the first row of `#columns`. */
  #first = 0;
  #lastOwner = 0;
  /** Rows of `#columns` and strings that the sink has already. */
  #sentRows = 0;
  #sentStrings = 0;

  constructor(options: RecorderOptions) {
    this.#sink = options.sink;
    this.#maxEvents = options.maxEvents;
  }

  /** How many events there are so far: also the index that the next one gets. */
  get length(): number {
    return this.#first + this.#columns.length;
  }

  /** The `owner` column of the last event: with its node it names the event. */
  get lastOwner(): number {
    return this.#lastOwner;
  }

  /** The strings interned so far, by number. */
  get strings(): readonly string[] {
    return this.#strings;
  }

  /** Events so far of each owner, by string id + 1: with the length, all it takes to go on from here elsewhere. */
  counters(): Uint32Array {
    return this.#counters.slice();
  }

  /** The number of a string in this trace. */
  intern(text: string): number {
    let id = this.#ids.get(text);
    if (id === undefined) {
      id = this.#strings.length;
      this.#strings.push(text);
      this.#ids.set(text, id);
    }
    return id;
  }

  /**
   * Writes one event; the columns are those of `event.ts`, strings as interned.
   * @returns its index
   */
  append(
    kind: EventKind,
    time: number,
    node: number,
    peer: number,
    label: number,
    cause: number,
    id: number,
    value: number,
  ): number {
    const columns = this.#columns;
    if (columns.length === stretch) this.#turnOver();
    const row = columns.length++;
    columns.kind[row] = kind;
    columns.time[row] = time;
    columns.node[row] = node;
    columns.peer[row] = peer;
    columns.label[row] = label;
    columns.cause[row] = cause;
    columns.id[row] = id;
    columns.value[row] = value;
    if (node + 1 >= this.#counters.length) this.#growCounters(node + 1);
    columns.owner[row] = this.#lastOwner = this.#counters[node + 1]!++;
    return this.#first + row;
  }

  /** Hands what is new to the sink. */
  flush(): void {
    const columns = this.#columns;
    const to = Math.min(columns.length, Math.max(0, this.#maxEvents - this.#first));
    const from = Math.min(this.#sentRows, to);
    const strings = this.#strings.slice(this.#sentStrings);
    if (this.#sink && (to > from || strings.length > 0)) {
      this.#sink.batch(this.#first + from, packColumns(columns, from, to), strings);
    }
    this.#sentRows = columns.length;
    this.#sentStrings = this.#strings.length;
  }

  /** Ends the trace: nothing may be appended afterwards. */
  finish(): TraceSummary {
    this.flush();
    this.#hash.events(this.#columns);
    const events = this.length;
    return { events, dropped: Math.max(0, events - this.#maxEvents), hash: this.#hash.digest(this.#strings) };
  }

  #turnOver(): void {
    this.flush();
    this.#hash.events(this.#columns);
    this.#first += stretch;
    this.#columns.length = 0;
    this.#sentRows = 0;
  }

  #growCounters(slot: number): void {
    const grown = new Uint32Array(Math.max(this.#counters.length * 2, slot + 1));
    grown.set(this.#counters);
    this.#counters = grown;
  }
}
