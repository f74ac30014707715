/** Which file holds which algorithm, found without executing anything. */
import path from 'node:path';
import type { LabEntry } from '../../../labs/engine/lab/catalogue.ts';
import { findImplementations } from '../../../labs/engine/lab/discovery.ts';
import type { Program } from '../run.ts';

/**
 * A lab as data with the files of its algorithms, as far as they are found.
 * @param folder real path of the lab's folder
 */
export function withAlgorithmFiles<Entry extends LabEntry>(entry: Entry, program: Program, folder: string): Entry {
  const files = new Map<string, string>();
  const known = new Map(entry.algorithms.map((one) => [one.export, one.contract]));
  for (const { file, text } of program.files) {
    const relative = path.relative(folder, file).split(path.sep).join('/');
    for (const { name } of findImplementations(text, entry.contracts, known)) files.set(name, relative);
  }
  return {
    ...entry,
    algorithms: entry.algorithms.map((one) => ({ ...one, file: files.get(one.export) ?? one.file })),
  };
}
