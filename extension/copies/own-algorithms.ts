/** Algorithms that the learner wrote in files of their own. */
import path from 'node:path';
import type { AlgorithmEntry, LabEntry } from '../../labs/engine/lab/catalogue.ts';
import { listFiles } from '../copy/layout.ts';
import { algorithmsIn } from '../labs/algorithms.ts';
import type { Copy } from './copies.ts';
import { textAsSeen } from './open-texts.ts';

/** The learner's own algorithms of a lab in a copy, as a lab's declaration would name them. */
export async function ownAlgorithms(copy: Copy, lab: LabEntry): Promise<AlgorithmEntry[]> {
  const found: AlgorithmEntry[] = [];
  for (const file of await listFiles(path.join(copy.root, lab.id))) {
    if (!file.endsWith('.ts')) continue;
    const text = await textAsSeen(path.join(copy.root, lab.id, file));
    for (const { id, title, export: exported, own } of algorithmsIn(text, lab, file)) {
      if (!own) continue;
      // Two classes may be called alike: their files tell them apart.
      found.push({ id, ...wordsFor(file, `${title} (${file})`), export: exported, file, expects: {} });
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
