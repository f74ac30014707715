/** The run service as the terminal uses it. */
import { RunService } from '../run-service.ts';

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
