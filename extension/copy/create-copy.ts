/** Makes a learner's copy of labs, or adds labs to one. */
import path from 'node:path';
import { bundledFiles, bundledLab, listFiles, type Product } from './layout.ts';
import { readMarker, readText, textHash, writeMarker, writeWhole, type Marker } from './marker.ts';
import { refreshTypes, writeProjectFiles } from './types-config.ts';

/**
 * Puts labs into a copy and makes the copy first where there is none. Files that are already there
 * stay as they are; labs that the copy has already are left alone, unless their folder was deleted.
 * @param root the copy's folder, made where it is missing
 * @param labs ids of bundled labs
 * @throws Error when a lab is not among the bundled ones
 */
export async function createCopy(root: string, labs: readonly string[], product: Product): Promise<void> {
  const marker: Marker = (await readMarker(root)) ?? { format: 1, engineVersion: product.version, files: {} };
  for (const lab of labs) {
    if (labsOf(marker).includes(lab) && (await listFiles(path.join(root, lab))).length > 0) continue;
    const names = await bundledFiles(product, lab);
    if (names.length === 0) throw new Error(`there is no bundled lab '${lab}'`);
    for (const name of names) {
      const text = (await readText(path.join(bundledLab(product, lab), name)))!;
      const file = path.join(root, lab, name);
      if ((await readText(file)) === undefined) await writeWhole(file, text);
      marker.files[`${lab}/${name}`] = textHash(text);
    }
  }
  await writeProjectFiles(root);
  await refreshTypes(root, product);
  await writeMarker(root, marker);
}

/** Ids of the labs that a copy holds. */
export function labsOf(marker: Marker): string[] {
  return [...new Set(Object.keys(marker.files).map((name) => name.slice(0, name.indexOf('/'))))].sort();
}
