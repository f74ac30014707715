/** Schemas with limits, for what others made: each looks how much there is before anything walks it. */
import * as v from 'valibot';

/** What data may be at most. */
export interface DataLimits {
  /** Lists and objects in one another. */
  depth: number;
  /** Everything that stands somewhere: numbers, texts, lists, objects. */
  values: number;
  /** Of all texts and names together. */
  characters: number;
}

type JsonLike = null | boolean | number | string | JsonLike[] | { [name: string]: JsonLike };

/**
 * What keeps a value from being plain data within limits, in words to follow its name; undefined where nothing does.
 * Stops at the first thing it finds, and keeps a list of its own of what is still to be looked at: however deep the
 * data, it takes no stack.
 */
export function faultInData(value: unknown, limits: DataLimits): string | undefined {
  let values = 1;
  let characters = 0;
  const waiting: { value: unknown; depth: number }[] = [{ value, depth: 0 }];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const { value: found, depth } = next;
    if (typeof found === 'string') {
      characters += found.length;
    } else if (typeof found === 'object' && found !== null) {
      if (depth >= limits.depth) return `is nested more than ${limits.depth} deep`;
      const names = Array.isArray(found) ? [] : Object.keys(found);
      values += Array.isArray(found) ? found.length : names.length;
      if (values > limits.values) return `holds more than ${limits.values} values`;
      for (const name of names) characters += name.length;
      const inside = Array.isArray(found) ? (found as unknown[]) : (Object.values(found) as unknown[]);
      for (let i = 0; i < inside.length; i++) waiting.push({ value: inside[i], depth: depth + 1 }); // holes included
    } else if (found !== null && typeof found !== 'boolean' && !Number.isFinite(found)) {
      return 'must be plain data: null, true, false, finite numbers, texts, lists and objects of such';
    }
    if (characters > limits.characters) return `holds more than ${limits.characters} characters`;
  }
  return undefined;
}

/** Plain data within limits. */
export function plainData(limits: DataLimits): v.GenericSchema<JsonLike> {
  return v.custom<JsonLike>(
    (value) => faultInData(value, limits) === undefined,
    ({ input }) => faultInData(input, limits) ?? '',
  );
}

/** A text of at most so many characters. */
export function boundedText(most: number): v.GenericSchema<string> {
  return v.pipe(v.string('must be a text'), v.maxLength(most, `must have at most ${most} characters`));
}

/** A list of at most so many items; a longer one is refused before its items are looked at. */
export function boundedList<Input, Output>(item: v.GenericSchema<Input, Output>, most: number) {
  return v.pipe(
    v.custom<Input[]>((value) => Array.isArray(value), 'must be a list'),
    v.check((list) => list.length <= most, `must have at most ${most} items`),
    v.array(item, 'must be a list'),
  );
}

/** An object of at most so many named values; a larger one is refused before its values are looked at. */
export function boundedRecord<Input, Output>(
  name: v.GenericSchema<string>,
  value: v.GenericSchema<Input, Output>,
  most: number,
) {
  return v.pipe(
    v.custom<Record<string, Input>>((given) => isObject(given), 'must be an object'),
    v.check((given) => Object.keys(given).length <= most, `must have at most ${most} entries`),
    v.record(name, value, 'must be an object'),
  );
}

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What was found wrong, in one line that is short whatever stands in the data: where, and what. */
export function firstFault([{ path, message }]: readonly [v.BaseIssue<unknown>, ...v.BaseIssue<unknown>[]]): string {
  const where = path?.map(({ key }) => String(key)).join('.') ?? 'it';
  return cut(`${cut(where, 100)}: ${message}`, 300);
}

function cut(text: string, most: number): string {
  return text.length > most ? `${text.slice(0, most)}…` : text;
}
