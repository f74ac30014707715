/** What is found behind a figure, whatever it was counted from. */

/** Something that took its time in a run. Times are in nanoseconds; all 0 in a pure lab, which has no clock. */
export interface Span {
  /** request-17; inventory: uncertain 0.1 */
  name: string;
  /** What became of it, in words. */
  outcome: string;
  /** Index of the event that ended it; of its last one, where none did. */
  event: number;
  total: number;
  /** In a queue, or until a message or a timer came. */
  waiting: number;
  /** Being served, or its node's own work. What remains of `total` it was on its way. */
  service: number;
}

/** What was found behind a figure. */
export interface Found {
  /** At most as many as were asked for: the longest, or the first where there is nothing to measure. */
  spans: Span[];
  /** How many there are in all. */
  count: number;
  /** Mean over all of them. */
  mean: Pick<Span, 'total' | 'waiting' | 'service'>;
}
