/** Collects the unsaved texts of a learner's copy, for a worker that reads its files by itself. */
import { readdir, realpath } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

/**
 * The unsaved texts among the TypeScript files of a folder, by file: URL of their real path.
 * @param extra files outside the folder that count as well
 */
export async function gatherTexts(
  root: string,
  extra: readonly string[],
  readOpen: (realPath: string) => string | undefined,
): Promise<Record<string, string>> {
  const names = await readdir(root, { recursive: true });
  const inside = names.filter((name) => /\.[cm]?ts$/.test(name) && !/(^|[\\/])node_modules[\\/]/.test(name));
  const texts: Record<string, string> = {};
  for (const file of [...inside.map((name) => path.join(root, name)), ...extra]) {
    const real = await realpath(file);
    const text = readOpen(real);
    if (text !== undefined) texts[pathToFileURL(real).href] = text;
  }
  return texts;
}
