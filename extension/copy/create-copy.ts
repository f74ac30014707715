/** Makes a learner's copy of labs, or adds labs to one. */
import path from 'node:path';
import { readText, removeDrafts, removeEmpty, statusOf, writeFolder, writeInside } from './inside.ts';
import { bundledFiles, bundledLab, bundledLabs, listFiles, markerFolder, type Product } from './layout.ts';
import { BrokenMarker, labsOf, readMarker, textHash, writeMarker, type Marker } from './marker.ts';
import { markerFromFiles } from './mend-copy.ts';
import { refreshTypes, writeProjectFiles } from './types-config.ts';

/**
 * Puts labs into a copy and makes the copy first where there is none. Files that are already there stay as they are.
 * Labs that the copy has by its record are left alone, unless their folder was deleted; what a making that was cut
 * short did not get to is written now. A folder of labs without a record, or with a broken one, becomes a copy.
 * @param root the copy's folder, made where it is missing
 * @param labs ids of bundled labs
 * @throws Error when a lab is not among the bundled ones
 * @throws CopyFault when the disk does not let it
 */
export async function createCopy(root: string, labs: readonly string[], product: Product): Promise<void> {
  const bundled = await bundledLabs(product);
  const unknown = labs.find((lab) => !bundled.includes(lab));
  if (unknown !== undefined) throw new Error(`there is no bundled lab '${unknown}'`);
  await removeDrafts(root);
  const sound = await soundMarker(root);
  const marker = sound ?? (await markerFromFiles(root, product));
  const had = sound ? labsOf(sound) : [];
  try {
    for (const lab of labs) {
      if (had.includes(lab) && (await listFiles(path.join(root, lab))).length > 0) continue;
      Object.assign(marker.files, await addLab(root, lab, product));
    }
    await writeProjectFiles(root);
    await refreshTypes(root, product);
    await writeMarker(root, marker);
  } catch (error) {
    await removeEmpty(path.join(root, markerFolder), root);
    throw error;
  }
}

/** Writes the files of a lab that are not there. @returns the base hashes of all of them */
async function addLab(root: string, lab: string, product: Product): Promise<Marker['files']> {
  const texts = new Map<string, string>();
  for (const name of await bundledFiles(product, lab)) {
    texts.set(name, (await readText(path.join(bundledLab(product, lab), name)))!);
  }
  if (!(await statusOf(path.join(root, lab)))) await writeFolder(root, lab, texts);
  else {
    for (const [name, text] of texts) {
      if (!(await statusOf(path.join(root, lab, name)))) await writeInside(root, `${lab}/${name}`, text);
    }
  }
  return Object.fromEntries([...texts].map(([name, text]) => [`${lab}/${name}`, textHash(text)]));
}

/** The record of a copy where it can be relied on. */
async function soundMarker(root: string): Promise<Marker | undefined> {
  try {
    return await readMarker(root);
  } catch (error) {
    if (error instanceof BrokenMarker) return undefined;
    throw error;
  }
}
