/** Which algorithms a file holds: those the lab names, and the learner's own. */
import path from 'node:path';
import { findImplementations, findNearMisses, type NearMiss } from '../../labs/engine/lab/discovery.ts';
import type { LabEntry } from '../../labs/engine/lab/catalogue.ts';

/** An algorithm that a learner can point at: by a lens, in the tree, from the palette. */
export interface AlgorithmTarget {
  lab: string;
  /** Id of the algorithm: the lab's name for it, or where it stands (`AlgorithmInText.id`) where it is the learner's own. */
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
  /**
   * The lab's name for it, in the one file that the lab names for it. Anywhere else a class is the learner's own, whatever
   * it is called, and its id says where it stands: `ring copy`, `backup/mine`; `mine#Second` for one that its file does
   * not stand for alone.
   */
  id: string;
  title: string;
  /** The name that its class is exported by. */
  export: string;
  /** Line of the class, from 0. */
  line: number;
  /** Whether it is the learner's own: the bundled lab does not name it. */
  own: boolean;
  /** The interface that it implements. */
  contract: string;
}

/**
 * The algorithms in the text of a file.
 * @param file relative to the lab's folder, with forward slashes
 */
export function algorithmsIn(text: string, lab: LabEntry, file: string): AlgorithmInText[] {
  const found: AlgorithmInText[] = [];
  const place = file.replace(/\.ts$/, '');
  let placeTaken = lab.algorithms.some((algorithm) => algorithm.file === file || algorithm.id === place);
  for (const { name, exported, line, contract } of findImplementations(text, lab.contracts, basesFor(file, lab))) {
    const known = lab.algorithms.find((algorithm) => algorithm.file === file && algorithm.export === name);
    if (known) {
      found.push({ id: known.id, title: known.title, export: exported, line, own: false, contract });
      continue;
    }
    const title = name === 'default' ? path.posix.basename(place) : name;
    found.push({ id: placeTaken ? `${place}#${name}` : place, title, export: exported, line, own: true, contract });
    placeTaken = true;
  }
  return found;
}

/** The classes in the text of a learner's file that look like algorithms and cannot be run, with the reason. */
export function nearMissesIn(text: string, lab: LabEntry, file: string): NearMiss[] {
  return isSolution(file) ? [] : findNearMisses(text, lab.contracts, basesFor(file, lab));
}

/** Classes of the lab, by what they implement: what extends them implements it with them. */
function basesFor(file: string, { algorithms }: LabEntry): ReadonlyMap<string, string> {
  return new Map(isSolution(file) ? [] : algorithms.map((one) => [one.export, one.contract]));
}

/** A solution of an exercise is there to be read: it stands in no list, since it does not say what it implements. */
function isSolution(file: string): boolean {
  return file.startsWith('exercises/solutions/');
}

/** The algorithms of a file that run: an exercise, or whatever else no lab names, does so in a copy alone. */
export function runnableOf(algorithms: readonly AlgorithmInText[], copied: boolean): AlgorithmInText[] {
  return algorithms.filter(({ own }) => copied || !own);
}

/**
 * The file, relative to the lab's folder, in which an algorithm of the learner's own stands.
 * @returns undefined for an id that no place can have
 */
export function placeOf(id: string): string | undefined {
  const place = id.split('#', 1)[0]!;
  // An id comes from a panel: it leads nowhere but into the lab's folder.
  const inside = place.split('/').every((part) => part !== '' && part !== '.' && part !== '..' && !part.includes('\\'));
  return inside ? `${place}.ts` : undefined;
}
