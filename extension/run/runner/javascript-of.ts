/** A learner's TypeScript or JSON as the JavaScript that runs, where there is no esbuild to make it. */
import { stripTypeScriptTypes } from 'node:module';
import { needsBundler, urlOf } from '../program/source-files.ts';

/** A file that is not what its name says. Its stack is the place. */
export class BadSyntax extends Error {
  override readonly name = 'BadSyntax';

  constructor(message: string, file: string, { line, column }: Place) {
    super(message);
    this.stack = `${message}\n    at parse (${file}:${line}:${column})`;
  }
}

interface Place {
  /** From 1. */
  line: number;
  /** From 1. */
  column: number;
}

/**
 * The text of a module that has the same lines and columns.
 * @throws BadSyntax
 */
export function javaScriptOf(text: string, file: string): string {
  return file.endsWith('.json') ? fromJson(text, file) : withoutTypes(text, file);
}

function withoutTypes(text: string, file: string): string {
  try {
    return quietly(() => stripTypeScriptTypes(text, { sourceUrl: urlOf(file) }));
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    const { message, ...place } = readParserError(error, text);
    const [, construct] = /^(.+) is not supported in strip-only mode$/.exec(message) ?? [];
    throw new BadSyntax(construct === undefined ? message : needsBundler(construct), file, place);
  }
}

function fromJson(text: string, file: string): string {
  try {
    JSON.parse(text);
  } catch (error) {
    const { message } = error as SyntaxError;
    const [, line = 1, column = 1] = /\(line (\d+) column (\d+)\)/.exec(message) ?? [];
    throw new BadSyntax(message, file, { line: Number(line), column: Number(column) });
  }
  return `export default JSON.parse(${JSON.stringify(text)});`;
}

/**
 * What the parser says, and about which place. Newer Nodes give the line at the head of the stack and show the text
 * there; older ones (22) have nothing but a drawing, for a message:
 *
 *       x Expression expected
 *        ,-[2:1]
 *      1 | const a = 1;
 *      2 | let b: number = ;
 *        :                 ^
 *        `----
 */
export function readParserError({ message, stack = '' }: Error, text: string): Place & { message: string } {
  const [, headed] = /^file:.*:(\d+)\n/.exec(stack) ?? [];
  const [, words = message] = /^\s*x (.+)/.exec(message) ?? [];
  const [, drawn, before] =
    headed === undefined
      ? (/\n *(\d+) \| .*\n *: ( *)\^/.exec(message) ?? [])
      : [, headed, /^( *)\^+$/m.exec(stack.slice(0, stack.search(/^SyntaxError/m)))?.[1] ?? ''];
  if (drawn === undefined) {
    const [, line = 1, column = 1] = /,-\[(\d+):(\d+)\]/.exec(message) ?? [];
    return { message: words, line: Number(line), column: Number(column) };
  }
  const line = Number(drawn);
  return { message: words, line, column: columnAt(text.split('\n')[line - 1] ?? '', before!.length) };
}

const tabStop = 4;
const wide =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|\p{Emoji_Presentation}/u;

/** The column of a line that is drawn so far from its left edge, where a tab fills up to its stop and some characters take two places. */
function columnAt(line: string, width: number): number {
  let at = 0;
  let drawn = 0;
  for (const character of line) {
    if (drawn >= width) break;
    drawn +=
      character === '\t' ? tabStop - (drawn % tabStop) : /\p{M}/u.test(character) ? 0 : wide.test(character) ? 2 : 1;
    at += character.length;
  }
  return at + 1;
}

/** Does something of Node's that is an experiment to it, without the warning about that: a learner can do nothing about it. */
export function quietly<T>(work: () => T): T {
  const { emitWarning } = process;
  process.emitWarning = ((warning: string | Error, ...rest: unknown[]) => {
    if (rest[0] !== 'ExperimentalWarning') Reflect.apply(emitWarning, process, [warning, ...rest]);
  }) as typeof emitWarning;
  try {
    return work();
  } finally {
    process.emitWarning = emitWarning;
  }
}
