/**
 * Does many independent things on a few lanes (worker threads, processes), each lane taking the next thing as soon
 * as it is free. Results come back in the order of the items, whichever lane was faster.
 *
 * @param lanes how many at once, 1 or more
 * @param run does one item on lane 0 … lanes − 1; a lane never has two at once
 * @param progress is told after each item
 * @throws whatever `run` throws first; lanes then finish what they are at and take nothing new
 */
export async function fanOut<Item, Result>(
  items: readonly Item[],
  lanes: number,
  run: (item: Item, lane: number) => Promise<Result>,
  progress?: (done: number, of: number) => void,
): Promise<Result[]> {
  const results = new Array<Result>(items.length);
  let next = 0;
  let done = 0;
  let failed = false;
  const work = async (lane: number): Promise<void> => {
    while (next < items.length && !failed) {
      const index = next++;
      try {
        results[index] = await run(items[index]!, lane);
      } catch (error) {
        failed = true;
        throw error;
      }
      progress?.(++done, items.length);
    }
  };
  const outcomes = await Promise.allSettled(Array.from({ length: Math.min(lanes, items.length) }, (_, i) => work(i)));
  for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason;
  return results;
}
