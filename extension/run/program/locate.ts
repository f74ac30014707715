/** Finds the place in the learner's files that a failure in the worker is about. */
import path from 'node:path';
import type { RunFailure, SourceLocation } from '../../../labs/engine/protocol/failure.ts';
import { lineOfClass } from '../../../labs/engine/lab/discovery.ts';
import type { WorkerFailure } from '../runner/messages.ts';
import type { Program } from '../run.ts';
import { placeOfEarlyError } from './early-error.ts';
import { urlOf } from './source-files.ts';

/** A failure with its place: the innermost frame that lies in the lab's own files. */
export function located(failure: WorkerFailure, { files, entry }: Program): RunFailure {
  const { ofDeclaration, ofClass, placeless: _, ...rest } = failure;
  // An entry of our own making is on no disk.
  const names = files.map(({ file }) => file).filter((file) => file !== entry || isDeclaration(file));
  let location: SourceLocation | undefined;
  if (ofDeclaration) location = declaration(names);
  else if (ofClass !== undefined) location = placeOfClass(ofClass, files);
  else location = placeIn(failure.stack ?? '', names);
  if (location) return { ...rest, location };
  return ofClass === undefined ? { ...rest, ...placeOfEarlyError(failure.message, files) } : rest;
}

function isDeclaration(file: string): boolean {
  return path.basename(file) === 'lab.ts';
}

/** Where a class is declared. Of two of the same name nobody knows which is meant: then nowhere. */
function placeOfClass(name: string, files: Program['files']): SourceLocation | undefined {
  const places = files.flatMap(({ file, text }) => {
    const line = lineOfClass(text, name);
    return line === undefined ? [] : [{ file, line: line + 1, column: 1 }];
  });
  return places.length === 1 ? places[0] : undefined;
}

function declaration(names: readonly string[]): SourceLocation | undefined {
  const file = names.find(isDeclaration);
  return file === undefined ? undefined : { file, line: 1, column: 1 };
}

/** The place that a stack leads to in the lab's own files, where it does. */
export function placeOfStack(stack: string, { files }: Program): SourceLocation | undefined {
  return firstFrame(
    stack.split('\n'),
    files.map(({ file }) => file),
  );
}

function placeIn(stack: string, names: readonly string[]): SourceLocation | undefined {
  const lines = stack.split('\n');
  return placeOfSyntaxError(lines, names) ?? firstFrame(lines, names);
}

function firstFrame(lines: readonly string[], names: readonly string[]): SourceLocation | undefined {
  for (const line of lines) {
    if (!/^\s+at /.test(line)) continue;
    const place = placeAfterName(line, names);
    if (place?.column !== undefined) return { ...place, column: place.column };
  }
  return undefined;
}

/** Errors of parsing begin with `file:line`, and show the text there with carets under the place, where it is one line. */
function placeOfSyntaxError(lines: readonly string[], names: readonly string[]): SourceLocation | undefined {
  const [first = ''] = lines;
  const place = /:\d+$/.test(first) ? placeAfterName(first, names) : undefined;
  if (!place) return undefined;
  const shown = lines.slice(
    1,
    lines.findIndex((line) => line.startsWith('SyntaxError')),
  );
  const [, before = '', carets = ''] = shown.map((line) => /^( *)(\^+)$/.exec(line)).find(Boolean) ?? [];
  return { ...place, column: before.length + 1, ...(carets ? { length: carets.length } : {}) };
}

/** The `name:line:column` in a text, where the name is one of these: as it is, or as a file: URL. */
function placeAfterName(
  text: string,
  names: readonly string[],
): { file: string; line: number; column?: number } | undefined {
  for (const file of names) {
    const written = path.isAbsolute(file) ? [file, urlOf(file)] : [file];
    for (const name of written) {
      const at = text.indexOf(`${name}:`);
      // `/b/c.ts` is not named in `/a/b/c.ts`.
      if (at < 0 || !/(^|[\s(])$/.test(text.slice(0, at))) continue;
      const numbers = /^:(\d+)(?::(\d+))?/.exec(text.slice(at + name.length));
      if (numbers) return { file, line: Number(numbers[1]), ...(numbers[2] ? { column: Number(numbers[2]) } : {}) };
    }
  }
  return undefined;
}
