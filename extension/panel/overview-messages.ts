/** What the host and the thread that sums up a run say to each other. */
import type { Overview } from '../../labs/engine/scene/overview.ts';

/** What the thread is started with. */
export interface OverviewTask {
  /** How many rows will come. */
  rows: number;
  strings: readonly string[];
  timed: boolean;
  pixels: number;
}

/** The next rows: packed columns. */
export interface OverviewRows {
  rows: number;
  buffer: ArrayBuffer;
}

/** The thread's only word. */
export type OverviewAnswer = Overview;
