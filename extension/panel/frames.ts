/** Sends windows of traces to a webview: 64 KB or so a frame, two in flight, the rest waits for an acknowledgement. */
import type { FrameMessage } from '../../labs/engine/protocol/panel.ts';
import { bufferOf, bytesPerEvent, type Columns } from '../../labs/engine/trace/columns.ts';
import type { EarlierCounts } from '../../labs/engine/trace/restate.ts';
import type { TraceStore } from '../../labs/engine/trace/store.ts';

const frameBytes = 64 * 1024;
const rowsPerFrame = Math.floor(frameBytes / bytesPerEvent);
const maxInFlight = 2;

/** Earlier events that say how things stood at an event, and what they do not tell. */
export interface RestatedRows {
  /** Their indices, ascending. */
  indices: Uint32Array;
  earlier: EarlierCounts[];
  leftOut: number;
}

/** A window that somebody asked for. */
export interface WindowRequest {
  request: number;
  run: string;
  /** First row, and the one after the last; what is not there is left out. */
  from: number;
  to: number;
}

export class FrameSender {
  readonly #post: (frame: FrameMessage) => void;
  readonly #waiting: { frames: Iterator<FrameMessage>; done: () => void }[] = [];
  readonly #inFlight = new Set<number>();
  /** How many strings of a run's trace the webview has. */
  readonly #strings = new Map<string, number>();
  #frames = 0;

  constructor(post: (frame: FrameMessage) => void) {
    this.#post = post;
  }

  /** Answers a request, as soon as those before it are answered. Resolves when that is done, or nobody waits for it. */
  send(request: WindowRequest, trace: TraceStore): Promise<void> {
    return this.#sendAll(this.#framesOf(request, trace));
  }

  /** Answers a request for how things stood: single rows, in frames of the same size. Strings are sent anew. */
  sendRestated(request: number, run: string, trace: TraceStore, rows: RestatedRows): Promise<void> {
    return this.#sendAll(this.#restatedFramesOf(request, run, trace, rows));
  }

  acknowledge(frame: number): void {
    if (this.#inFlight.delete(frame)) this.#pump();
  }

  /** The webview has started anew: nothing is under way, and it knows no strings. */
  reset(): void {
    for (const { done } of this.#waiting.splice(0)) done();
    this.#inFlight.clear();
    this.#strings.clear();
  }

  #sendAll(frames: Iterator<FrameMessage>): Promise<void> {
    return new Promise((done) => {
      this.#waiting.push({ frames, done });
      this.#pump();
    });
  }

  #pump(): void {
    while (this.#inFlight.size < maxInFlight) {
      const next = this.#waiting[0]?.frames.next();
      if (!next) return;
      if (next.done) {
        this.#waiting.shift()!.done();
        continue;
      }
      this.#inFlight.add(next.value.frame);
      this.#post(next.value);
    }
  }

  *#framesOf({ request, run, from, to }: WindowRequest, trace: TraceStore): Generator<FrameMessage> {
    const end = Math.min(to, trace.length);
    let first = Math.min(from, end);
    // Who asks from the start again has thrown away what it had.
    if (from === 0) this.#strings.delete(run);
    do {
      const last = Math.min(end, first + rowsPerFrame);
      yield this.#frame(request, run, trace, first, trace.window(first, last), last === end);
      first = last;
    } while (first < end);
  }

  *#restatedFramesOf(request: number, run: string, trace: TraceStore, rows: RestatedRows): Generator<FrameMessage> {
    const { indices, earlier, leftOut } = rows;
    // Who asks has another stretch of the run, or none.
    this.#strings.delete(run);
    let first = 0;
    do {
      const some = indices.slice(first, first + rowsPerFrame);
      const last = first + some.length === indices.length;
      const frame = this.#frame(request, run, trace, first, trace.select(some), last);
      yield { ...frame, restated: { indices: new Uint8Array(some.buffer), earlier: last ? earlier : [], leftOut } };
      first += some.length;
    } while (first < indices.length);
  }

  #frame(
    request: number,
    run: string,
    trace: TraceStore,
    first: number,
    columns: Columns,
    last: boolean,
  ): FrameMessage {
    const firstString = this.#strings.get(run) ?? 0;
    const strings = trace.strings.slice(firstString);
    this.#strings.set(run, firstString + strings.length);
    return {
      type: 'frame',
      frame: this.#frames++,
      request,
      run,
      first,
      length: columns.length,
      bytes: new Uint8Array(bufferOf(columns)),
      firstString,
      strings,
      last,
    };
  }
}
