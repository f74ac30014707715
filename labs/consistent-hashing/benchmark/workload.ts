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

/** Keys of 64 bits as two halves. */
export const sixtyFourBitKeys: readonly { high: number; low: number }[] = drawKeys();

function drawKeys(): { high: number; low: number }[] {
  const random = randomSource(1).stream('keys');
  return Array.from({ length: keyCount }, () => ({ high: random.integer(2 ** 32), low: random.integer(2 ** 32) }));
}
