/** Finds the place of an error that V8 reports while it reads a module: it says what is wrong, and not where. */
import type { SourceLocation } from '../../../labs/engine/protocol/failure.ts';
import type { SourceFile } from '../run.ts';

/** What the message names, and where in a text that is. */
const kinds: readonly { message: RegExp; find: (text: string, name: string) => number }[] = [
  { message: /^Invalid regular expression: (\/.+\/\w*): /s, find: (text, literal) => text.indexOf(literal) },
  { message: /^Duplicate export of '(.+)'/, find: secondExport },
];

/**
 * The place that such an error is about, in the first file that has what the message names.
 * @param message as V8 words it
 */
export function placeOfEarlyError(message: string, files: readonly SourceFile[]): SourceLocation | undefined {
  for (const { message: pattern, find } of kinds) {
    const name = pattern.exec(message)?.[1];
    if (name === undefined) continue;
    for (const { file, text } of files) {
      const at = find(text, name);
      if (at < 0) continue;
      const before = text.slice(0, at).split('\n');
      return { file, line: before.length, column: before.at(-1)!.length + 1, length: name.length };
    }
  }
  return undefined;
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
