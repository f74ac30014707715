/** The processor time that a thread has spent: what counts against a run's deadline, however busy the machine is. */

/** Missing before Node 23.9: the oldest VS Code that is supported brings 22.15. */
export type ThreadUsage = { threadCpuUsage?: () => NodeJS.CpuUsage };

/**
 * Milliseconds of processor time of the thread that asks, from some beginning. Where Node does not tell, the process's,
 * or the time of the wall if that is less: the thread has spent no more than either.
 */
export function threadTime(): number {
  const { threadCpuUsage } = process as ThreadUsage;
  if (threadCpuUsage) return milliseconds(threadCpuUsage.call(process));
  return Math.min(milliseconds(process.cpuUsage(usageAtStart)), performance.now() - startedAt);
}

const usageAtStart = process.cpuUsage();
const startedAt = performance.now();

function milliseconds({ user, system }: NodeJS.CpuUsage): number {
  return (user + system) / 1000;
}
