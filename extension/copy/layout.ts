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
/** The record in the marker folder. */
export const markerFile = 'copy.json';

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

/** Ids of the labs that ship: the folders of labs/ that declare one. The engine is none. */
export async function bundledLabs(product: Product): Promise<string[]> {
  const folder = path.join(product.extensionPath, 'labs');
  const entries = await readdir(folder, { withFileTypes: true });
  const labs = await Promise.all(
    entries
      .filter((entry) => entry.isDirectory())
      .map(async ({ name }) => ((await readdir(path.join(folder, name))).includes('lab.ts') ? [name] : [])),
  );
  return labs.flat().sort();
}

/** Parts of a lab's folder that serve those who build the extension, and what New Algorithm makes files from. */
const notForLearners = /^(benchmark|testing|templates)\//;

/** The files of a lab that a learner gets, relative to its folder. */
export async function bundledFiles(product: Product, lab: string): Promise<string[]> {
  return (await listFiles(bundledLab(product, lab))).filter((file) => !notForLearners.test(file));
}

/** What a lab is made of: code and pages. A test needs packages that a copy does not have. */
const counts = /(?<!\.test)\.(ts|md)$/;
/** Folders whose content other programs have made. */
const made = new Set(['node_modules', 'dist']);

/** More files than any lab has. */
export const maxFiles = 5_000;
/** So many names are looked at for them. */
const maxNames = 50_000;

/** The files of a lab's folder. */
export interface Listing {
  /** Relative to the folder, with forward slashes, in order; at most 5,000, those nearest to its top. */
  files: string[];
  /** Whether there are more, which are left out. */
  more: boolean;
  /** The folders that were looked into, '' the first. */
  folders: string[];
}

/**
 * The files under a folder that count as a lab's: code and pages, without tests, hidden things, what other programs
 * have made, and what links point at.
 * @param under only what lies under this folder of it
 * @returns nothing for a folder that is not there
 */
export async function listLab(folder: string, under = ''): Promise<Listing> {
  const files: string[] = [];
  const folders: string[] = [];
  const found = (more: boolean): Listing => ({ files: files.sort(), more, folders });
  let names = 0;
  // Level by level: when there is too much, what stands at the top, the algorithms, is listed.
  let level = [under];
  while (level.length > 0) {
    const next: string[] = [];
    for (const relative of level) {
      folders.push(relative);
      for (const entry of await entriesOf(path.join(folder, relative))) {
        if (++names > maxNames) return found(true);
        if (entry.name.startsWith('.')) continue;
        const name = relative === '' ? entry.name : `${relative}/${entry.name}`;
        if (entry.isDirectory() && !made.has(entry.name)) next.push(name);
        if (!entry.isFile() || !counts.test(entry.name)) continue;
        if (files.length === maxFiles) return found(true);
        files.push(name);
      }
    }
    level = next;
  }
  return found(false);
}

/** As `listLab`, where nobody asks whether there are more. */
export async function listFiles(folder: string): Promise<string[]> {
  return (await listLab(folder)).files;
}

/** Whether what happened to a path, relative to a copy, can change which files count, or what stands in one. */
export function mayCount(name: string, kind: 'came' | 'changed' | 'went'): boolean {
  const parts = name.split('/');
  if (parts.some((part) => part.startsWith('.') || made.has(part))) return false;
  // A folder that came or went brings or takes its files; that one has changed is told of them as well.
  return counts.test(name) || (kind === 'came' ? path.posix.extname(name) === '' : kind === 'went');
}

/** What is in a folder: nothing where there is none, or no longer, or where it may not be looked into. */
async function entriesOf(folder: string) {
  try {
    const entries = await readdir(folder, { withFileTypes: true });
    return entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch (error) {
    if (['ENOENT', 'ENOTDIR', 'EACCES', 'EPERM'].includes((error as NodeJS.ErrnoException).code ?? '')) return [];
    throw error;
  }
}
