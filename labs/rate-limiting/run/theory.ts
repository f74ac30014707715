/** What any window may admit at most: a bound for each algorithm, beside the peak that was measured. */
import type { Theory } from 'system-design-labs/engine';
import type { Values } from '../parameters.ts';

/** A bound, and the formula that it comes from. */
interface Bound {
  most: number;
  formula: string;
}

const windows =
  (factor: number, why: string) =>
  ({ limit }: Values): Bound => ({
    most: factor * limit,
    formula: factor === 1 ? `limit: ${why}` : `${factor} · limit: ${why}`,
  });

const bucket = ({ rate, burst, window }: Values): Bound => ({
  most: burst + Math.floor((rate * window) / 1000),
  formula: 'burst + rate · window: a full bucket, and what flows meanwhile (ITU-T I.371; RFC 2697)',
});

const bounds: Readonly<Record<string, (values: Values) => Bound>> = {
  'fixed-window': windows(2, 'all of one window at its end, all of the next at its beginning'),
  'sliding-log': windows(1, 'the definition of the log'),
  'sliding-counter': windows(2, 'at worst; the estimate knows how many there were, not when (Cloudflare 2017)'),
  'token-bucket': bucket,
  'leaky-meter': bucket,
  gcra: bucket,
  'leaky-bucket': ({ rate, window }) => ({
    most: Math.floor((rate * window) / 1000) + 1,
    formula: 'rate · window + 1: what leaves the queue is evenly spaced, whatever came in',
  }),
};

/** The bound of an algorithm, or undefined for one that this lab does not know. */
export function boundOf(algorithm: string, values: Values): number | undefined {
  return bounds[algorithm]?.(values).most;
}

/** The bound beside the measured peak. */
export function theoryOf(algorithm: string, values: Values, peak: number): Theory[] {
  const bound = bounds[algorithm]?.(values);
  if (!bound) return [];
  const { most, formula } = bound;
  return [
    { metric: 'peakInAnyWindow', measured: peak, low: 0, high: most, expected: most, agrees: peak <= most, formula },
  ];
}
