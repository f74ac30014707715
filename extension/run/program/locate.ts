/** Finds the place in the learner's files that a failure in the worker is about. */
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { RunFailure, SourceLocation } from '../../../labs/engine/protocol/failure.ts';
import type { WorkerFailure } from '../runner/messages.ts';
import type { Prepared } from './prepared.ts';
import { originalPosition } from './source-map.ts';

/** A failure with its place: the innermost frame that lies in the lab's own files. */
export function located(failure: WorkerFailure, { program, code }: Prepared): RunFailure {
  const { ofDeclaration, ...rest } = failure;
  const names = program.files.map(({ file }) => file);
  const location = ofDeclaration ? declaration(names) : placeIn(failure.stack ?? '', names, code);
  return location ? { ...rest, location } : rest;
}

function declaration(names: readonly string[]): SourceLocation | undefined {
  const file = names.find((name) => path.basename(name) === 'lab.ts');
  return file === undefined ? undefined : { file, line: 1, column: 1 };
}

function placeIn(stack: string, names: readonly string[], code: Prepared['code']): SourceLocation | undefined {
  const lines = stack.split('\n');
  return placeOfSyntaxError(lines, names, code) ?? firstFrame(lines, names);
}

function firstFrame(lines: readonly string[], names: readonly string[]): SourceLocation | undefined {
  for (const line of lines) {
    if (!/^\s+at /.test(line)) continue;
    const place = placeAfterName(line, names);
    if (place?.column !== undefined) return { ...place, column: place.column };
  }
  return undefined;
}

/** Errors of parsing say `file:line`, the line, and carets under the place. */
function placeOfSyntaxError(
  lines: readonly string[],
  names: readonly string[],
  code: Prepared['code'],
): SourceLocation | undefined {
  const carets = /^ *(\^+)/.exec(lines[2] ?? '');
  if (!carets) return undefined;
  const column = carets[0].length - carets[1]!.length + 1;
  const place = placeAfterName(lines[0]!, names);
  if (place) return { file: place.file, line: place.line, column, length: carets[1]!.length };
  const inBundle = code.kind === 'bundle' ? placeAfterName(lines[0]!, [code.url]) : undefined;
  if (!inBundle || code.kind !== 'bundle') return undefined;
  const original = originalPosition(code.text, inBundle.line, column);
  if (!original) return undefined;
  const file = original.source.startsWith('file:') ? fileURLToPath(original.source) : original.source;
  return { file, line: original.line, column: original.column };
}

/** The `name:line:column` in a text, where the name is one of these: as it is, or as a file: URL. */
function placeAfterName(
  text: string,
  names: readonly string[],
): { file: string; line: number; column?: number } | undefined {
  for (const file of names) {
    const written = path.isAbsolute(file) ? [file, pathToFileURL(file).href] : [file];
    for (const name of written) {
      const at = text.indexOf(`${name}:`);
      const numbers = at < 0 ? null : /^:(\d+)(?::(\d+))?/.exec(text.slice(at + name.length));
      if (numbers) return { file, line: Number(numbers[1]), ...(numbers[2] ? { column: Number(numbers[2]) } : {}) };
    }
  }
  return undefined;
}
