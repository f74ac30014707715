/** Runs the lab as the engine does, for its tests. */
import type { RunReport } from 'system-design-labs/engine';
import { executeRun } from '../../engine/run.ts';
import lab from '../lab.ts';
import type { RateLimiterClass } from '../limiter.ts';

export interface RunOptions {
  algorithm?: string;
  /** Takes the place of the algorithm's. */
  implementation?: RateLimiterClass;
  scenario?: string;
  seed?: number;
  parameters?: Readonly<Record<string, number | string>>;
}

/** The report of a run; of an implementation that the lab does not know, as one of the learner's own. */
export function run({ algorithm, implementation, scenario, seed = 7, parameters = {} }: RunOptions): RunReport {
  const id = implementation ? 'own' : (algorithm ?? 'fixed-window');
  const own = implementation ? [{ id, title: id, summary: id, implementation }] : [];
  const request = { lab: lab.id, algorithm: id, seed, parameters, ...(scenario === undefined ? {} : { scenario }) };
  return executeRun({ ...lab, algorithms: [...lab.algorithms, ...own] } as never, request, { maxEvents: 1_000_000 });
}
