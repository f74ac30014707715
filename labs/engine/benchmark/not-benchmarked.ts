import type { LabEntry } from '../lab/catalogue.ts';

/** Why a lab has no benchmark, wherever one asks for it. */
export function whyNotBenchmarked({ title, kind }: Pick<LabEntry, 'title' | 'kind'>): string {
  const why =
    kind === 'pure'
      ? 'nobody has written a plan to measure its algorithms by. Every run counts what they do'
      : 'its algorithms cost messages and waiting, which every run counts, and hardly any time of a processor';
  return `${title} has no benchmark: ${why}.`;
}
