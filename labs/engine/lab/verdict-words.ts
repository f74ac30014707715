/** A check's verdict beside what was expected, in the same words wherever it is shown. */
import type { Check } from './report.ts';

/** Whether a break was expected that this run did not show: a bug that needs another scenario, or one that is mended. */
export function didNotShow({ verdict, expected }: Pick<Check, 'verdict' | 'expected'>): boolean {
  return expected === 'broken' && verdict !== 'broken';
}

/**
 * A verdict beside what was expected: held, broken as expected, unknown though expected to hold.
 * @param what was expected to show: the bug of a broken variant
 */
export function verdictInWords(
  check: Pick<Check, 'verdict' | 'expected' | 'ok'>,
  what = 'break that was expected',
): string {
  const { verdict, expected, ok } = check;
  if (didNotShow(check)) return `${verdict}: the ${what} did not show in this scenario`;
  if (ok) return verdict === 'held' ? 'held' : `${verdict}, as expected`;
  return `${verdict}, though it should be ${expected}`;
}
