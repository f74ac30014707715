/**
 * How a process of this project ends: by itself, by a signal, or because whoever started it is gone. In each case
 * what it started is stopped first, so that nothing is ever left behind.
 */
import { readFileSync } from 'node:fs';

const signals = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;

/** How often the parent is looked for: a killed parent tells nobody. */
const parentCheckMs = 500;

const cleanups = new Set<() => Promise<void> | void>();
/** Told by the starter, because one that dies at once is gone before this process can look. */
const parent = Number(process.env.SDL_STARTED_BY) || process.ppid;
delete process.env.SDL_STARTED_BY; // it is not the parent of those that this process starts

/** npm starts a shell, which stays when npm is killed: then it is npm that must be there. */
const starter = process.env.npm_lifecycle_event === undefined ? undefined : parentOf(parent);

let watching = false;
let ending = false;

/**
 * Has `cleanup` run before this process ends by a signal or for want of a parent.
 * @returns takes it off the list again, for what has been stopped in the normal course of things
 */
export function beforeEnd(cleanup: () => Promise<void> | void): () => void {
  cleanups.add(cleanup);
  endWithParent();
  return () => cleanups.delete(cleanup);
}

/** Ends this process, cleaning up first, on SIGINT, SIGTERM, SIGHUP and when its parent has gone. */
export function endWithParent(): void {
  if (watching) return;
  watching = true;
  for (const [signal, status] of Object.entries(signals)) process.on(signal, () => void end(status));
  setInterval(() => {
    if (process.ppid !== parent || !isAlive(parent) || hasLostStarter()) void end(signals.SIGHUP);
  }, parentCheckMs).unref();
}

function hasLostStarter(): boolean {
  return starter !== undefined && parentOf(parent) !== starter;
}

async function end(status: number): Promise<void> {
  if (ending) return;
  ending = true;
  await Promise.allSettled([...cleanups].map(async (cleanup) => cleanup()));
  process.exit(status);
}

/** Whether a process with this id exists and has not ended. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
  return !isZombie(pid);
}

/** Undefined where the system does not tell. */
function parentOf(pid: number): number | undefined {
  if (process.platform !== 'linux') return undefined;
  try {
    return Number(/^\d+ \(.*\) \S (\d+) /s.exec(readFileSync(`/proc/${pid}/stat`, 'latin1'))?.[1]);
  } catch {
    return undefined;
  }
}

/** In a container nobody may collect what has ended: it keeps its id and still takes signals. */
function isZombie(pid: number): boolean {
  if (process.platform !== 'linux') return false;
  try {
    return /^\d+ \(.*\) Z /s.test(readFileSync(`/proc/${pid}/stat`, 'latin1'));
  } catch {
    return true;
  }
}
