/**
 * What stands behind a figure: the requests, operations or stretches of time that it was counted from, found in the trace,
 * each with its time split into waiting and work. What a metric is about, its lab declares (`Metric.behind`).
 */
import type { Behind } from '../lab/lab.ts';
import { findDecisions } from './behind-decisions.ts';
import { findJobs } from './behind-jobs.ts';
import { findOperations, findStretches } from './behind-stretches.ts';
import type { Found } from './found.ts';
import type { TraceView } from './trace-view.ts';

/** Finds what a figure was counted from. @param limit how many are listed */
export function findBehind(trace: TraceView, behind: Behind, limit = 50): Found {
  if ('jobs' in behind) return findJobs(trace, behind.jobs, limit);
  if ('operations' in behind) return findOperations(trace, behind.operations, limit);
  if ('status' in behind) return findStretches(trace, behind, limit);
  return findDecisions(trace, behind.decisions, limit);
}
