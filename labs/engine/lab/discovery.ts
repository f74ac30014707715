/**
 * Finds algorithms in source text without executing it: `export class Ring implements KeyPlacement`.
 * It reads tokens, not syntax trees, so it is quick enough for every keystroke and works on a file that
 * does not compile at the moment.
 */
import jsTokens from 'js-tokens';

/** An exported class that implements a lab's contract: it says so, or the class that it extends does. */
export interface Implementation {
  /** What the class is called; `default` where it has no name. */
  name: string;
  /** The name that it is imported by. */
  exported: string;
  /** Line of the declaration, from 0. */
  line: number;
  /** Name of the interface that it implements. */
  contract: string;
}

/** A class that looks like an algorithm and is none that could be run. */
export interface NearMiss {
  name: string;
  /** Line of the declaration, from 0. */
  line: number;
  /** In a few words for a lens: why, and what would make it one. */
  why: string;
}

/**
 * The implementations of a lab's contracts in a file, in the order of the text.
 * @param contracts names of TypeScript interfaces
 * @param known classes in other files, each with the one that it implements
 */
export function findImplementations(
  text: string,
  contracts: readonly string[],
  known: ReadonlyMap<string, string> = noClasses,
): Implementation[] {
  const file = read(text);
  return file.classes.flatMap((one) => {
    const { name, exported, line, abstract } = one;
    const contract = exported === undefined || abstract ? undefined : contractOf(one, file, contracts, known);
    return exported === undefined || contract === undefined ? [] : [{ name, exported, line, contract }];
  });
}

const noClasses: ReadonlyMap<string, string> = new Map();

/** The classes of a file that its writer may wonder about: they are not found, and why is not to be seen. */
export function findNearMisses(
  text: string,
  contracts: readonly string[],
  known: ReadonlyMap<string, string> = noClasses,
): NearMiss[] {
  const file = read(text);
  const misses: NearMiss[] = [];
  let found = false;
  for (const one of file.classes) {
    const { name, line, exported, abstract } = one;
    if (contractOf(one, file, contracts, known) === undefined) continue;
    if (exported !== undefined && !abstract) found = true;
    else if (abstract) misses.push({ name, line, why: 'Abstract: a class that extends it can be run' });
    else if (!file.classes.some(({ base }) => base === one.local)) {
      misses.push({ name, line, why: `To be run it must be exported: export class ${name}` });
    }
  }
  if (found || misses.length > 0) return misses;
  // A file without an algorithm, in which a class is made out of one from elsewhere that nothing is known of.
  return file.classes
    .filter(({ exported, base }) => exported !== undefined && base !== undefined && file.imported.has(base))
    .map(({ name, line, base }) => ({
      name,
      line,
      why: `To be run it must say 'implements ${contracts.join("' or 'implements ")}': what ${base} implements is not known here`,
    }));
}

/** A class as far as its head goes. */
interface ClassHead {
  name: string;
  /** What it is called in its file: not what it calls itself where it is the value of a variable. */
  local: string;
  /** The name that other files import it by, where they can. */
  exported: string | undefined;
  line: number;
  abstract: boolean;
  /** The class that it extends. */
  base: string | undefined;
  implemented: readonly string[];
}

interface File {
  classes: readonly ClassHead[];
  /** Names as they are where they come from, by the names that they have here. */
  imported: ReadonlyMap<string, string>;
}

/** Which of the contracts a class implements, itself or by what it extends. */
function contractOf(
  one: ClassHead,
  { classes, imported }: File,
  contracts: readonly string[],
  known: ReadonlyMap<string, string>,
): string | undefined {
  const original = (name: string): string => imported.get(name) ?? name;
  const seen = new Set<ClassHead>();
  for (let at: ClassHead | undefined = one; at && !seen.has(at);) {
    seen.add(at);
    const { implemented, base }: ClassHead = at;
    const named = implemented.map(original).find((name) => contracts.includes(name));
    if (named !== undefined) return named;
    at = classes.find(({ local }) => local === base);
    const ofBase = at || base === undefined ? undefined : known.get(original(base));
    if (ofBase !== undefined) return ofBase;
  }
  return undefined;
}

function read(text: string): File {
  const words = wordsOf(text);
  const value = (at: number): string => words[at]?.value ?? '';
  const classes: ClassHead[] = [];
  const imported = new Map<string, string>();
  /** The names of what is exported apart from its declaration, by what it is called there. */
  const exported = new Map<string, string>();
  for (let at = 0; at < words.length; at++) {
    if (value(at) === 'import' || (value(at) === 'export' && value(at + 1) === '{')) {
      const { names, end } = namesAt(words, at + 1);
      if (value(at) === 'import') for (const [original, here] of names) imported.set(here, original);
      else if (value(end + 1) !== 'from') for (const [here, outside] of names) exported.set(here, outside);
      at = Math.max(at, end);
    } else if (value(at) === 'export' && value(at + 1) === 'default' && !/^[.([]$/.test(value(at + 3))) {
      if (isName(value(at + 2))) exported.set(value(at + 2), 'default');
    } else if (value(at) === 'class' && value(at - 1) !== '.') {
      classes.push(classAt(words, at));
    }
  }
  return { classes: classes.map((one) => ({ ...one, exported: one.exported ?? exported.get(one.local) })), imported };
}

/** The class whose keyword stands there. */
function classAt(words: readonly Word[], at: number): ClassHead {
  const named = isName(words[at + 1]?.value ?? '');
  let first = at;
  const follows = (word: string): boolean => {
    if (words[first - 1]?.value !== word) return false;
    first--;
    return true;
  };
  const abstract = follows('abstract');
  const isDefault = follows('default');
  const variable = variableBefore(words, first);
  if (variable) first = variable.at;
  const name = named ? words[at + 1]!.value : (variable?.name ?? 'default');
  const local = variable?.name ?? name;
  const exported = follows('export') ? (isDefault ? 'default' : local) : undefined;
  return { name, local, exported, line: words[first]!.line, abstract, ...headAt(words, named ? at + 2 : at + 1) };
}

/** The variable that a class is the value of: `const Mine = class`, or with its type `const Mine: Type = class`. */
function variableBefore(words: readonly Word[], at: number): { name: string; at: number } | undefined {
  if (words[at - 1]?.value !== '=') return undefined;
  for (let i = at - 2; i > 0 && !/^[;{}=]$/.test(words[i]!.value); i--) {
    if (/^(const|let|var)$/.test(words[i - 1]!.value)) return { name: words[i]!.value, at: i - 1 };
  }
  return undefined;
}

/** What a class extends and implements: the words up to the `{` that opens its body, without type arguments. */
function headAt(words: readonly Word[], from: number): Pick<ClassHead, 'base' | 'implemented'> {
  const implemented: string[] = [];
  let base: string | undefined;
  let clause = '';
  let angles = 0;
  for (const { value } of words.slice(from)) {
    if (angles === 0 && /^([{;]|export|import|class|const|function)$/.test(value)) break;
    if (angles === 0 && (value === 'extends' || value === 'implements')) clause = value;
    else if (angles === 0 && isName(value)) {
      if (clause === 'extends')
        base = value; // of `labs.Ring` the last
      else if (clause === 'implements') implemented.push(value);
    } else if (angles === 0 && clause === 'extends' && value === '(') {
      clause = base = undefined as never;
    }
    if (value === '=>') continue;
    for (const character of value) {
      if (character === '<') angles++;
      else if (character === '>') angles--;
    }
  }
  return { base, implemented };
}

/** The names of `{ Ring, Jump as Other }`, and of a default before it; each as it is there and as it is called here. */
function namesAt(words: readonly Word[], from: number): { names: [string, string][]; end: number } {
  const names: [string, string][] = [];
  let at = from;
  if (words[at]?.value === 'type' && words[at + 1]?.value !== 'from') at++;
  if (isName(words[at]?.value ?? '')) {
    names.push(['default', words[at]!.value]);
    at += words[at + 1]?.value === ',' ? 2 : 1;
  }
  if (words[at]?.value !== '{') return { names, end: at - 1 };
  for (at++; at < words.length && /^[\w$,\u0080-\uffff]+$/.test(words[at]!.value); at++) {
    const [before, here] = [words[at - 1]!.value, words[at]!.value];
    if (here === ',' || here === 'as' || (here === 'type' && isName(words[at + 1]?.value ?? ''))) continue;
    if (before === 'as') names.at(-1)![1] = here;
    else names.push([here, here]);
  }
  return { names, end: at };
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

/** Words that stand where a name could, and are none. */
const keywords = new Set([
  'abstract',
  'class',
  'extends',
  'function',
  'implements',
  'new',
  'async',
  'await',
  'enum',
  'interface',
]);

function isName(word: string): boolean {
  return /^[\p{ID_Start}$_]/u.test(word) && !keywords.has(word);
}
