/**
 * Finds algorithms in source text without executing it: `export class Ring implements KeyPlacement`.
 * It reads tokens, not syntax trees, so it is quick enough for every keystroke and works on a file that
 * does not compile at the moment.
 */
import jsTokens from 'js-tokens';

/** An exported class that says it implements a lab's contract. */
export interface Implementation {
  /** The exported name. */
  name: string;
  /** Line of the `export` keyword, from 0. */
  line: number;
}

/**
 * The implementations of a contract in a file, in the order of the text.
 * @param contract name of the TypeScript interface
 */
export function findImplementations(text: string, contract: string): Implementation[] {
  const found: Implementation[] = [];
  const words = wordsOf(text);
  for (let i = 0; i < words.length; i++) {
    if (words[i]!.value !== 'export') continue;
    let at = i + 1;
    if (words[at]?.value === 'default') at++;
    if (words[at]?.value === 'abstract') at++;
    if (words[at]?.value !== 'class') continue;
    const name = words[at + 1]?.value;
    if (name === undefined) continue;
    const heritage = headOf(words, at + 2);
    const after = heritage.indexOf('implements');
    if (after >= 0 && heritage.includes(contract, after + 1)) found.push({ name, line: words[i]!.line });
  }
  return found;
}

/** Where a class is declared in a text: line of the word `class`, from 0; undefined when it is not there. */
export function lineOfClass(text: string, name: string): number | undefined {
  const words = wordsOf(text);
  return words.find(({ value }, i) => value === 'class' && words[i + 1]?.value === name)?.line;
}

interface Word {
  value: string;
  line: number;
}

/** Names and punctuators, without comments, strings and white space. */
function wordsOf(text: string): Word[] {
  const words: Word[] = [];
  let line = 0;
  for (const token of jsTokens(text)) {
    if (token.type === 'IdentifierName' || token.type === 'Punctuator') words.push({ value: token.value, line });
    for (let i = token.value.indexOf('\n'); i >= 0; i = token.value.indexOf('\n', i + 1)) line++;
  }
  return words;
}

/** The words of a class head up to the `{` that opens its body (type arguments may hold braces of their own). */
function headOf(words: readonly Word[], from: number): string[] {
  const head: string[] = [];
  let angles = 0;
  for (let i = from; i < words.length; i++) {
    const { value } = words[i]!;
    if (value === '{' && angles === 0) break;
    for (const character of value) {
      if (character === '<') angles++;
      else if (character === '>') angles--;
    }
    head.push(value);
  }
  return head;
}
