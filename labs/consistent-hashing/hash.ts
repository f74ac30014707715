/**
 * Hash functions: what turns a name into a place.
 *
 * Every algorithm of this lab is handed its hash, because the hash decides half of what one sees. A ring is
 * only as even as its points, and points are only as even as the hash that throws them.
 *
 * | hash    | bits | what to expect                                                                  |
 * |---------|------|---------------------------------------------------------------------------------|
 * | md5     | 128  | scatters anything; broken as cryptography (2004), which matters not at all here  |
 * | murmur3 | 32   | scatters anything but forged names; ten times faster                             |
 * | fnv1a   | 32   | four lines; names that differ in the last character only land close together     |
 *
 * Sources: R. Rivest, RFC 1321, 1992 (MD5). G. Fowler, L. C. Noll, P. Vo, RFC 9923 (FNV-1a).
 * A. Appleby, MurmurHash3_x86_32, 2011. Texts are hashed as UTF-8.
 */
import { hash as digestOf } from 'node:crypto';

/** A hash function, seen in the three ways that the algorithms need. The value is an unsigned integer. */
export interface Hash {
  /** Where a text lies on the circle: the value divided by 2^bits, in [0, 1), cut to 53 bits. */
  position(text: string): number;

  /** The value modulo `divisor`, exactly. @param divisor 1 … 2²¹ */
  remainder(text: string, divisor: number): number;

  /** The last 64 bits of the value: halves[0] gets the upper 32 (0 for a hash of 32 bits), halves[1] the lower. */
  halves(text: string, halves: Uint32Array): void;
}

/** MD5, read as one big-endian integer of 128 bits. */
export const md5: Hash = {
  position(text) {
    const digest = md5Digest(text);
    // 53 bits are what a double holds. Ten million points share two of them with a probability of 1 in 180.
    return (wordAt(digest, 0) * 2 ** 21 + (wordAt(digest, 4) >>> 11)) / 2 ** 53;
  },
  remainder(text, divisor) {
    const digest = md5Digest(text);
    let rest = wordAt(digest, 0) % divisor;
    // Long division, a word at a time; rest · 2³² stays below 2⁵³ as long as the divisor has 21 bits.
    for (let at = 4; at < 16; at += 4) rest = (rest * 2 ** 32 + wordAt(digest, at)) % divisor;
    return rest;
  },
  halves(text, halves) {
    const digest = md5Digest(text);
    halves[0] = wordAt(digest, 8);
    halves[1] = wordAt(digest, 12);
  },
};

/** 16 characters, each one byte: asking for a string is twice as fast as asking for a Buffer. */
function md5Digest(text: string): string {
  return digestOf('md5', text, 'binary');
}

function wordAt(digest: string, at: number): number {
  return (
    ((digest.charCodeAt(at) << 24) |
      (digest.charCodeAt(at + 1) << 16) |
      (digest.charCodeAt(at + 2) << 8) |
      digest.charCodeAt(at + 3)) >>>
    0
  );
}

/** FNV-1a as it was published, with nothing stirred in afterwards. */
export const fnv1a: Hash = {
  position: (text) => fnv1a32(text) / 2 ** 32,
  remainder: (text, divisor) => fnv1a32(text) % (divisor >>> 0), // >>> 0: both are then known to be 32-bit integers
  halves(text, halves) {
    halves[0] = 0;
    halves[1] = fnv1a32(text);
  },
};

/** MurmurHash3_x86_32 with seed 0. */
export const murmur3: Hash = {
  position: (text) => murmur3x86(text) / 2 ** 32,
  remainder: (text, divisor) => murmur3x86(text) % (divisor >>> 0),
  halves(text, halves) {
    halves[0] = 0;
    halves[1] = murmur3x86(text);
  },
};

/** The hashes that a learner can choose, by name. */
export const hashes = { md5, fnv1a, murmur3 } as const;
export type HashName = keyof typeof hashes;

const utf8 = new TextEncoder();
/** Characters up to this one are their own UTF-8 byte. Most names have no others, and are hashed as they are. */
const ascii = 0x7f;

/** FNV-1a of 32 bits. @returns 0 … 2³² − 1 */
export function fnv1a32(text: string): number {
  let hash = 0x811c9dc5;
  let seen = 0;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    seen |= unit;
    hash = Math.imul(hash ^ unit, 0x01000193);
  }
  return seen <= ascii ? hash >>> 0 : fnv1a32OfBytes(utf8.encode(text));
}

function fnv1a32OfBytes(bytes: Uint8Array): number {
  let hash = 0x811c9dc5;
  for (const byte of bytes) hash = Math.imul(hash ^ byte, 0x01000193);
  return hash >>> 0;
}

/** MurmurHash3_x86_32, seed 0: four bytes a step, then what is left over, then the finalizer. @returns 0 … 2³² − 1 */
export function murmur3x86(text: string): number {
  const { length } = text;
  let hash = 0;
  let at = 0;
  let seen = 0;
  for (; at + 4 <= length; at += 4) {
    const a = text.charCodeAt(at);
    const b = text.charCodeAt(at + 1);
    const c = text.charCodeAt(at + 2);
    const d = text.charCodeAt(at + 3);
    seen |= a | b | c | d;
    hash = step(hash, a | (b << 8) | (c << 16) | (d << 24));
  }
  let tail = 0;
  for (let i = length - 1; i >= at; i--) {
    const unit = text.charCodeAt(i);
    seen |= unit;
    tail = (tail << 8) | unit;
  }
  return seen <= ascii ? finalize(hash ^ scramble(tail) ^ length) : murmur3x86OfBytes(utf8.encode(text));
}

function murmur3x86OfBytes(bytes: Uint8Array): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  let hash = 0;
  let at = 0;
  for (; at + 4 <= bytes.length; at += 4) hash = step(hash, view.getInt32(at, true));
  let tail = 0;
  for (let i = bytes.length - 1; i >= at; i--) tail = (tail << 8) | bytes[i]!;
  return finalize(hash ^ scramble(tail) ^ bytes.length);
}

function step(hash: number, block: number): number {
  const mixed = hash ^ scramble(block);
  return (Math.imul((mixed << 13) | (mixed >>> 19), 5) + 0xe6546b64) | 0;
}

function scramble(block: number): number {
  const mixed = Math.imul(block, 0xcc9e2d51);
  return Math.imul((mixed << 15) | (mixed >>> 17), 0x1b873593);
}

/**
 * The finalizer of MurmurHash3: every bit of the input flips every bit of the result with a probability of
 * about one half, and no two inputs share a result.
 * @returns 0 … 2³² − 1
 */
export function finalize(value: number): number {
  let mixed = value;
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}
