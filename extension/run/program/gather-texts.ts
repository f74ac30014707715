/** Collects the unsaved texts of a learner's copy, for a worker that reads its files by itself. */
import { readdir, readFile, realpath } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { SourceFile } from '../run.ts';
import { sourceFile } from './prepared.ts';

/**
 * The unsaved texts among the TypeScript files of a folder, by file: URL of their real path.
 * @param extra files outside the folder that count as well
 */
export async function gatherTexts(
  root: string,
  extra: readonly string[],
  readOpen: (realPath: string) => string | undefined,
): Promise<Record<string, string>> {
  const texts: Record<string, string> = {};
  for (const file of [...(await typeScriptIn(root)), ...extra]) {
    const real = await realpath(file);
    const text = readOpen(real);
    if (text !== undefined) texts[pathToFileURL(real).href] = text;
  }
  return texts;
}

/** All TypeScript files of a folder, by real path, with the unsaved texts over those on disk. */
export async function filesIn(
  folder: string,
  readOpen: (realPath: string) => string | undefined,
): Promise<SourceFile[]> {
  return Promise.all(
    (await typeScriptIn(folder)).map(async (file) => {
      const real = await realpath(file);
      return sourceFile(real, readOpen(real) ?? (await readFile(real, 'utf8')));
    }),
  );
}

async function typeScriptIn(folder: string): Promise<string[]> {
  const names = await readdir(folder, { recursive: true });
  return names
    .filter((name) => /\.[cm]?ts$/.test(name) && !/(^|[\\/])node_modules[\\/]/.test(name))
    .map((name) => path.join(folder, name));
}
