/** Holds a package together: every file that another one names is in it, and every file in it is named by another one. */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { filesMatching } from '../files.ts';
import { builtEntries, neverShipped, sourceEntries, wholePackages } from './contents.ts';
import { reachedFrom } from './references.ts';

/** What vsce calls them in a package; `.vsixmanifest` is its own. */
const renamed: Readonly<Record<string, string>> = {
  'README.md': 'readme.md',
  'CHANGELOG.md': 'changelog.md',
  LICENSE: 'LICENSE.txt',
};

/**
 * The files of the source tree that ship: those that are listed in `contents.ts`, and what they lead to.
 * @param folder the root of the tree
 */
export async function shippedSources(folder: string): Promise<string[]> {
  const read = (file: string) => readFile(path.join(folder, file), 'utf8').catch(() => undefined);
  const reached = await reachedFrom(await filesMatching(sourceEntries, folder), read);
  return [...reached.keys()].filter((name) => !name.startsWith('dist/') && existsSync(path.join(folder, name))).sort();
}

/**
 * What is wrong with a package, in a line for each file that is missing or out of place.
 * @param folder the package before it is packed, or as it is installed
 */
export async function problemsOf(folder: string): Promise<string[]> {
  const files = new Map((await filesMatching(['**'], folder)).map((file) => [file, file]));
  files.delete('.vsixmanifest');
  for (const [name, file] of Object.entries(renamed)) if (files.delete(file)) files.set(name, file);
  const read = async (name: string) => {
    const file = wholePackages.test(name) ? undefined : files.get(name);
    return file === undefined ? undefined : readFile(path.join(folder, file), 'utf8');
  };
  const listed = [...files.keys()].filter((name) => sourceEntries.some((glob) => path.matchesGlob(name, glob)));
  const reached = await reachedFrom([...listed, ...builtEntries], read);
  return [
    ...[...reached].filter(([name]) => !files.has(name)).map(([name, by]) => `${name} is missing: ${by} names it`),
    ...[...files.keys()]
      .filter((name) => !reached.has(name) && !wholePackages.test(name))
      .map((name) => `${name} is out of place: nothing names it`),
    ...[...files.keys()]
      .filter((name) => neverShipped.test(name))
      .map((name) => `${name} is a test, or only for tests`),
  ].sort();
}

/**
 * The built files that hold a path of the place where they were built, which means nothing where they are installed.
 * @param tree the root of the source tree that they were built from
 */
export async function filesWithPathsOf(tree: string, folder: string): Promise<string[]> {
  const paths = ['extension', 'labs', 'node_modules', 'webview'].map((part) => path.join(tree, part) + path.sep);
  const found: string[] = [];
  for (const name of await filesMatching(['dist/**'], folder)) {
    if (wholePackages.test(name)) continue;
    const text = await readFile(path.join(folder, name), 'utf8');
    if (paths.some((one) => text.includes(one))) found.push(name);
  }
  return found;
}
