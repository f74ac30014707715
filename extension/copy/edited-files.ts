/** What of a copy is the learner's own. */
import path from 'node:path';
import { labsOf } from './create-copy.ts';
import { listFiles } from './layout.ts';
import { readText, textHash, type Marker } from './marker.ts';

/** A file of a copy that differs from what ships. */
export interface EditedFile {
  lab: string;
  /** Relative to the lab's folder, with forward slashes. */
  file: string;
  /** Changed since it came with the copy, or written by the learner. */
  state: 'edited' | 'own';
}

/**
 * The learner's files in a copy, in order.
 * @param unsaved texts of open editors by absolute path: they count instead of what is on disk
 */
export async function editedFiles(
  root: string,
  marker: Marker,
  unsaved: ReadonlyMap<string, string> = new Map(),
): Promise<EditedFile[]> {
  const found: EditedFile[] = [];
  for (const lab of labsOf(marker)) {
    for (const file of await listFiles(path.join(root, lab))) {
      const absolute = path.join(root, lab, file);
      const base = marker.files[`${lab}/${file}`];
      const text = unsaved.get(absolute) ?? (await readText(absolute)) ?? '';
      if (base === undefined) found.push({ lab, file, state: 'own' });
      else if (textHash(text) !== base) found.push({ lab, file, state: 'edited' });
    }
  }
  return found;
}
