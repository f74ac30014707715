/** A program that is ready to run: what is kept of it, and what the worker loads. */
import { createHash } from 'node:crypto';
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

/** A program and one more file that a worker says it has loaded. */
export function withLoaded(program: Program, { file, text }: { file: string; text: string }): Program {
  return { ...program, files: [...program.files, sourceFile(file, text)] };
}
