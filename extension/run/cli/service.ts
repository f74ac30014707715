/** The run service as the terminal uses it. */
import path from 'node:path';
import { RunService } from '../run-service.ts';
import type { LabSource } from '../run.ts';

/** What a run may use from a terminal; the time is the caller's to choose. */
const memory = 2048; // MB
const maxEvents = 2_000_000;

/**
 * Does something with a service, and ends the service's processes afterwards.
 * @param deadline milliseconds for each run
 */
export async function withService<Result>(
  dist: string,
  deadline: number,
  use: (service: RunService) => Promise<Result>,
): Promise<Result> {
  const service = new RunService({ dist, limits: () => ({ deadline, memory, maxEvents }), log: () => {} });
  try {
    return await use(service);
  } finally {
    await service.dispose();
  }
}

/** Whose labs are meant: those that ship, or a learner's copy. */
export function sourceOf(labs: string | undefined): LabSource {
  return labs === undefined ? { kind: 'bundled' } : { kind: 'folder', root: path.resolve(labs) };
}
