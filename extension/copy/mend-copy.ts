/** Finds out what a folder is to us, and makes the record of a copy anew where it is lost or broken. */
import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { readText, removeDrafts, statusOf } from './inside.ts';
import { bundledFiles, bundledLab, bundledLabs, markerFolder, type Product } from './layout.ts';
import { BrokenMarker, readMarker, textHash, writeMarker, type Marker } from './marker.ts';
import { refreshTypes, writeProjectFiles } from './types-config.ts';

/** What stands in a folder. */
export type Place =
  | { kind: 'copy'; marker: Marker }
  /** A copy whose record cannot be used, or is gone. */
  | { kind: 'broken'; problem: string; labs: string[] }
  /** Folders of labs without anything that says that they are a copy. */
  | { kind: 'likeness'; labs: string[] }
  /** Nothing: there is room for a copy. */
  | { kind: 'free' }
  /** Something that is none of ours. */
  | { kind: 'taken' };

/** Looks at a folder that may hold a copy. */
export async function placeAt(root: string, product: Product): Promise<Place> {
  try {
    const marker = await readMarker(root);
    if (marker) return { kind: 'copy', marker };
  } catch (error) {
    if (!(error instanceof BrokenMarker)) throw error;
    return { kind: 'broken', problem: error.message, labs: await labFoldersIn(root, product) };
  }
  if (!(await statusOf(root))) return { kind: 'free' };
  // The copy itself may be a link: the learner keeps it elsewhere.
  if (!(await stat(root).catch(() => undefined))?.isDirectory()) return { kind: 'taken' };
  const labs = await labFoldersIn(root, product);
  const marked = (await statusOf(path.join(root, markerFolder)))?.isDirectory() ?? false;
  if (labs.length > 0) {
    const problem = `${path.join(root, markerFolder)} has lost its record`;
    return marked ? { kind: 'broken', problem, labs } : { kind: 'likeness', labs };
  }
  // A marker folder alone is what a making that was cut short leaves behind.
  const names = (await readdir(root)).filter((name) => name !== markerFolder || !marked);
  return { kind: names.length === 0 ? 'free' : 'taken' };
}

/**
 * Makes a copy's record anew from its files: what equals the bundled text is unedited, all else is kept as edited. No
 * file of a lab changes.
 * @throws CopyFault when it cannot be written
 */
export async function mendCopy(root: string, product: Product): Promise<void> {
  await removeDrafts(root);
  await writeProjectFiles(root);
  await refreshTypes(root, product);
  await writeMarker(root, await markerFromFiles(root, product));
}

/** The record that a copy would have if its labs had just come, from the files that are there. */
export async function markerFromFiles(root: string, product: Product): Promise<Marker> {
  const files: Record<string, string> = {};
  for (const lab of await labFoldersIn(root, product)) {
    for (const file of await bundledFiles(product, lab)) {
      files[`${lab}/${file}`] = textHash((await readText(path.join(bundledLab(product, lab), file)))!);
    }
  }
  return { format: 1, engineVersion: product.version, files };
}

/** Labs of which a folder holds code: those whose own folder has a file by the name of one that ships with it. */
async function labFoldersIn(root: string, product: Product): Promise<string[]> {
  const found: string[] = [];
  for (const lab of await bundledLabs(product)) {
    if (!(await statusOf(path.join(root, lab)))) continue;
    for (const file of await bundledFiles(product, lab)) {
      if (!file.endsWith('.ts') || !(await statusOf(path.join(root, lab, file)))?.isFile()) continue;
      found.push(lab);
      break;
    }
  }
  return found;
}

/**
 * Where the folder of a lab went that is not under its own name any more.
 * @returns the folder in the copy whose lab.ts declares that lab, undefined where there is none
 */
export async function renamedFolder(root: string, lab: string): Promise<string | undefined> {
  const entries = await readdir(root, { withFileTypes: true });
  const folders = entries.filter((entry) => entry.isDirectory() && !entry.name.startsWith('.') && entry.name !== lab);
  for (const { name } of folders) {
    const text = await readText(path.join(root, name, 'lab.ts'));
    if (text !== undefined && declaredId(text) === lab) return name;
  }
  return undefined;
}

/** The id that the text of a lab.ts declares: `id: 'consistent-hashing'`, indented less than those of its algorithms. */
function declaredId(text: string): string | undefined {
  const ids = [...text.matchAll(/^([ \t]*)id:\s*(['"`])([\w-]+)\2/gm)];
  return ids.sort(([, a], [, b]) => a!.length - b!.length)[0]?.[3];
}
