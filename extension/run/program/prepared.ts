/** A program that is ready to run: what is kept of it, and what the worker loads. */
import { createHash } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import type { Program, SourceFile } from '../run.ts';
import type { WorkerCode } from '../runner/messages.ts';

export interface Prepared {
  program: Program;
  code: WorkerCode;
}

/** Which names a bundle's source map gives to the lab's files. */
export type Naming =
  /** As the learner knows them: the names in `Program.files`. */
  | 'shown'
  /** As a debugger finds them: paths on disk. */
  | 'disk';

/** A file with its hash. @param file as a `SourceLocation` names it */
export function sourceFile(file: string, text: string): SourceFile {
  return { file, text, sha256: createHash('sha256').update(text).digest('hex') };
}

/** The files that a worker says it has loaded. @param texts by file: URL */
export function loadedFiles(texts: Readonly<Record<string, string>>): SourceFile[] {
  return Object.entries(texts).map(([url, text]) => sourceFile(fileURLToPath(url), text));
}
