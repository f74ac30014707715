/** Files of the source tree by pattern. */
import { glob } from 'node:fs/promises';
import path from 'node:path';
import { root } from './folders.ts';

/** @returns files that match, relative to `folder` with forward slashes, sorted: the same everywhere */
export async function filesMatching(patterns: readonly string[], folder: string = root): Promise<string[]> {
  const names: string[] = [];
  for await (const entry of glob([...patterns], { cwd: folder, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    names.push(path.relative(folder, path.join(entry.parentPath, entry.name)).split(path.sep).join('/'));
  }
  return names.sort();
}
