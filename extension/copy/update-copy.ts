/** Brings a copy up to the installed version: unedited files follow, edited ones are kept. */
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { labsOf } from './create-copy.ts';
import { bundledFiles, type Product } from './layout.ts';
import { readMarker, readText, textHash, writeMarker, writeWhole } from './marker.ts';
import { refreshTypes, writeProjectFiles } from './types-config.ts';

/** What an update did, as paths relative to the copy. */
export interface CopyUpdate {
  /** Follow the new version: written, added or taken away. */
  followed: string[];
  /** Edited by the learner, and different in the new version: kept as they are, worth a comparison. */
  kept: string[];
}

/**
 * Updates a copy in place. A second update in a row changes nothing.
 * @param held paths relative to the copy that stand unsaved in an editor: edited, whatever the disk says
 * @returns undefined where `root` is no copy
 */
export async function updateCopy(
  root: string,
  product: Product,
  held: ReadonlySet<string> = new Set(),
): Promise<CopyUpdate | undefined> {
  const marker = await readMarker(root);
  if (!marker) return undefined;
  const update: CopyUpdate = { followed: [], kept: [] };
  const files: Record<string, string> = {};
  for (const lab of labsOf(marker)) {
    const bundled = await bundledFiles(product, lab);
    for (const name of bundled.map((file) => `${lab}/${file}`)) {
      const base = marker.files[name];
      const text = (await readText(path.join(product.extensionPath, 'labs', name)))!;
      files[name] = textHash(text);
      const mine = await readText(path.join(root, name));
      // A file that came with the copy and is gone was deleted on purpose: it does not come back.
      if (mine === undefined && base !== undefined) continue;
      if (mine !== undefined && textHash(mine) === files[name]) continue;
      if (mine === undefined || (textHash(mine) === base && !held.has(name))) {
        await writeWhole(path.join(root, name), text);
        update.followed.push(name);
      } else if (base !== files[name]) update.kept.push(name);
    }
  }
  for (const [name, base] of Object.entries(marker.files)) {
    if (name in files) continue;
    const mine = await readText(path.join(root, name));
    if (mine === undefined || textHash(mine) !== base || held.has(name)) continue;
    await rm(path.join(root, name));
    update.followed.push(name);
  }
  await writeProjectFiles(root);
  await refreshTypes(root, product);
  await writeMarker(root, { ...marker, engineVersion: product.version, files });
  return update;
}
