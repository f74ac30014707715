/** What of a copy is the learner's own. */
import path from 'node:path';
import type { LabFiles } from './lab-files.ts';
import { labsOf, textHash, type Marker } from './marker.ts';

/** A file of a copy that differs from what ships. */
export interface EditedFile {
  lab: string;
  /** Relative to the lab's folder, with forward slashes. */
  file: string;
  /** Changed since it came with the copy, or written by the learner. */
  state: 'edited' | 'own';
}

/** A copy whose files are to be told apart. */
export interface ComparedCopy {
  root: string;
  marker: Marker;
  /** What is known of a lab's files. */
  files(lab: string): LabFiles;
}

/**
 * The learner's files in a copy, in order.
 * @param labs those to be looked at, all of the copy's where left out
 * @param unsaved texts of open editors by absolute path: they count instead of what is on disk
 */
export async function editedFiles(
  { root, marker, files }: ComparedCopy,
  unsaved: ReadonlyMap<string, string> = new Map(),
  labs: readonly string[] = labsOf(marker),
): Promise<EditedFile[]> {
  const found: EditedFile[] = [];
  for (const lab of labs) {
    const known = files(lab);
    const onDisk = await known.derived(marker, () => editedOnDisk(lab, known, marker));
    const open = [...unsaved].filter(([file]) => file.startsWith(path.join(root, lab) + path.sep));
    if (open.length === 0) {
      found.push(...onDisk);
      continue;
    }
    const listed = new Set((await known.list()).files);
    const byFile = new Map(onDisk.map((one) => [one.file, one]));
    for (const [name, text] of open) {
      const file = path.relative(path.join(root, lab), name).split(path.sep).join('/');
      const base = marker.files[`${lab}/${file}`];
      if (base === undefined || !listed.has(file)) continue;
      if (textHash(text) === base) byFile.delete(file);
      else byFile.set(file, { lab, file, state: 'edited' });
    }
    found.push(...[...byFile.values()].sort((a, b) => (a.file < b.file ? -1 : 1)));
  }
  return found;
}

async function editedOnDisk(lab: string, known: LabFiles, marker: Marker): Promise<EditedFile[]> {
  const found: EditedFile[] = [];
  for (const file of (await known.list()).files) {
    const base = marker.files[`${lab}/${file}`];
    if (base === undefined) found.push({ lab, file, state: 'own' });
    else if ((await known.hash(file)) !== base) found.push({ lab, file, state: 'edited' });
  }
  return found;
}
