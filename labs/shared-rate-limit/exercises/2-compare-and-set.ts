/**
 * Exercise, intermediate: compare and set.
 *
 * Here a gateway does not simply write. It says what it has read and what should stand there instead, and where the
 * store declines it reads again. That is how one counts with a store that knows no increment: ETags, versions in a
 * database row, `If-Match`. Somebody has forgotten half of it.
 *
 * Run it on *Read, then write* with seed 7. The check *No more than the quota gets through* is broken, and by far. Mend
 * `store`. You are done when the check holds, there and on *Lost updates*, and nothing is refused without need.
 *
 * Hints, one after the other: ../exercises.ts. A solution: solutions/2-compare-and-set.ts.
 */
import type { Answer, Context, Job, Message, NodeProgram } from 'system-design-labs/engine';
import type { SharedLimit, Site } from '../shared-limit.ts';

export class CompareAndSet implements SharedLimit {
  gateway({ store, timeout, limit }: Site): NodeProgram {
    return {
      initialState: () => ({ admitted: 0 }),
      onJob(_state: Gateway, job: Job, context: Context) {
        context.hold(job.id);
        context.call(store, { type: 'read' }, { timeout, then: 'onCount', keep: job.id });
      },
      onCount(_state: Gateway, { message, keep: job }: Answer<Message, number>, context: Context) {
        const count = message?.count as number | undefined;
        if (count === undefined || count >= limit) {
          context.reject(job, message ? 'quota used up' : 'the store is silent');
          return;
        }
        context.call(store, { type: 'set', from: count, to: count + 1 }, { timeout, then: 'onSet', keep: job });
      },
      onSet(state: Gateway, { message, keep: job }: Answer<Message, number>, context: Context) {
        if (message?.done === true) {
          state.admitted++;
          context.finish(job);
        } else if (message) {
          context.call(store, { type: 'read' }, { timeout, then: 'onCount', keep: job }); // somebody was faster: look again
        } else {
          context.reject(job, 'the store is silent');
        }
      },
      status: ({ admitted }: Gateway) => `${admitted} admitted`,
    } as NodeProgram;
  }

  store({ limit }: Site): NodeProgram {
    return {
      initialState: () => ({ count: 0 }),
      onMessage(state: Count, message: Message, _from: string, context: Context) {
        if (message.type === 'read') {
          context.reply({ type: 'count', count: state.count });
          return;
        }
        state.count = message.to as number;
        context.reply({ type: 'set', done: true });
      },
      status: ({ count }: Count) => `${count} of ${limit}`,
    };
  }
}

interface Gateway {
  admitted: number;
}

interface Count {
  count: number;
}
