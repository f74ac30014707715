/** Folders for debuggers to find bundles in. Each is named after the process that made it, which removes it again. */
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

const prefix = 'system-design-labs-debug-';

/** A new one; those that processes have left which were killed are removed. */
export async function makeDebugFolder(): Promise<string> {
  const left = (await readdir(tmpdir())).filter((name) => {
    const maker = name.startsWith(prefix) ? /^(\d+)-/.exec(name.slice(prefix.length))?.[1] : undefined;
    return maker !== undefined && !isAlive(Number(maker));
  });
  for (const name of left) await rm(path.join(tmpdir(), name), { recursive: true, force: true }).catch(() => {}); // another user's
  return mkdtemp(path.join(tmpdir(), `${prefix}${process.pid}-`));
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}
