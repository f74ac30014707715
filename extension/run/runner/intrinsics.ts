/**
 * What everything in a thread stands on: the functions of the language. A lab that puts something else in place of one
 * of them breaks the engine, and what is said of it then would be beside the point.
 */

const { defineProperty, getOwnPropertyDescriptor } = Object;
const { deleteProperty, ownKeys } = Reflect;
const { is } = Object;

interface Kept {
  name: string;
  owner: object;
  key: PropertyKey;
  descriptor: PropertyDescriptor;
}

/** Their methods; `Math`, `Date` and the like are left out, for the engine itself has wrapped them. */
const owners: Readonly<Record<string, object>> = {
  Object,
  'Object.prototype': Object.prototype,
  'Function.prototype': Function.prototype,
  Array,
  'Array.prototype': Array.prototype,
  Number,
  'String.prototype': String.prototype,
  'RegExp.prototype': RegExp.prototype,
  'Map.prototype': Map.prototype,
  'Set.prototype': Set.prototype,
  'WeakMap.prototype': WeakMap.prototype,
  'Promise.prototype': Promise.prototype,
  'Uint8Array.prototype': Object.getPrototypeOf(Uint8Array.prototype) as object,
  JSON,
  Reflect,
  Atomics,
};

let kept: readonly Kept[] = [];
let inEveryObject = 0;

/** Remembers what there is; before any code is loaded that is not ours. */
export function keepIntrinsics(): void {
  kept = Object.entries(owners).flatMap(([of, owner]) =>
    ownKeys(owner).map((key) => {
      return { name: `${of}.${String(key)}`, owner, key, descriptor: getOwnPropertyDescriptor(owner, key)! };
    }),
  );
  inEveryObject = ownKeys(Object.prototype).length;
}

/**
 * Puts back what was put away, without using any of it.
 * @returns the names of what was not itself any more, the first of them; undefined: all was well
 */
export function restoreIntrinsics(): string | undefined {
  let replaced: string | undefined;
  for (let i = 0; i < kept.length; i++) {
    const { name, owner, key, descriptor } = kept[i]!;
    const now = getOwnPropertyDescriptor(owner, key);
    if (now && is(now.value, descriptor.value) && now.get === descriptor.get && now.set === descriptor.set) continue;
    replaced ??= name;
    try {
      defineProperty(owner, key, descriptor);
    } catch {
      // Frozen with something else in it: nothing can be done but name it.
    }
  }
  const keys = ownKeys(Object.prototype);
  for (let i = inEveryObject; i < keys.length; i++) {
    replaced ??= 'Object.prototype';
    deleteProperty(Object.prototype, keys[i]!);
  }
  return replaced;
}
