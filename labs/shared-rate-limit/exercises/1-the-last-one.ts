/**
 * Exercise for beginners: the last one.
 *
 * The store decides, in one step, so that nothing can come between looking and counting. And still one request too
 * many gets through.
 *
 * Run it on *Read, then write* with seed 7. The check *No more than the quota gets through* is broken, by one. Mend
 * `store`. You are done when the check holds, there and on *Lost updates*.
 *
 * Hint 1: the check leads to the event. What was the store's count when it granted that request?
 * Hint 2: how many requests have been granted when the count is 0, and how many when it is 100?
 * Hint 3: the question is whether there is room *before* this one is counted. There is none when the count has reached
 * the limit.
 *
 * A solution is in solutions/room-for-one.ts.
 */
import type { Context, Message, NodeProgram } from 'system-design-labs/engine';
import type { SharedLimit, Site } from '../shared-limit.ts';
import { StoreDecides } from '../store-decides.ts';

export class TheLastOne extends StoreDecides implements SharedLimit {
  override store({ limit }: Site): NodeProgram {
    return {
      initialState: () => ({ count: 0 }),
      onMessage(state: Count, _message: Message, _from: string, context: Context) {
        const granted = state.count <= limit;
        if (granted) state.count++;
        context.reply({ type: granted ? 'granted' : 'refused', granted });
      },
      status: ({ count }: Count) => `${count} of ${limit}`,
    };
  }
}

interface Count {
  count: number;
}
