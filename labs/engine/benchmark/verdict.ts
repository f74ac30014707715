/** Ratios in words that claim no more than their interval. */

/**
 * '1.6–1.9× faster than consistent-hash 1.2.2', '2.1–2.4× slower than …', 'no difference from … that this
 * run can show'.
 * @param interval how many times as fast as the other
 * @param witness who knows no better: 'this run can', 'these two results can'
 */
export function verdictOf(
  { low, high }: { low: number; high: number },
  other: string,
  witness = 'this run can',
): string {
  if (low > 1.02) return `${range(low, high)}× faster than ${other}`;
  if (high < 0.98) return `${range(1 / high, 1 / low)}× slower than ${other}`;
  return `no difference from ${other} that ${witness} show`;
}

function range(low: number, high: number): string {
  const [from, to] = [figure(low), figure(high)];
  return from === to ? from : `${from}–${to}`;
}

function figure(ratio: number): string {
  return ratio >= 10 ? ratio.toFixed(0) : ratio >= 1.1 ? ratio.toFixed(1) : ratio.toFixed(2);
}

/** '12.4 M ops/s'. */
export function operationsPerSecond(nsPerOp: number): string {
  const perSecond = 1e9 / nsPerOp;
  for (const [unit, suffix] of [
    [1e9, ' G'],
    [1e6, ' M'],
    [1e3, ' k'],
  ] as const) {
    if (perSecond >= unit) return `${(perSecond / unit).toPrecision(3)}${suffix} ops/s`;
  }
  return `${perSecond.toPrecision(3)} ops/s`;
}
