/** How things stood at an event of a long run, worked out in slices of a few milliseconds: the host has others to serve. */
import { setImmediate } from 'node:timers/promises';
import { Restatement } from '../../labs/engine/trace/restate.ts';
import type { TraceStore } from '../../labs/engine/trace/store.ts';
import type { RestatedRows } from './frames.ts';

/** Rows in a slice: some 2 ms. */
const sliceRows = 16_384;

/** What was worked out of a trace so far, and by whom: going on from there is cheaper than beginning anew. */
const underway = new WeakMap<TraceStore, Promise<Restatement>>();

/** The earlier events that say how things stood before the event of that index. */
export async function restated(trace: TraceStore, before: number): Promise<RestatedRows> {
  const end = Math.min(before, trace.length);
  // One after the other: a fold is carried on, not copied.
  const earlier = underway.get(trace);
  const answer = (async () => {
    const known = await earlier;
    const fold = known && known.length <= end ? known : new Restatement();
    while (fold.length < end) {
      fold.take(trace.window(fold.length, Math.min(end, fold.length + sliceRows)));
      await setImmediate();
    }
    const indices = fold.rows();
    return { fold, rows: { indices, earlier: fold.counts(trace.select(indices)), leftOut: fold.leftOut } };
  })();
  underway.set(
    trace,
    answer.then(({ fold }) => fold),
  );
  return (await answer).rows;
}
