/**
 * Plain data: what a world is made of and what a node may keep or send. Primitives, plain objects,
 * arrays, typed arrays, Map and Set can be copied, compared and hashed; a function, a promise or an
 * instance of a class cannot, and is refused with its path.
 */
import { createHash } from 'node:crypto';
import { RefusedError } from './refusal.ts';

/** A value that can be copied and compared: see above. */
export type Plain =
  | undefined
  | null
  | boolean
  | number
  | string
  | bigint
  | readonly Plain[]
  | { readonly [name: string]: Plain }
  | ReadonlyMap<Plain, Plain>
  | ReadonlySet<Plain>
  | NodeJS.TypedArray;

/** Deeper than this is a cycle, or as good as one. */
const deepest = 200;

/** Objects frozen by `freezeCopy`, all the way down: nobody can change them, so copies may share them. */
const frozen = new WeakSet<object>();

/** What kind of thing an object is, as far as copying it goes; undefined for an instance of a class. */
function shapeOf(value: object): 'object' | 'array' | 'map' | 'set' | 'typed' | undefined {
  if (Array.isArray(value)) return 'array';
  const prototype = Object.getPrototypeOf(value) as object | null;
  if (prototype === Object.prototype || prototype === null) return 'object';
  if (prototype === Map.prototype) return 'map';
  if (prototype === Set.prototype) return 'set';
  if (ArrayBuffer.isView(value) && !(value instanceof DataView)) return 'typed';
  return undefined;
}

function refuseInstance(value: object, path: string): never {
  if (value instanceof Promise) {
    throw new RefusedError(`${path} is a promise: keep plain data, and wait with context.call`);
  }
  const name = (value as { constructor?: { name?: string } }).constructor?.name ?? 'a class';
  throw new RefusedError(
    `${path} is an instance of ${name}: keep its fields in a plain object, and its methods as functions outside the state`,
  );
}

function refusePrimitive(value: unknown, path: string): void {
  if (typeof value === 'function') {
    throw new RefusedError(`${path} is a function: keep the data it works on instead, and call the function by name`);
  }
  if (typeof value === 'symbol') throw new RefusedError(`${path} is a symbol: use a string`);
}

function step(path: string, key: string | number): string {
  return typeof key === 'number'
    ? `${path}[${key}]`
    : /^[A-Za-z_$][\w$]*$/.test(key)
      ? `${path}.${key}`
      : `${path}['${key}']`;
}

function tooDeep(path: string): RefusedError {
  return new RefusedError(
    `${path.slice(0, 60)}… is nested more than ${deepest} deep, or holds itself: use names instead of references`,
  );
}

/** Values and eight-byte words that `copyPlain` has copied so far: what copies weigh in memory, roughly. */
let copied = 0;

/** How many values all copies so far have held; the difference before and after one is what it weighs. */
export function valuesCopied(): number {
  return copied;
}

/** Thrown inside when a value is not plain data; where it lies is worked out only then. */
const notPlain = new RefusedError('not plain data');

/**
 * A deep copy that shares nothing that could change. Two references to one object stay references to one object.
 * @param path what the value is called in a refusal: 'state of A'
 * @throws RefusedError for anything that is not plain data
 */
export function copyPlain<Value>(value: Value, path = 'the value'): Value {
  try {
    return copy(value, 0, new Map()) as Value;
  } catch (error) {
    if (error === notPlain) inspect(value, path, 0);
    throw error;
  }
}

function copy(value: unknown, depth: number, copies: Map<object, unknown>): unknown {
  if (isPlainPrimitive(value)) return value;
  if (typeof value !== 'object' || depth > deepest) throw notPlain;
  const object = value as object;
  if (frozen.has(object)) return object;
  const known = copies.get(object);
  if (known !== undefined) return known;
  switch (shapeOf(object)) {
    case 'array': {
      const from = object as unknown[];
      const to: unknown[] = new Array(from.length);
      copied += from.length;
      copies.set(object, to);
      for (let i = 0; i < from.length; i++) {
        const item = from[i];
        to[i] = isPlainPrimitive(item) ? item : copy(item, depth + 1, copies);
      }
      return to;
    }
    case 'object': {
      const from = object as Record<string, unknown>;
      const to: Record<string, unknown> = {};
      copies.set(object, to);
      for (const name in from) {
        const item = from[name];
        copied++;
        to[name] = isPlainPrimitive(item) ? item : copy(item, depth + 1, copies);
      }
      return to;
    }
    case 'map': {
      const from = object as Map<unknown, unknown>;
      const to = new Map<unknown, unknown>();
      copied += 4 * from.size;
      copies.set(object, to);
      for (const [key, item] of from) {
        to.set(copy(key, depth + 1, copies), copy(item, depth + 1, copies));
      }
      return to;
    }
    case 'set': {
      const from = object as Set<unknown>;
      const to = new Set<unknown>();
      copied += 3 * from.size;
      copies.set(object, to);
      for (const item of from) to.add(copy(item, depth + 1, copies));
      return to;
    }
    case 'typed': {
      const to = (object as Float64Array).slice();
      copied += to.byteLength >>> 3;
      copies.set(object, to);
      return to;
    }
    default:
      throw notPlain;
  }
}

function isPlainPrimitive(value: unknown): boolean {
  return typeof value !== 'object' ? typeof value !== 'function' && typeof value !== 'symbol' : value === null;
}

/**
 * A deep copy that nobody can change. What was frozen by this function before is returned as it is.
 * A Map, a Set or a typed array cannot be frozen by the language and is refused: send an array of pairs, a plain object.
 * @throws RefusedError for those, and for anything that is not plain data
 */
export function freezeCopy<Value>(value: Value, path = 'the message'): Value {
  try {
    return freeze(value, 0) as Value;
  } catch (error) {
    if (error === notPlain) {
      inspect(value, path, 0);
      refuseUnfreezable(value, path);
    }
    throw error;
  }
}

function freeze(value: unknown, depth: number): unknown {
  if (isPlainPrimitive(value)) return value;
  if (typeof value !== 'object' || depth > deepest) throw notPlain;
  const object = value as object;
  if (frozen.has(object)) return object;
  const shape = shapeOf(object);
  let result: object;
  if (shape === 'array') {
    const from = object as unknown[];
    const items: unknown[] = new Array(from.length);
    for (let i = 0; i < from.length; i++) {
      const item = from[i];
      items[i] = isPlainPrimitive(item) ? item : freeze(item, depth + 1);
    }
    result = items;
  } else if (shape === 'object') {
    const from = object as Record<string, unknown>;
    const fields: Record<string, unknown> = {};
    for (const name in from) {
      const item = from[name];
      fields[name] = isPlainPrimitive(item) ? item : freeze(item, depth + 1);
    }
    result = fields;
  } else {
    throw notPlain;
  }
  frozen.add(Object.freeze(result));
  return result;
}

function refuseUnfreezable(value: unknown, path: string): void {
  if (typeof value !== 'object' || value === null) return;
  const shape = shapeOf(value);
  if (shape === 'array' || shape === 'object') {
    for (const [key, item] of Object.entries(value))
      refuseUnfreezable(item, step(path, shape === 'array' ? Number(key) : key));
    return;
  }
  const mend = shape === 'typed' ? 'Array.from(it)' : '[...it]';
  throw new RefusedError(
    `${path} is a ${shape === 'typed' ? 'typed array' : shape}, which cannot be frozen: send ${mend} instead`,
  );
}

/**
 * Checks that a value is plain data without copying it.
 * @throws RefusedError with the path of what is not
 */
export function assertPlain(value: unknown, path: string): void {
  if (!isPlain(value, 0)) inspect(value, path, 0);
}

function isPlain(value: unknown, depth: number): boolean {
  if (isPlainPrimitive(value)) return true;
  if (typeof value !== 'object' || depth > deepest) return false;
  const object = value as object;
  if (frozen.has(object)) return true;
  switch (shapeOf(object)) {
    case 'array': {
      for (const item of object as unknown[]) if (!isPlainPrimitive(item) && !isPlain(item, depth + 1)) return false;
      return true;
    }
    case 'object': {
      const fields = object as Record<string, unknown>;
      for (const name in fields) {
        if (!isPlainPrimitive(fields[name]) && !isPlain(fields[name], depth + 1)) return false;
      }
      return true;
    }
    case 'map':
      for (const [key, item] of object as Map<unknown, unknown>) {
        if (!isPlain(key, depth + 1) || !isPlain(item, depth + 1)) return false;
      }
      return true;
    case 'set':
      for (const item of object as Set<unknown>) if (!isPlain(item, depth + 1)) return false;
      return true;
    case 'typed':
      return true;
    default:
      return false;
  }
}

/** Goes through a value that is not plain, with the path, until it finds out what is wrong. */
function inspect(value: unknown, path: string, depth: number): void {
  if (typeof value !== 'object' || value === null) return refusePrimitive(value, path);
  if (frozen.has(value)) return;
  if (depth > deepest) throw tooDeep(path);
  switch (shapeOf(value)) {
    case 'array':
      for (const [i, item] of (value as unknown[]).entries()) inspect(item, step(path, i), depth + 1);
      return;
    case 'object':
      for (const [name, item] of Object.entries(value)) inspect(item, step(path, name), depth + 1);
      return;
    case 'map':
      for (const [key, item] of value as Map<unknown, unknown>) {
        inspect(key, `a key of ${path}`, depth + 1);
        inspect(item, `${path}.get(${String(key)})`, depth + 1);
      }
      return;
    case 'set':
      for (const item of value as Set<unknown>) inspect(item, `an item of ${path}`, depth + 1);
      return;
    case 'typed':
      return;
    default:
      refuseInstance(value, path);
  }
}

/**
 * A text that two values share exactly when they hold the same: the order of an object's fields, of a
 * Map's keys and of a Set's items does not count.
 */
export function canonicalText(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return JSON.stringify(value);
    case 'number':
      return Object.is(value, -0) ? '-0' : String(value);
    case 'bigint':
      return `${value}n`;
    case 'object':
      break;
    default:
      return String(value);
  }
  if (value === null) return 'null';
  if (Array.isArray(value)) return `[${value.map(canonicalText).join()}]`;
  if (value instanceof Map) {
    const entries = [...value].map(([key, item]) => `${canonicalText(key)}>${canonicalText(item)}`);
    return `Map(${entries.sort().join()})`;
  }
  if (value instanceof Set) return `Set(${[...value].map(canonicalText).sort().join()})`;
  if (ArrayBuffer.isView(value)) return `${value.constructor.name}(${(value as Uint8Array).join()})`;
  const fields = value as Record<string, unknown>;
  const names = Object.keys(fields).sort();
  return `{${names.map((name) => `${JSON.stringify(name)}:${canonicalText(fields[name])}`).join()}}`;
}

/** 32 hex digits that two values share when they hold the same (see `canonicalText`). */
export function canonicalHash(value: unknown): string {
  return createHash('sha256').update(canonicalText(value)).digest('hex').slice(0, 32);
}
