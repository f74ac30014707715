/** What a process has started, as Linux tells it. On other systems nothing is found. */
import { readdirSync, readFileSync } from 'node:fs';

/**
 * Ids of all that a process has started, and that is still there: by descent, and by a mark in their environment, for
 * those whose parents are gone. Itself not among them.
 * @param mark `NAME=value`
 */
export function descendantsOf(pid: number, mark: string | undefined): number[] {
  if (process.platform !== 'linux') return [];
  const parents = new Map<number, number>();
  for (const name of readdirSync('/proc')) {
    const parent = /^\d+$/.test(name) ? parentOf(name) : undefined;
    if (parent !== undefined) parents.set(Number(name), parent);
  }
  const found = new Set([pid]);
  const isFound = (one: number): boolean => {
    const ancestry: number[] = [];
    for (let at: number | undefined = one; at !== undefined && at > 1; at = parents.get(at)) {
      if (found.has(at)) return true;
      if (ancestry.includes(at)) return false;
      ancestry.push(at);
    }
    return false;
  };
  for (const one of parents.keys()) {
    if (isFound(one) || (mark !== undefined && hasMark(one, mark))) found.add(one);
  }
  found.delete(pid);
  found.delete(process.pid);
  return [...found];
}

/** Of a process that has not ended; undefined otherwise. */
function parentOf(name: string): number | undefined {
  // The name of the program, in brackets, may itself hold brackets.
  const [, parent] = /^\d+ \(.*\) [^ZX] (\d+) /s.exec(read(`/proc/${name}/stat`)) ?? [];
  return parent === undefined ? undefined : Number(parent);
}

function hasMark(pid: number, mark: string): boolean {
  return read(`/proc/${pid}/environ`).split('\0').includes(mark);
}

/** Bytes of memory that what a process has started has for itself; cheap enough to be asked ten times a second. */
export function residentOfChildren(pid: number): number {
  if (process.platform !== 'linux') return 0;
  let bytes = 0;
  for (const child of childrenOf(pid)) bytes += residentOf(child) + residentOfChildren(child);
  return bytes;
}

/** Those that still have it for a parent. */
function childrenOf(pid: number): number[] {
  try {
    return readdirSync(`/proc/${pid}/task`).flatMap((thread) =>
      read(`/proc/${pid}/task/${thread}/children`).split(' ').filter(Boolean).map(Number),
    );
  } catch {
    return []; // gone
  }
}

function residentOf(pid: number): number {
  const [, resident = '0', shared = '0'] = read(`/proc/${pid}/statm`).split(' ');
  return (Number(resident) - Number(shared)) * pageBytes;
}

const pageBytes = 4096;

/** '' for a process that is gone, or somebody else's. */
function read(file: string): string {
  try {
    return readFileSync(file, 'latin1');
  } catch {
    return '';
  }
}
