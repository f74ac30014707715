/** The stretch of a given length in which most things happened. */

/** A stretch of an axis: from `from` on, up to but without `to`. */
export interface Stretch {
  from: number;
  to: number;
  /** How many things happened in it. */
  count: number;
}

/**
 * Looks at every stretch that begins with one of the things: the busiest begins with one. Of equal ones the first.
 * @param times ascending
 * @param length of the stretch, in the unit of the times; more than 0
 * @returns undefined when nothing happened
 */
export function busiestStretch(times: readonly number[], length: number): Stretch | undefined {
  let busiest: Stretch | undefined;
  let first = 0;
  for (let last = 0; last < times.length; last++) {
    while (times[last]! - times[first]! >= length) first++;
    const count = last - first + 1;
    if (count > (busiest?.count ?? 0)) busiest = { from: times[first]!, to: times[first]! + length, count };
  }
  return busiest;
}
