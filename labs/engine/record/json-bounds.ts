/** JSON that is still bytes, looked through before a parser makes objects of it. */
import type { DataLimits } from '../protocol/bounded.ts';

const quote = 0x22;
const backslash = 0x5c;
const comma = 0x2c;
const openList = 0x5b;
const closeList = 0x5d;
const openObject = 0x7b;
const closeObject = 0x7d;

/**
 * What keeps JSON from being within limits, in words to follow its name; undefined where nothing does. Stops at the first
 * thing it finds and keeps nothing but two counts.
 * @param json UTF-8; what is no JSON may pass, for the parser to refuse
 */
export function faultInJson(json: Uint8Array, limits: Omit<DataLimits, 'characters'>): string | undefined {
  let values = 1;
  let depth = 0;
  let inText = false;
  for (let at = 0; at < json.length; at++) {
    const byte = json[at]!;
    if (inText) {
      if (byte === backslash) at++;
      else if (byte === quote) inText = false;
    } else if (byte === quote) {
      inText = true;
    } else if (byte === openList || byte === openObject) {
      values++;
      if (++depth > limits.depth) return `is nested more than ${limits.depth} deep`;
    } else if (byte === closeList || byte === closeObject) {
      depth--;
    } else if (byte === comma) {
      values++;
    }
    if (values > limits.values) return `holds more than ${limits.values} values`;
  }
  return undefined;
}
