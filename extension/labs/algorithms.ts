/** Which algorithms a file holds: those the lab names, and the learner's own. */
import { findImplementations } from '../../labs/engine/lab/discovery.ts';
import type { LabEntry } from '../../labs/engine/lab/catalogue.ts';

/** An algorithm that a learner can point at: by a lens, in the tree, from the palette. */
export interface AlgorithmTarget {
  lab: string;
  /** Id of the algorithm: the lab's name for it, or the file's name where it is the learner's own. */
  algorithm: string;
  /** Root of the copy whose text is meant; undefined: the bundled text. */
  root: string | undefined;
}

/** Names a target in maps. */
export function keyOf({ lab, algorithm, root = '' }: AlgorithmTarget): string {
  return JSON.stringify([lab, algorithm, root]);
}

/** An algorithm in a text. */
export interface AlgorithmInText {
  id: string;
  title: string;
  /** The exported class. */
  export: string;
  /** Line of the class, from 0. */
  line: number;
  /** Whether it is the learner's own: the bundled lab does not name it. */
  own: boolean;
}

/**
 * The algorithms in the text of a file.
 * @param file relative to the lab's folder, with forward slashes
 */
export function algorithmsIn(text: string, lab: LabEntry, file: string): AlgorithmInText[] {
  const found: AlgorithmInText[] = [];
  for (const { name, line } of findImplementations(text, lab.contract)) {
    const known = lab.algorithms.find((algorithm) => algorithm.export === name);
    if (known) found.push({ id: known.id, title: known.title, export: name, line, own: false });
    // An own algorithm goes by the name of its file, so a file can hold one.
    else if (!found.some(({ own }) => own))
      found.push({ id: fileId(file), title: name, export: name, line, own: true });
  }
  return found;
}

/** The id of an own algorithm: its file's name without extension. */
function fileId(file: string): string {
  return file.slice(file.lastIndexOf('/') + 1).replace(/\.ts$/, '');
}
