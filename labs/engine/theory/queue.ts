/** What a queueing formula predicts, in the units of its arrival and service rates. */
export interface QueueTheory {
  /** Share of the time that a server works. */
  utilization: number;
  /** Probability that an arrival has to wait. */
  waitProbability: number;
  meanWait: number;
  /** Waiting and being served. */
  meanTimeInSystem: number;
  meanNumberWaiting: number;
  meanNumberInSystem: number;
}

/** A formula that also knows how the time in system is distributed. */
export interface QueueDistribution extends QueueTheory {
  /** The time in system that a share of all requests does not exceed. @param share 0 … 1, exclusive */
  timeInSystemQuantile(share: number): number;
  /** The share of all requests whose time in system is longer. @param time 0 or more */
  timeInSystemTail(time: number): number;
}

/** @throws RangeError for a rate that is not positive and finite */
export function requirePositive(name: string, value: number): void {
  if (!(value > 0 && value < Infinity)) throw new RangeError(`${name} must be positive, not ${value}`);
}

/** @throws RangeError when more work arrives than can be done, so that the queue has no steady state */
export function requireStable(utilization: number): void {
  if (!(utilization < 1)) {
    throw new RangeError(`at a load of ${utilization} the queue grows without end: keep the load below 1`);
  }
}

/** @throws RangeError for a share outside (0, 1) */
export function requireShare(share: number): void {
  if (!(share > 0 && share < 1)) throw new RangeError(`share must lie between 0 and 1, not ${share}`);
}

/**
 * Where a falling function of time reaches a value, by bisection.
 * @param tail a survival function: 1 at 0, falling to 0
 * @param scale a time of the right order, to begin the search with
 */
export function timeWhereTailIs(tail: (time: number) => number, value: number, scale: number): number {
  let high = scale;
  while (tail(high) > value) high *= 2;
  let low = 0;
  // 200 halvings exhaust a double from any start.
  for (let i = 0; i < 200 && high - low > Number.EPSILON * high; i++) {
    const middle = (low + high) / 2;
    if (tail(middle) > value) low = middle;
    else high = middle;
  }
  return high;
}
