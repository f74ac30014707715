/** How many keys move when servers leave or join: what theory says, for a hash that scatters evenly. */
import { betaBinomial, binomial, type CountDistribution } from './distribution.ts';

/** A distribution, and the formula it comes from. */
export interface Prediction {
  counts: CountDistribution;
  formula: string;
}

/**
 * Ring: what `moving` of `all` servers own on a circle with v points a server. Their arcs together are
 * Beta(moving · v, rest · v) of it, and the keys fall into them or not.
 */
export function onTheRing(keys: number, moving: number, all: number, virtualNodes: number): Prediction {
  return {
    counts: betaBinomial(keys, moving * virtualNodes, (all - moving) * virtualNodes),
    formula:
      'keys · r/n on average, beta-binomial: the arcs of r of n servers with v points each are Beta(r·v, (n−r)·v) of the circle (Karger et al. 1997; spacings of uniform points, Devroye 1986)',
  };
}

/** Ring, when the seed has no say in who comes or goes: the arcs are what they are, and only the keys fall as they like. */
export function onThisRing(keys: number, share: number): Prediction {
  return {
    counts: binomial(keys, share),
    formula:
      'keys · the arcs of these very servers, binomial: which servers come or go is not drawn, so no seed changes what their points own',
  };
}

/** Rendezvous, and jump hash at its end: each server has the same share, so `moving` of `all` have theirs. */
export function equalShares(keys: number, moving: number, all: number): Prediction {
  return {
    counts: binomial(keys, moving / all),
    formula:
      'keys · r/n on average, binomial: every server owns a key with probability 1/n, and only those of r servers move',
  };
}

/**
 * Modulo, from `before` to `after` servers. Which of the two remainders goes with which depends on g, the greatest
 * common divisor, alone (Chinese remainder theorem): a key whose remainders name the same server has probability
 * g / (before · after), and those are counted.
 * @param leaving numbers of the servers that left, none where servers joined; the highest numbers take over theirs
 */
export function underModulo(keys: number, before: number, after: number, leaving: readonly number[]): Prediction {
  const g = greatestCommonDivisor(before, after);
  const fewer = Math.min(before, after);
  const renumbered = leaving.filter((number) => number < after).length;
  const sameNumber = fewer - renumbered;
  // A server with a new number still meets its key where old and new number agree modulo g: about once in g.
  const stay = (sameNumber + renumbered / g) * (g / (before * after));
  return {
    counts: binomial(keys, 1 - stay),
    formula: `keys · (1 − s·g/(n·m)), binomial: s servers keep their number, g = gcd(n, m) = ${g} (Chinese remainder theorem)`,
  };
}

/**
 * Jump hash, when servers other than the last leave. Those behind them move down; a key stays where its bucket is
 * below the new number and still the same server's, or falls on its server again by chance.
 */
export function underJump(keys: number, before: number, leaving: readonly number[]): Prediction {
  const gone = new Set(leaving);
  const after = before - gone.size;
  let stay = 0;
  for (let bucket = 0, shift = 0; bucket < before; bucket++) {
    if (gone.has(bucket)) shift++;
    else if (bucket >= after) stay += 1 / (before * after);
    else if (shift === 0) stay += 1 / before;
  }
  return {
    counts: binomial(keys, 1 - stay),
    formula:
      'keys · (1 − f/n) or so, binomial: only the f servers before the first that leaves keep their bucket (Lamping & Veach 2014)',
  };
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}
