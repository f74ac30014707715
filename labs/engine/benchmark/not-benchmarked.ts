import type { LabEntry } from '../lab/catalogue.ts';

/** Why a lab has no benchmark, wherever one asks for it. */
export function whyNotBenchmarked({ title, scenarios }: Pick<LabEntry, 'title' | 'scenarios'>): string {
  const why =
    scenarios[0]?.nature.clock === 'operations'
      ? 'nobody has written a plan to measure its algorithms by. Every run counts what they do'
      : 'its algorithms cost messages and waiting, which every run counts, and hardly any time of a processor';
  return `${title} has no benchmark: ${why}.`;
}
