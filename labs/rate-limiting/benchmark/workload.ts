/** What all contenders of the benchmark get. */
import { randomSource } from 'system-design-labs/engine';

/** A limit that no run reaches: so that peers whose refusals are exceptions are not timed throwing them. */
export const manyAdmitted = 1_000_000_000;

/** Requests before the sequence begins again. */
const requests = 2 ** 16;

/**
 * Client addresses as they come: a few often, most rarely. The n-th client sends in proportion to 1/n (Zipf).
 * @param clients how many there are
 */
export function zipfClients(clients: number): string[] {
  const names = Array.from({ length: clients }, (_, n) => `10.${n >> 16}.${(n >> 8) & 255}.${n & 255}`);
  const upTo = new Float64Array(clients);
  let sum = 0;
  for (let n = 0; n < clients; n++) upTo[n] = sum += 1 / (n + 1);
  const random = randomSource(1).stream('clients');
  return Array.from({ length: requests }, () => names[clientAt(upTo, random.uniform() * sum)]!);
}

/** The first client whose cumulated weight is above a draw. */
function clientAt(upTo: Float64Array, draw: number): number {
  let low = 0;
  let high = upTo.length - 1;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (upTo[middle]! > draw) high = middle;
    else low = middle + 1;
  }
  return low;
}
