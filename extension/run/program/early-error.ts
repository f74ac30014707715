/** Finds the place of an error that V8 reports while it reads a module: it says what is wrong, and not where. */
import jsTokens from 'js-tokens';
import type { SourceLocation } from '../../../labs/engine/protocol/failure.ts';
import type { SourceFile } from '../run.ts';
import { needsBundler } from './source-files.ts';

/** What the message names, where in a text that is, and what to say instead. */
const kinds: readonly { message: RegExp; find: (text: string, name: string) => number; say?: string }[] = [
  { message: /^Invalid regular expression: (\/.+\/\w*): /s, find: (text, literal) => text.indexOf(literal) },
  { message: /^Duplicate export of '(.+)'/, find: secondExport },
  { message: /^Invalid or unexpected (t)oken/, find: decorator, say: needsBundler('a decorator') },
];

/**
 * The place that such an error is about, in the first file that has what the message names; and better words for it
 * where there are any.
 * @param message as V8 words it
 */
export function placeOfEarlyError(
  message: string,
  files: readonly SourceFile[],
): { location: SourceLocation; message: string } | undefined {
  for (const { message: pattern, find, say } of kinds) {
    const name = pattern.exec(message)?.[1];
    if (name === undefined) continue;
    for (const { file, text } of files) {
      const at = find(text, name);
      if (at < 0) continue;
      const before = text.slice(0, at).split('\n');
      const location = { file, line: before.length, column: before.at(-1)!.length + 1, length: name.length };
      return { location, message: say ?? message };
    }
  }
  return undefined;
}

/** Where the first decorator is: V8 knows none yet, and stripping types leaves them as they are. −1 for nowhere. */
function decorator(text: string): number {
  let at = 0;
  for (const { type, value } of jsTokens(text)) {
    if (type === 'Invalid' && value === '@') return at;
    at += value.length;
  }
  return -1;
}

/** Where a name is exported again: by a declaration or in a list. −1 for nowhere. */
function secondExport(text: string, name: string): number {
  const exported = new RegExp(
    `\\bexport\\b[^;{]*(?:\\{[^}]*)?(?<![\\w$])(${name.replaceAll('$', '\\$')})(?![\\w$])`,
    'dg',
  );
  const [, again] = text.matchAll(exported);
  return again?.indices?.[1]?.[0] ?? -1;
}
