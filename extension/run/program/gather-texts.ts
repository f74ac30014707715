/** Collects the unsaved texts of a learner's copy, for a worker that reads its files by itself. */
import { readdir, readFile, realpath } from 'node:fs/promises';
import path from 'node:path';
import type { SourceFile } from '../run.ts';
import { sourceFile } from './prepared.ts';
import { withoutMark } from './source-files.ts';

/**
 * The unsaved texts among the source files of a folder, by their real path.
 * @param extra files outside the folder that count as well
 */
export async function gatherTexts(
  root: string,
  extra: readonly string[],
  readOpen: (realPath: string) => string | undefined,
): Promise<Record<string, string>> {
  const texts: Record<string, string> = {};
  for (const file of [...(await sourcesIn(root)), ...(await realPaths(extra))]) {
    const text = readOpen(file);
    if (text !== undefined) texts[file] = withoutMark(text);
  }
  return texts;
}

/** All source files of a folder, by real path, with the unsaved texts over those on disk. */
export async function filesIn(
  folder: string,
  readOpen: (realPath: string) => string | undefined,
): Promise<SourceFile[]> {
  return Promise.all(
    (await sourcesIn(folder)).map(async (file) =>
      sourceFile(file, withoutMark(readOpen(file) ?? (await readFile(file, 'utf8')))),
    ),
  );
}

async function sourcesIn(folder: string): Promise<string[]> {
  const names = await readdir(folder, { recursive: true });
  return realPaths(
    names
      .filter((name) => /\.([cm]?[jt]s|json)$/.test(name) && !/(^|[\\/])node_modules[\\/]/.test(name))
      .map((name) => path.join(folder, name)),
  );
}

/** The real paths of files. A link that leads nowhere has none: who imports it is told. */
async function realPaths(files: readonly string[]): Promise<string[]> {
  const found = await Promise.all(
    files.map((file) =>
      realpath(file).catch((error: NodeJS.ErrnoException) => {
        if (error.code === 'ENOENT') return undefined;
        throw error;
      }),
    ),
  );
  return found.filter((file) => file !== undefined);
}
