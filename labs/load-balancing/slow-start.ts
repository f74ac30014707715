/**
 * Slow start: a server that comes back gets its share of requests little by little.
 *
 * It returns with an empty queue and often with cold caches: to most algorithms it looks the best
 * of all, just when it can stand the least. All requests run to it at once, a herd, and may knock it over again.
 * During the ramp it takes part in the choice for a growing share of the requests only, whatever the algorithm.
 *
 * Source: nginx Plus `slow_start`, HAProxy `slowstart`; there weights grow, here chances, so that it also works for
 * algorithms that know no weights.
 */
import type { Nanoseconds, Random } from 'system-design-labs/engine';

/**
 * Whether a server takes part in the choice for one request.
 * @param sinceReturn how long it has been back
 * @param ramp how long until it takes part in all
 */
export function takesPart(sinceReturn: Nanoseconds, ramp: Nanoseconds, random: Random): boolean {
  return sinceReturn >= ramp || random.uniform() < sinceReturn / ramp;
}
