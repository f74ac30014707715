/** Every figure of a run is finite: what was not measured is left out, not reported as NaN. */
import { RefusedError } from '../simulation/refusal.ts';
import type { Outcome } from './report.ts';

/**
 * Looks through the figures of an outcome.
 * @throws RefusedError that names the first one that is not a finite number
 */
export function requireFiniteFigures({ metrics, theory, histograms = [] }: Outcome): void {
  for (const [name, value] of Object.entries(metrics)) {
    requireFinite(value, `the metric '${name}'`, 'leave it out where nothing was measured');
  }
  for (const row of theory) {
    for (const name of ['measured', 'low', 'high', 'expected'] as const) {
      requireFinite(
        row[name],
        `'${name}' in the theory of '${row.metric}'`,
        'leave the row out where it has nothing to say',
      );
    }
  }
  for (const { id, counts, beyond, edges = [], theory: expected } of histograms) {
    for (const value of [...counts, beyond, ...edges, ...(expected?.shares ?? [])]) {
      requireFinite(
        value,
        `a figure of the histogram '${id}'`,
        'leave the histogram out where there is nothing to count',
      );
    }
  }
}

function requireFinite(value: number, what: string, mend: string): void {
  if (!Number.isFinite(value)) throw new RefusedError(`${what} is ${String(value)}: ${mend}`);
}
