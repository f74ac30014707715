/** The rows of one run's trace that have reached the panel: all of it, or a stretch of a long one. */
import { signal } from '@preact/signals';
import type { FrameMessage } from '../../labs/engine/protocol/panel.ts';
import {
  allocateColumns,
  bytesPerEvent,
  columnsOver,
  copyRows,
  type Columns,
} from '../../labs/engine/trace/columns.ts';
import type { EarlierCounts } from '../../labs/engine/trace/restate.ts';
import { rowIn, type Stretch, type TraceView } from '../../labs/engine/scene/trace-view.ts';

/** Events of a run that a panel holds as a whole: 20 MB. */
export const maxEventsHeld = 500_000;
/** Of a longer run it holds a stretch of so many events, and those before it that still say how things stand. */
export const stretchLength = 100_000;

/** The stretch to hold for an event of a run of `kept` events: the event lies in its middle where it can. */
export function stretchAround(index: number, kept: number): number {
  const quarter = stretchLength / 4;
  const wanted = Math.round((index - stretchLength / 2) / quarter) * quarter;
  const last = Math.ceil((kept - stretchLength) / quarter) * quarter;
  return Math.max(0, Math.min(wanted, last));
}

export class TraceStore implements TraceView {
  readonly strings: string[] = [];
  /** Counts arrivals: who reads it is told when there is more. */
  readonly revision = signal(0);
  /** Index in the run of the first event that is not restated. */
  readonly first: number;
  #columns: Columns = allocateColumns(4096);
  #stretch: Stretch | undefined;
  readonly #kinds = new Set<number>();

  /** @param first index in the run of the first event; those before it are restated where it is not 0 */
  constructor(first = 0) {
    this.first = first;
    if (first > 0) this.#stretch = { first, restated: new Uint32Array(), earlier: new Map(), leftOut: 0 };
  }

  get columns(): Columns {
    return this.#columns;
  }

  get length(): number {
    return this.#columns.length;
  }

  /** The numbers of the kinds of event that it holds. */
  get kinds(): ReadonlySet<number> {
    return this.#kinds;
  }

  get stretch(): Stretch | undefined {
    return this.#stretch;
  }

  /** Index in the run of the event that is to come next. */
  get next(): number {
    return this.first + this.length - (this.#stretch?.restated.length ?? 0);
  }

  /**
   * Takes in a frame.
   * @throws RangeError when it does not carry on where the last one ended, or its size is not what it says
   */
  append(frame: Pick<FrameMessage, 'first' | 'length' | 'bytes' | 'firstString' | 'strings' | 'restated'>): void {
    const next = frame.restated ? this.length : this.next;
    if (frame.first !== next || frame.firstString > this.strings.length) {
      throw new RangeError(`a frame begins at event ${frame.first}, but ${next} is the next one expected`);
    }
    if (frame.bytes.byteLength !== frame.length * bytesPerEvent) {
      throw new RangeError(`a frame of ${frame.length} events has ${frame.bytes.byteLength} bytes`);
    }
    frame.strings.forEach((text, i) => (this.strings[frame.firstString + i] = text));
    if (frame.restated) this.#restate(frame.restated);
    this.#reserve(this.length + frame.length);
    // slice: columns need a buffer of exactly their size, aligned.
    const rows = columnsOver(frame.bytes.slice().buffer, frame.length, frame.length);
    if (this.#stretch) causesAsRows(rows, this.#stretch);
    copyRows(rows, 0, frame.length, this.#columns, this.#columns.length);
    this.#columns.length += frame.length;
    for (const kind of rows.kind) this.#kinds.add(kind);
    this.revision.value++;
  }

  #restate({ indices, earlier, leftOut }: NonNullable<FrameMessage['restated']>): void {
    if (!this.#stretch) throw new RangeError('a run that begins at its first event needs nothing restated');
    if (indices.byteLength % 4 !== 0) throw new RangeError(`indices take ${indices.byteLength} bytes`);
    const before = this.#stretch.restated;
    const all = new Uint32Array(before.length + indices.byteLength / 4);
    all.set(before);
    all.set(new Uint32Array(indices.slice().buffer), before.length);
    const counts = new Map<number, EarlierCounts>(earlier.map((counts) => [counts.node, counts]));
    this.#stretch = { first: this.first, restated: all, earlier: counts, leftOut };
  }

  #reserve(rows: number): void {
    const capacity = this.#columns.kind.length;
    if (rows <= capacity) return;
    const grown = allocateColumns(Math.max(rows, capacity * 2));
    copyRows(this.#columns, 0, this.length, grown, 0);
    grown.length = this.length;
    this.#columns = grown;
  }
}

/** Events that rows name as their causes, from indices in the run to rows. */
function causesAsRows({ length, cause }: Columns, stretch: Stretch): void {
  for (let row = 0; row < length; row++) if (cause[row]! >= 0) cause[row] = rowIn(stretch, cause[row]!);
}
