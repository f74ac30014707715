/** Which text each algorithm is measured as: the one in the editor where it differs, the one that ships otherwise. */
import path from 'node:path';
import { byId } from '../../../labs/engine/lab/formerly.ts';
import type { AlgorithmEntry } from '../../../labs/engine/lab/catalogue.ts';
import type { LabSource, SourceFile } from '../run.ts';
import { filesBehind, relativeToLab, versionOf } from './files-behind.ts';

export interface MeasuredText {
  /** The files behind the algorithm, named relative to the lab's folder. */
  files: SourceFile[];
  /** A name for the text, where it is not the one that ships. */
  version: string | undefined;
}

export interface TextRequest {
  lab: string;
  source: LabSource;
  /** The files of the lab as it ships. */
  shipped: readonly SourceFile[];
  /** The files of the learner's copy, where that is what is measured. */
  copied: readonly SourceFile[] | undefined;
  /** The algorithms that ship. */
  algorithms: readonly AlgorithmEntry[];
  /** Text of the benchmark's plan. */
  plan: string;
}

/** The text that an algorithm is measured as. @param id of one that ships, or that the source brings */
export function measuredText(
  id: string,
  { lab, source, shipped, copied, algorithms, plan }: TextRequest,
): MeasuredText {
  const own = source.kind === 'folder' ? source.extra?.find((one) => one.id === id) : undefined;
  const file =
    own && source.kind === 'folder'
      ? path.relative(path.join(source.root, lab), own.file).replaceAll('\\', '/')
      : (byId(algorithms, id)?.file ?? '');
  if (!copied) return { files: filesBehind(shipped, file, plan), version: undefined };
  const original = new Map(relativeToLab(shipped).map((one) => [one.file, one.sha256]));
  const changed = (one: SourceFile): boolean => original.get(one.file) !== one.sha256;
  // A lab.ts of the learner's may put anything behind an algorithm.
  const declared = relativeToLab(copied).find((one) => one.file === 'lab.ts');
  const files = filesBehind(copied, declared && changed(declared) ? '' : file, plan);
  return { files, version: own || files.some(changed) ? versionOf(files) : undefined };
}
