/** Who is told what happens in a run: the trace, and whoever measures it. */
import type { EventKind } from '../trace/event.ts';
import type { DepartedJob } from './stations.ts';

/** Where events are written: a `TraceRecorder`, or nothing at all. */
export interface EventWriter {
  readonly length: number;
  /** The `owner` column of the last event. */
  readonly lastOwner: number;
  intern(text: string): number;
  append(
    kind: EventKind,
    time: number,
    node: number,
    peer: number,
    label: number,
    cause: number,
    id: number,
    value: number,
  ): number;
}

/** Who watches a run without being part of it. */
export interface SimulationObserver {
  /** A job enters. */
  arrived?(time: number, workload: string, number: number): void;
  /** A job leaves, served or not. The object is used again for the next one: copy what is kept. */
  departed?(job: DepartedJob): void;
}
