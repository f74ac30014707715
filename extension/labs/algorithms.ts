/** Which algorithms a file holds: those the lab names, and the learner's own. */
import { findImplementations, findNearMisses, type NearMiss } from '../../labs/engine/lab/discovery.ts';
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
  /** The name that its class is exported by. */
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
  for (const { name, exported, line } of findImplementations(text, lab.contract, basesFor(file, lab))) {
    const known = lab.algorithms.find((algorithm) => algorithm.export === name);
    if (known) found.push({ id: known.id, title: known.title, export: exported, line, own: false });
    // An own algorithm goes by the name of its file, so a file can hold one.
    else if (!found.some(({ own }) => own)) {
      const title = name === 'default' ? fileId(file) : name;
      found.push({ id: fileId(file), title, export: exported, line, own: true });
    }
  }
  return found;
}

/** The classes in the text of a learner's file that look like algorithms and cannot be run, with the reason. */
export function nearMissesIn(text: string, lab: LabEntry, file: string): NearMiss[] {
  return isSolution(file) ? [] : findNearMisses(text, lab.contract, basesFor(file, lab));
}

/** Classes that implement the lab's contract, and what extends them with them. */
function basesFor(file: string, { algorithms }: LabEntry): string[] {
  return isSolution(file) ? [] : algorithms.map((algorithm) => algorithm.export);
}

/** A solution of an exercise is there to be read: it stands in no list, since it does not say what it implements. */
function isSolution(file: string): boolean {
  return file.startsWith('exercises/solutions/');
}

/** The id of an own algorithm: its file's name without extension. */
function fileId(file: string): string {
  return file.slice(file.lastIndexOf('/') + 1).replace(/\.ts$/, '');
}
