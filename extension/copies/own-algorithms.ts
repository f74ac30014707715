/** Algorithms that the learner wrote in files of their own. */
import path from 'node:path';
import type { AlgorithmEntry, LabEntry } from '../../labs/engine/lab/catalogue.ts';
import { listFiles } from '../copy/layout.ts';
import { algorithmsIn } from '../labs/algorithms.ts';
import type { Copy } from './copies.ts';
import { textAsSeen } from './open-texts.ts';

/** The learner's own algorithms of a lab in a copy, as a lab's declaration would name them. */
export async function ownAlgorithms(copy: Copy, lab: LabEntry): Promise<AlgorithmEntry[]> {
  const found = new Map<string, AlgorithmEntry>();
  for (const file of await listFiles(path.join(copy.root, lab.id))) {
    if (!file.endsWith('.ts')) continue;
    const text = await textAsSeen(path.join(copy.root, lab.id, file));
    for (const { id, title, export: exported, own } of algorithmsIn(text, lab, file)) {
      if (!own || found.has(id) || lab.algorithms.some((algorithm) => algorithm.id === id)) continue;
      found.set(id, { id, title, summary: 'An algorithm of your own.', export: exported, file, expects: {} });
    }
  }
  return [...found.values()];
}
