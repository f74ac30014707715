/** Brings a copy up to the installed version: unedited files follow, edited ones are kept. */
import path from 'node:path';
import { readText, removeDrafts, removeEmpty, removeInside, statusOf, writeInside } from './inside.ts';
import { bundledFiles, bundledLabs, type Product } from './layout.ts';
import { labsOf, readMarker, textHash, writeMarker, type Marker } from './marker.ts';
import { refreshTypes, writeProjectFiles } from './types-config.ts';

/** What an update did, as paths relative to the copy. */
export interface CopyUpdate {
  /** Follow the new version: written, added or taken away. */
  followed: string[];
  /** Edited by the learner, and different in the new version: kept as they are, worth a comparison. */
  kept: string[];
  /** Links and other things that are no plain files: neither read nor written. */
  passed: string[];
}

/**
 * Updates a copy in place. A second update in a row changes nothing. Labs that this version does not ship stay as
 * they are.
 * @param held paths relative to the copy that stand unsaved in an editor: edited, whatever the disk says
 * @returns undefined where `root` is no copy
 * @throws BrokenMarker when it has a record that cannot be understood
 * @throws CopyFault when the disk does not let it
 */
export async function updateCopy(
  root: string,
  product: Product,
  held: ReadonlySet<string> = new Set(),
): Promise<CopyUpdate | undefined> {
  const marker = await readMarker(root);
  if (!marker) return undefined;
  await removeDrafts(root);
  const update: CopyUpdate = { followed: [], kept: [], passed: [] };
  const files: Marker['files'] = { ...marker.files };
  const shipped = await bundledLabs(product);
  for (const lab of labsOf(marker).filter((name) => shipped.includes(name))) {
    const bundled = (await bundledFiles(product, lab)).map((file) => `${lab}/${file}`);
    const gone = Object.keys(marker.files).filter((name) => name.startsWith(`${lab}/`) && !bundled.includes(name));
    for (const name of gone) delete files[name];
    if (!(await isWithin(root, lab))) {
      update.passed.push(lab);
      continue;
    }
    for (const name of bundled) {
      const base = marker.files[name];
      const text = (await readText(path.join(product.extensionPath, 'labs', name)))!;
      files[name] = textHash(text);
      const mine = await textOf(root, name);
      // A file that came with the copy and is gone was deleted on purpose: it does not come back.
      if (mine === undefined && base !== undefined) continue;
      if (mine === notPlain) update.passed.push(name);
      else if (mine === undefined || (textHash(mine) === base && base !== files[name] && !held.has(name))) {
        await writeInside(root, name, text);
        update.followed.push(name);
      } else if (textHash(mine) !== files[name] && base !== files[name]) update.kept.push(name);
    }
    for (const name of gone) {
      const mine = await textOf(root, name);
      if (typeof mine !== 'string' || textHash(mine) !== marker.files[name] || held.has(name)) continue;
      await removeInside(root, name);
      if (path.posix.dirname(name) !== lab) await removeEmpty(path.dirname(path.join(root, name)));
      update.followed.push(name);
    }
  }
  await writeProjectFiles(root);
  await refreshTypes(root, product);
  await writeMarker(root, { ...marker, engineVersion: product.version, files });
  return update;
}

const notPlain = Symbol('no plain file');

/** The text of a file in a copy; undefined where there is nothing. */
async function textOf(root: string, name: string): Promise<string | typeof notPlain | undefined> {
  if (!(await isWithin(root, path.posix.dirname(name)))) return notPlain;
  const file = path.join(root, name);
  return (await readText(file)) ?? ((await statusOf(file)) ? notPlain : undefined);
}

/** Whether a folder of a copy is one, all the way down, or is yet to be made. */
async function isWithin(root: string, folder: string): Promise<boolean> {
  const parts = folder.split('/');
  for (let depth = 1; depth <= parts.length; depth++) {
    const status = await statusOf(path.join(root, ...parts.slice(0, depth)));
    if (!status) return true;
    if (!status.isDirectory()) return false;
  }
  return true;
}
