/** Algorithms that the learner wrote in files of their own. */
import path from 'node:path';
import type { AlgorithmEntry, LabEntry } from '../../labs/engine/lab/catalogue.ts';
import type { Copy } from '../copy/find-copies.ts';
import { algorithmsIn } from '../labs/algorithms.ts';
import { textInEditor } from './open-texts.ts';

/** The learner's own algorithms of a lab in a copy, as a lab's declaration would name them. */
export async function ownAlgorithms(copy: Copy, lab: LabEntry): Promise<AlgorithmEntry[]> {
  const found: AlgorithmEntry[] = [];
  const files = copy.files(lab.id);
  for (const file of (await files.list()).files) {
    if (!file.endsWith('.ts')) continue;
    const text = textInEditor(path.join(copy.root, lab.id, file)) ?? (await files.text(file)) ?? '';
    for (const { id, title, export: exported, own, contract } of algorithmsIn(text, lab, file)) {
      if (!own) continue;
      // Two classes may be called alike: their files tell them apart.
      found.push({ id, ...wordsFor(file, `${title} (${file})`), contract, export: exported, file, expects: {} });
    }
  }
  return found;
}

/** What a list says of an own algorithm: a lab's exercises and their solutions are told apart by their folder. */
function wordsFor(file: string, title: string): { title: string; summary: string } {
  const [, folder, number = '', name = ''] = /^(exercises\/(?:solutions\/)?)(?:(\d+)-)?(.*)\.ts$/.exec(file) ?? [];
  if (folder === undefined) return { title, summary: 'An algorithm of your own.' };
  const words = name.replaceAll('-', ' ');
  return folder.includes('solutions')
    ? { title: `Solution: ${words}`, summary: 'One solution of an exercise.' }
    : {
        title: `Exercise ${number}: ${words}`,
        summary: 'An exercise: what is to be done stands at the top of the file.',
      };
}
