/** Servers and keys that all contenders get, in the same order. */
import { randomSource } from 'system-design-labs/engine';

export const pointsPerServer = 160;

/** More than a cache of answers holds (hashring keeps 5,000), few enough that memory is not what is timed. */
const keyCount = 16_384;

/** shard-0 … */
export function serverNames(servers: number): string[] {
  return Array.from({ length: servers }, (_, server) => `shard-${server}`);
}

/** key-0 … */
export const stringKeys: readonly string[] = Array.from({ length: keyCount }, (_, key) => `key-${key}`);

/** Keys of 64 bits as two halves. Typed: numbers above 2³¹ in objects would be boxes somewhere in memory. */
export const sixtyFourBitKeys = drawKeys();

function drawKeys(): { length: number; high: Uint32Array; low: Uint32Array } {
  const random = randomSource(1).stream('keys');
  const keys = { length: keyCount, high: new Uint32Array(keyCount), low: new Uint32Array(keyCount) };
  for (let key = 0; key < keyCount; key++) {
    keys.high[key] = random.integer(2 ** 32);
    keys.low[key] = random.integer(2 ** 32);
  }
  return keys;
}
