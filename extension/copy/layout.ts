/**
 * Where things stand in a learner's copy of the labs:
 *
 *     system-design-labs/            the copy: one folder a lab, for the learner to edit
 *       .system-design-labs/         the marker folder, by which a copy is known
 *         copy.json                  the version it follows and a base hash per file
 *         tsconfig.json              generated for this machine, ignored by git
 *         .gitignore
 *       tsconfig.json                extends the generated one; the learner's
 *       consistent-hashing/…
 *
 * The engine is never copied: types and code of `system-design-labs/engine` come from the extension.
 */
import { readdir } from 'node:fs/promises';
import path from 'node:path';

/** The folder that Open Lab makes in a workspace folder. */
export const copyFolder = 'system-design-labs';
/** The folder by which a copy is known. */
export const markerFolder = '.system-design-labs';

/** What is installed: where its files are, and its version. */
export interface Product {
  /** Absolute path of the extension, which holds labs/ and dist/. */
  extensionPath: string;
  version: string;
}

/** A lab's folder as it ships. */
export function bundledLab(product: Product, lab: string): string {
  return path.join(product.extensionPath, 'labs', lab);
}

/** Parts of a lab's folder that serve those who build the extension, and what New Algorithm makes files from. */
const notForLearners = /^(benchmark|testing|templates)\//;

/** The files of a lab that a learner gets, relative to its folder. */
export async function bundledFiles(product: Product, lab: string): Promise<string[]> {
  return (await listFiles(bundledLab(product, lab))).filter((file) => !notForLearners.test(file));
}

/** More files than any lab has: a scan that finds more has left the copy (a link to elsewhere). */
const maxFiles = 5_000;

/**
 * The files under a folder, relative to it, with forward slashes and in order. Leaves out tests (they
 * need packages that a copy does not have), hidden things, node_modules and what links point at.
 * @returns nothing for a folder that is not there
 * @throws Error when there are more than 5,000 files
 */
export async function listFiles(folder: string): Promise<string[]> {
  const found: string[] = [];
  const visit = async (relative: string): Promise<void> => {
    const entries = await readdir(path.join(folder, relative), { withFileTypes: true });
    for (const entry of entries) {
      if (entry.name.startsWith('.') || entry.name === 'node_modules') continue;
      const name = relative === '' ? entry.name : `${relative}/${entry.name}`;
      if (entry.isDirectory()) await visit(name);
      else if (entry.isFile() && !entry.name.endsWith('.test.ts')) found.push(name);
      if (found.length > maxFiles)
        throw new Error(`${folder} holds more than ${maxFiles} files: it is no copy of a lab`);
    }
  };
  try {
    await visit('');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT' && found.length === 0) return [];
    throw error;
  }
  return found.sort();
}
