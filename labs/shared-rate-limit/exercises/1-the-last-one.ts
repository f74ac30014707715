/**
 * Exercise for beginners: the last one.
 *
 * The store decides, in one step, so that nothing can come between looking and counting. And still one request too
 * many gets through.
 *
 * Run it on *Read, then write* with seed 7. The check *No more than the quota gets through* is broken, by one. Mend
 * `store`. You are done when the check holds, there and on *Lost updates*, and nothing is refused without need.
 *
 * Hints, one after the other: ../exercises.ts. A solution: solutions/1-the-last-one.ts.
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
