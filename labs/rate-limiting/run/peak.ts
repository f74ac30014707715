/** The largest number of requests that a client got through in any span of one window. */

/** What was let through in the busiest span. */
export interface Peak {
  count: number;
  /** When the span begins, in milliseconds. */
  from: number;
  /** Which of the times was the last in it: an index. */
  last: number;
}

/**
 * Looks at every span `[t, t + window)` that begins with a request.
 * @param times ascending
 */
export function peakWithin(times: readonly number[], window: number): Peak {
  const peak: Peak = { count: 0, from: 0, last: -1 };
  let first = 0;
  for (let last = 0; last < times.length; last++) {
    while (times[last]! - times[first]! >= window) first++;
    const count = last - first + 1;
    if (count > peak.count) {
      peak.count = count;
      peak.from = times[first]!;
      peak.last = last;
    }
  }
  return peak;
}

/** Jain's fairness index of what each got: 1 when all got the same, 1/n when one got everything. */
export function jainIndex(shares: readonly number[]): number {
  const sum = shares.reduce((total, share) => total + share, 0);
  const squares = shares.reduce((total, share) => total + share * share, 0);
  return squares === 0 ? 1 : (sum * sum) / (shares.length * squares);
}
