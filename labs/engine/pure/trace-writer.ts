/**
 * The view vocabulary of a pure lab: what it says happened, in the words of `event.ts`. Time is the
 * index of the operation that is being performed.
 */
import { EventKind } from '../trace/event.ts';
import type { TraceRecorder } from '../trace/recorder.ts';

/** An item with a number: `{ prefix: 'key-', number: 17 }` is key-17. A million items cost no million strings. */
export interface Item {
  prefix: string;
  number: number;
}

/** Writes to the trace of a pure run. Each method returns the event's index, which others may name as their cause. */
export class Trace {
  readonly #recorder: TraceRecorder;
  /** Index of the operation being performed; the engine moves it. */
  time = 0;

  constructor(recorder: TraceRecorder) {
    this.#recorder = recorder;
  }

  /** A phase or decision worth jumping to. */
  mark(text: string): number {
    return this.#write(EventKind.mark, '', '', text, -1, 0, 0);
  }

  /** A server appears. @param weight its share of the load beside the others */
  join(server: string, cause = -1, weight = 1): number {
    return this.#write(EventKind.join, server, '', '', cause, 0, weight);
  }

  /** A server goes. */
  leave(server: string, cause = -1): number {
    return this.#write(EventKind.leave, server, '', '', cause, 0, 0);
  }

  /** A point of a server on the ring. @param position in [0, 1) @param index which of the server's points */
  point(server: string, position: number, index: number, cause = -1): number {
    return this.#write(EventKind.point, server, '', '', cause, index, position);
  }

  /** A point of a server is taken off the ring. */
  unpoint(server: string, position: number, index: number, cause = -1): number {
    return this.#write(EventKind.unpoint, server, '', '', cause, index, position);
  }

  /** An item gets its first owner. @param position where the item sits, in [0, 1) */
  place(item: Item, owner: string, position: number, cause = -1): number {
    return this.#write(EventKind.place, owner, '', item.prefix, cause, item.number, position);
  }

  /** An item changes owner. */
  move(item: Item, from: string, to: string, position: number, cause = -1): number {
    return this.#write(EventKind.move, to, from, item.prefix, cause, item.number, position);
  }

  /** A request is let through. @param level the limiter's level after it */
  admit(limiter: string, request: Item, level: number, cause = -1): number {
    return this.#write(EventKind.admit, limiter, '', request.prefix, cause, request.number, level);
  }

  /** A request is refused. @param level the limiter's level after it */
  refuse(limiter: string, request: Item, level: number, cause = -1): number {
    return this.#write(EventKind.refuse, limiter, '', request.prefix, cause, request.number, level);
  }

  /** A thing's visible state in a few words. */
  state(node: string, text: string, value = 0, cause = -1): number {
    return this.#write(EventKind.state, node, '', text, cause, 0, value);
  }

  /** One point of a series. @param node whose, '' for the whole system's */
  sample(series: string, value: number, node = ''): number {
    return this.#write(EventKind.sample, node, '', series, -1, 0, value);
  }

  /** The learner or a file interfered; written by the engine. */
  intervention(action: string, on: string): number {
    return this.#write(EventKind.intervention, on, '', action, -1, 0, 0);
  }

  #write(kind: EventKind, node: string, peer: string, label: string, cause: number, id: number, value: number): number {
    const recorder = this.#recorder;
    return recorder.append(
      kind,
      this.time,
      node === '' ? -1 : recorder.intern(node),
      peer === '' ? -1 : recorder.intern(peer),
      label === '' ? -1 : recorder.intern(label),
      cause,
      id,
      value,
    );
  }
}
