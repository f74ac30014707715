/** Writes the events of a replay: numbered as in the run that it repeats, kept only where somebody looks. */
import type { EventKind, TraceEvent } from '../trace/event.ts';
import type { EventWriter } from './observer.ts';

/** Where a trace stood: enough to go on writing it elsewhere with the same numbers. */
export interface TracePosition {
  readonly length: number;
  /** How many strings had been interned. */
  readonly strings: number;
  /** Events so far of each owner, by string id + 1. */
  readonly counters: Uint32Array;
}

/** The columns of one event, strings as numbers. */
export type Row = readonly [
  kind: number,
  time: number,
  node: number,
  peer: number,
  label: number,
  cause: number,
  id: number,
  value: number,
];

export class ReplayWriter implements EventWriter {
  length: number;
  lastOwner = 0;
  readonly #strings: string[];
  readonly #ids: Map<string, number>;
  #counters: Uint32Array;
  readonly #onRow: ((index: number, row: Row, owner: number) => void) | undefined;

  /**
   * @param strings those of the run so far; the first `position.strings` of them count
   * @param onRow told of every event
   */
  constructor(
    position: TracePosition,
    strings: readonly string[],
    onRow?: (index: number, row: Row, owner: number) => void,
  ) {
    this.length = position.length;
    this.#strings = strings.slice(0, position.strings);
    this.#ids = new Map(this.#strings.map((text, id) => [text, id]));
    this.#counters = position.counters.slice();
    this.#onRow = onRow;
  }

  get strings(): readonly string[] {
    return this.#strings;
  }

  intern(text: string): number {
    let id = this.#ids.get(text);
    if (id === undefined) {
      id = this.#strings.push(text) - 1;
      this.#ids.set(text, id);
    }
    return id;
  }

  append(...row: [EventKind, number, number, number, number, number, number, number]): number {
    const slot = row[2] + 1;
    if (slot >= this.#counters.length) {
      const grown = new Uint32Array(Math.max(this.#counters.length * 2, slot + 1));
      grown.set(this.#counters);
      this.#counters = grown;
    }
    this.lastOwner = this.#counters[slot]!++;
    this.#onRow?.(this.length, row, this.lastOwner);
    return this.length++;
  }

  /** Where the trace stands now. */
  position(): TracePosition {
    return { length: this.length, strings: this.#strings.length, counters: this.#counters.slice() };
  }

  /** An event with its strings resolved. */
  event(index: number, row: Row, owner: number): TraceEvent {
    const [kind, time, node, peer, label, cause, id, value] = row;
    const text = (string: number): string => (string < 0 ? '' : this.#strings[string]!);
    const eventKind = kind as EventKind;
    return {
      index,
      time,
      kind: eventKind,
      node: text(node),
      peer: text(peer),
      label: text(label),
      cause,
      id,
      owner,
      value,
    };
  }
}

/** Counts events and writes none: for searches and measurements, where only worlds count. */
class NoTrace implements EventWriter {
  length = 0;
  lastOwner = 0;

  intern(): number {
    return 0;
  }

  append(): number {
    return this.length++;
  }
}

/** A writer that writes nothing. */
export function discardEvents(): EventWriter {
  return new NoTrace();
}
