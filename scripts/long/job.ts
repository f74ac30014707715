/** Something that takes minutes: too long for `npm test`, which does a hundredth of it. */
export interface LongJob {
  /** As it is asked for. */
  name: string;
  /** What it looks for. */
  title: string;
  /**
   * @param seed the first; whatever goes wrong is said with the seed by which it goes wrong again
   * @param until when to stop, as `performance.now` counts
   * @returns what it looked through, in words
   * @throws Error at the first thing that is wrong
   */
  run(seed: number, until: number): Promise<string>;
}
