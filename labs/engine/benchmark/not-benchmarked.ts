/**
 * Why a lab has no benchmark, wherever one asks for it.
 * @param title of the lab
 */
export function whyNotBenchmarked(title: string): string {
  return `${title} has no benchmark: its algorithms cost messages and waiting, which every run counts, and hardly any time of a processor.`;
}
