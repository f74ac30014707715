/** Whether a value is plain data, of a depth and size that everybody who gets it can deal with. */

const deepest = 100;
const mostValues = 2_000_000;

/**
 * Looks through a value without ever calling what it holds or running out of stack.
 * @returns the end of a sentence about what it is instead; undefined: it is
 */
export function whyNotPlain(value: unknown): string | undefined {
  let values = 0;
  const look = (one: unknown, depth: number): string | undefined => {
    if (++values > mostValues) return `holds more than ${mostValues} values`;
    if (typeof one !== 'object' || one === null) {
      const isPlain = one === null || ['string', 'number', 'boolean', 'undefined'].includes(typeof one);
      return isPlain ? undefined : `holds a ${typeof one}`;
    }
    if (depth === deepest) return `has more than ${deepest} lists and objects in one another`;
    const isList = Array.isArray(one);
    const prototype: unknown = Object.getPrototypeOf(one);
    if (!isList && prototype !== Object.prototype && prototype !== null) return 'holds an object of a class';
    for (const name of Object.keys(one)) {
      const wrong = look((one as Record<string, unknown>)[name], depth + 1);
      if (wrong !== undefined) return wrong;
    }
    return undefined;
  };
  return look(value, 0);
}
