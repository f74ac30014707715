/** The rows of one run's trace that have reached the panel: from the first on, without gaps. */
import { signal } from '@preact/signals';
import type { FrameMessage } from '../../labs/engine/protocol/panel.ts';
import {
  allocateColumns,
  bytesPerEvent,
  columnsOver,
  copyRows,
  type Columns,
} from '../../labs/engine/trace/columns.ts';
import type { TraceView } from '../../labs/engine/scene/trace-view.ts';

/** Events that a panel holds of one run: 20 MB. A longer run is shown up to here, and the panel says so. */
export const maxEventsHeld = 500_000;

export class TraceStore implements TraceView {
  readonly strings: string[] = [];
  /** Counts arrivals: who reads it is told when there is more. */
  readonly revision = signal(0);
  #columns: Columns = allocateColumns(4096);

  get columns(): Columns {
    return this.#columns;
  }

  get length(): number {
    return this.#columns.length;
  }

  /**
   * Takes in a frame.
   * @throws RangeError when it does not carry on where the last one ended, or its size is not what it says
   */
  append(frame: Pick<FrameMessage, 'first' | 'length' | 'bytes' | 'firstString' | 'strings'>): void {
    if (frame.first !== this.length || frame.firstString > this.strings.length) {
      throw new RangeError(`a frame begins at event ${frame.first}, but ${this.length} is the next one expected`);
    }
    if (frame.bytes.byteLength !== frame.length * bytesPerEvent) {
      throw new RangeError(`a frame of ${frame.length} events has ${frame.bytes.byteLength} bytes`);
    }
    frame.strings.forEach((text, i) => (this.strings[frame.firstString + i] = text));
    this.#reserve(this.length + frame.length);
    // slice: columns need a buffer of exactly their size, aligned.
    const rows = columnsOver(frame.bytes.slice().buffer, frame.length, frame.length);
    copyRows(rows, 0, frame.length, this.#columns, this.#columns.length);
    this.#columns.length += frame.length;
    this.revision.value++;
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
