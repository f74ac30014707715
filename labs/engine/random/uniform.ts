/** Uniform draws by number: draw k of a purpose and an owner, in no order and with nothing remembered. */
import { philox } from './philox.ts';

/** The number by which a purpose or an owner enters the counter: FNV-1a of its UTF-16 units. */
export function streamId(name: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < name.length; i++) {
    const unit = name.charCodeAt(i);
    hash = Math.imul(hash ^ (unit & 0xff), 0x01000193);
    hash = Math.imul(hash ^ (unit >>> 8), 0x01000193);
  }
  return hash >>> 0;
}

const words = new Uint32Array(4);

/**
 * The n-th uniform draw in [0, 1) of a stream: the stateless form, for worlds that keep their counters as data.
 * @param purpose,owner as `streamId` gives them
 */
export function uniformAt(seed: number, purpose: number, owner: number, counter: number): number {
  philox(counter, Math.floor(counter / 2 ** 32), purpose, owner, seed, Math.floor(seed / 2 ** 32), words);
  return (words[0]! * 0x200000 + (words[1]! >>> 11)) / 2 ** 53;
}

/**
 * Two independent uniform draws in [0, 1) for one counter: what a normal variate takes. The first is `uniformAt`.
 * @param out receives both
 */
export function uniformsAt(seed: number, purpose: number, owner: number, counter: number, out: Float64Array): void {
  philox(counter, Math.floor(counter / 2 ** 32), purpose, owner, seed, Math.floor(seed / 2 ** 32), words);
  out[0] = (words[0]! * 0x200000 + (words[1]! >>> 11)) / 2 ** 53;
  out[1] = (words[2]! * 0x200000 + (words[3]! >>> 11)) / 2 ** 53;
}
