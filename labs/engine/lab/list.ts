/** Lists that a person types into a text parameter: parts with commas between them, and names in them. */

/** The parts of a list without the blanks around them. A comma too many is no part. */
export function partsOf(list: string): string[] {
  return list
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

/** Letters and digits of any script, and what names have between them. */
const name = /^[\p{L}\p{N}_][\p{L}\p{N}\p{M}_ .'’-]*$/u;

/**
 * A name of a person or a thing: José, Anna-Lena, O'Brien, hot dog, 日本. Text that looks alike gives the same name.
 * @throws RangeError that says what a name may be
 */
export function nameOf(written: string): string {
  const tidy = written.normalize('NFC').trim().replace(/\s+/g, ' ');
  if (name.test(tidy)) return tidy;
  throw new RangeError(`'${written}' is no name: write letters and digits, with blanks or . - _ ' between them`);
}

/** @throws RangeError when a name stands in a list twice, in which each may stand once */
export function refuseRepeated(names: readonly string[]): void {
  const repeated = names.find((one, place) => names.indexOf(one) < place);
  if (repeated !== undefined) throw new RangeError(`'${repeated}' is there twice: name each once`);
}

/**
 * The `validate` of a text parameter, made of its parser.
 * @param parse throws a RangeError for what is no such text
 */
export function complaintAbout(parse: (text: string) => unknown): (text: string) => string | undefined {
  return (text) => {
    try {
      parse(text);
      return undefined;
    } catch (error) {
      if (error instanceof RangeError) return error.message;
      throw error;
    }
  };
}
