/** The run service on the build that is measured, with the lab that is hard on it. */
import path from 'node:path';
import { withService } from '../../extension/run/cli/service.ts';
import type { RunService, StartRequest } from '../../extension/run/run-service.ts';

const root = path.join(import.meta.dirname, 'labs');
/** Longer than any run that is measured. */
const deadline = 300_000; // ms

/** Does something with a service, and ends the service's processes afterwards. */
export function onService<Result>(dist: string, use: (service: RunService) => Promise<Result>): Promise<Result> {
  return withService(dist, deadline, use);
}

/** A run of the burden lab, as one of a learner's copy: bundled, in a runner of its own. */
export function burden(
  parameters: { events: number; pace?: number } | { kind: 'loop' | 'sort' | 'spawnSync' },
): StartRequest {
  return { lab: 'burden', algorithm: 'load', seed: 1, parameters, source: { kind: 'folder', root } };
}
