/**
 * What stands behind a figure: the requests, operations or stretches of time that it was counted from, found in the trace,
 * each with its time split into waiting and work. What a metric is about, its lab declares (`Metric.behind`).
 */
import type { Behind } from '../lab/lab.ts';
import { findDecisions } from './behind-decisions.ts';
import { findJobs } from './behind-jobs.ts';
import { findOperations, findStretches } from './behind-stretches.ts';
import type { TraceView } from './trace-view.ts';

/** Something that took its time in a run. Times are in nanoseconds; all 0 in a pure lab, which has no clock. */
export interface Span {
  /** request-17; inventory: uncertain 0.1 */
  name: string;
  /** What became of it, in words. */
  outcome: string;
  /** Index of the event that ended it; of its last one, where none did. */
  event: number;
  total: number;
  /** In a queue, or until a message or a timer came. */
  waiting: number;
  /** Being served, or its node's own work. What remains of `total` it was on its way. */
  service: number;
}

/** What was found behind a figure. */
export interface Found {
  /** At most as many as were asked for: the longest, or the first where there is nothing to measure. */
  spans: Span[];
  /** How many there are in all. */
  count: number;
  /** Mean over all of them. */
  mean: Pick<Span, 'total' | 'waiting' | 'service'>;
}

/** Finds what a figure was counted from. @param limit how many are listed */
export function findBehind(trace: TraceView, behind: Behind, limit = 50): Found {
  if ('jobs' in behind) return findJobs(trace, behind.jobs, limit);
  if ('operations' in behind) return findOperations(trace, behind.operations, limit);
  if ('status' in behind) return findStretches(trace, behind, limit);
  return findDecisions(trace, behind.decisions, limit);
}
