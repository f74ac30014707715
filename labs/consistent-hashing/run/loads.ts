/** How many keys each server holds, in a few figures. */
export interface Loads {
  mean: number;
  /** Square root of the mean squared distance from the mean: divides by the number of servers. */
  standardDeviation: number;
  min: number;
  max: number;
  /** Servers without a key. */
  empty: number;
}

/** @param loads keys of each server, one server or more */
export function summarize(loads: readonly number[]): Loads {
  let sum = 0;
  let min = Infinity;
  let max = 0;
  let empty = 0;
  for (const load of loads) {
    sum += load;
    min = Math.min(min, load);
    max = Math.max(max, load);
    if (load === 0) empty++;
  }
  const mean = sum / loads.length;
  let squares = 0;
  for (const load of loads) squares += (load - mean) ** 2;
  return { mean, standardDeviation: Math.sqrt(squares / loads.length), min, max, empty };
}
