/**
 * The catalogue as the build writes it: the heads of all labs in one file, and each lab in one of its own, so that what
 * is read at a start does not grow with the labs. Paths are relative to the folder of what is built.
 */
import { headOf, type WholeLabEntry } from './catalogue.ts';

/** The heads: a list of `LabHead`. */
export const headsFile = 'catalogue.json';

/** A lab whole: a `WholeLabEntry`. */
export function labFile(id: string): string {
  return `catalogue/${id}.json`;
}

/** Names and texts of the files. */
export function catalogueFiles(labs: readonly WholeLabEntry[]): [file: string, text: string][] {
  return [
    [headsFile, JSON.stringify(labs.map(headOf))],
    ...labs.map((lab): [string, string] => [labFile(lab.id), JSON.stringify(lab)]),
  ];
}
