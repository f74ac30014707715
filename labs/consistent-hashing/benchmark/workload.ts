/** Servers and keys that all contenders get, in the same order. */
import { randomSource } from 'system-design-labs/engine';

export const pointsPerServer = 160;

/** As many as fit the second-level cache beside a ring: what is timed is the look-up, not the memory. */
const keyCount = 4096;

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
