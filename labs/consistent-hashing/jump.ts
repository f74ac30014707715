/**
 * Jump hash: computes the owner's number from the key and the number of servers alone, with no table at all.
 *
 * Imagine servers being added one after the other. When the n-th comes, 1 key in n must move to it, and each key
 * decides by a coin of its own (a pseudo-random generator that starts from the key). Instead of tossing n
 * times, the key computes when it would move next: it *jumps* from move to move. The last jump that lands
 * below n is its place. It makes about ln n jumps.
 *
 * Perfectly even, minimal movement when a server is added at the end or the last one is dropped. That is also
 * the price: buckets have numbers and no names, and only the last can go. When another one goes, all behind it
 * move down by one number, and nearly every key of theirs moves to another server.
 *
 * Use it for numbered shards that are only ever added, and whose replicas, not whose number, stand in for a
 * failed machine. Not for servers that may fail one by one.
 *
 * Cost: O(ln n) a look-up, no memory beside the list of names.
 * Source: J. Lamping, E. Veach, "A Fast, Minimal Memory, Consistent Hash Algorithm", arXiv:1406.2294, 2014.
 */
import type { Hash } from './hash.ts';
import type { KeyPlacement } from './placement.ts';

/**
 * The bucket of a 64-bit key, as in the paper, whose generator is key = key · 2862933555777941757 + 1 (mod 2⁶⁴).
 * JavaScript's numbers are exact up to 2⁵³ only, and its big integers are thirty times slower; so the key
 * goes in two halves of 32 bits, and they are multiplied as on paper, in digits of 16 bits.
 * @param high,low the upper and lower 32 bits of the key
 * @param buckets 1 or more
 * @returns 0 … buckets − 1
 */
export function jumpHash(high: number, low: number, buckets: number): number {
  let upper = high | 0;
  let lower = low | 0;
  let bucket = 0;
  for (;;) {
    const digit0 = lower & 0xffff;
    const digit1 = lower >>> 16;
    const column0 = (Math.imul(digit0, 0xb0fd) + 1) | 0;
    const column1 = (Math.imul(digit1, 0xb0fd) + (column0 >>> 16)) | 0;
    const column2 = (Math.imul(digit0, 0x87b0) + (column1 & 0xffff)) | 0;
    const carry = Math.imul(digit1, 0x87b0) + (column1 >>> 16) + (column2 >>> 16);
    upper = (Math.imul(upper, 0x87b0b0fd) + Math.imul(lower, 0x27bb2ee6) + carry) | 0;
    lower = (column2 << 16) | (column0 & 0xffff);
    // The upper 31 bits of the key are the coin that says where the next jump lands.
    const next = (bucket + 1) * (2 ** 31 / ((upper >>> 1) + 1));
    if (next >= buckets) return bucket;
    bucket = floor(next);
  }
}

/** 1.5 · 2⁵²: doubles of this size are whole numbers. */
const noFractions = 1.5 * 2 ** 52;

/** Math.floor for values from 1 to 2³², without the way to an integer and back, which would be half of each jump. */
function floor(value: number): number {
  const whole = value - 0.5 + noFractions - noFractions;
  return value - whole < 1 ? whole : whole + 1; // a whole value minus one half may be rounded up or down
}

export class Jump implements KeyPlacement {
  readonly #hash: Hash;
  /** By bucket. */
  readonly #servers: string[] = [];
  readonly #halves = new Uint32Array(2);

  constructor({ hash }: { hash: Hash }) {
    this.#hash = hash;
  }

  addServer(server: string): void {
    if (this.#servers.includes(server)) throw new RangeError(`${server} has a bucket already`);
    this.#servers.push(server);
  }

  removeServer(server: string): void {
    const bucket = this.#servers.indexOf(server);
    if (bucket < 0) throw new RangeError(`${server} has no bucket`);
    this.#servers.splice(bucket, 1); // everyone behind it moves down
  }

  ownerOf(key: string): string {
    if (this.#servers.length === 0) throw new RangeError('there is no server: add one first');
    this.#hash.halves(key, this.#halves);
    return this.#servers[jumpHash(this.#halves[0]!, this.#halves[1]!, this.#servers.length)]!;
  }
}
